// SPDX-License-Identifier: Apache-2.0

/// A file that sendmail opens, and the checks that it makes first (`safefile` in sendmail's
/// `safefile.c`).
struct SafeFile {
  /// A check that sendmail makes for some files.
  struct Checks: OptionSet {
    let rawValue: Int
    /// The file must be a regular one (`SFF_REGONLY`).
    static let regular = Checks(rawValue: 1)
    /// No directory on the path may be writable (`SFF_SAFEDIRPATH`).
    static let unwritableDirectories = Checks(rawValue: 2)
    /// The file must not be a link if a directory on its path is writable (`SFF_NOWLINK`).
    static let noLinkInWritableDirectory = Checks(rawValue: 4)
    /// The file must not be a symbolic link or have several names (`SFF_NOLINK`).
    static let noLink = Checks(rawValue: 8)
    /// Neither the group nor others may write to the file (`SFF_NOGWFILES`, `SFF_NOWWFILES`).
    static let unwritable = Checks(rawValue: 16)
    /// Root's privileges open it, for any user (`SFF_OPENASROOT`).
    static let openedAsRoot = Checks(rawValue: 32)
    /// The group may not read the file (`SFF_NOGRFILES`).
    static let unreadableByGroup = Checks(rawValue: 64)
    /// Others may not read the file (`SFF_NOWRFILES`).
    static let unreadableByOthers = Checks(rawValue: 128)
  }

  /// The users of the daemon.
  let identity: AuditIdentity
  /// The checks.
  var checks: Checks
  /// The access that is wanted, as the owner's bits.
  var access: UInt16 = 0o400

  /// The words for the first rule that `path` breaks; `nil` when sendmail would open the file.
  func refusal(of path: [UInt8], in files: any FileView) -> String? {
    rule(brokenBy: path, in: files).map { $0.reason ?? "\($0)" }
  }

  /// The first rule that `path` breaks; `nil` when sendmail would open the file.
  func rule(brokenBy path: [UInt8], in files: any FileView) -> PathRule? {
    guard path.count < 4096 else { return .nameTooLong }
    let slash = path.lastIndex(of: ASCII.slash)
    let directory = slash.map { Array(path[..<$0]) } ?? [ASCII.dot]
    let target = files.lookupFollowingLinks(path)
    let rules = rules(for: directory, target, in: files)
    var checks = checks
    // An ordinary user's own daemon is being debugged.
    if rules.isDebugging { checks.remove(.unwritableDirectories) }
    let isWalkNeeded: Bool
    if checks.contains(.noLinkInWritableDirectory), !checks.contains(.unwritableDirectories) {
      var strict = rules
      strict.isDebugging = false
      isWalkNeeded = Self.firstRule(strict, brokenBy: directory, in: files) != nil
      if isWalkNeeded {
        if case .failed(let rule) = files.lookup(path) { return rule }
        checks.insert(.noLink)
      }
    } else {
      isWalkNeeded = true
    }
    if isWalkNeeded {
      var rules = rules
      rules.ignoresWritability = !checks.contains(.unwritableDirectories)
      if let rule = Self.firstRule(rules, brokenBy: directory, in: files) { return rule }
    }
    let found = checks.contains(.noLink) && target.facts != nil ? files.lookup(path) : target
    switch found {
    case .failed(let rule): return rule
    case .found(let facts): return rule(brokenBy: facts, checks, rules)
    }
  }

  /// The rules, with the groups of everything on the path that the user is in.
  private func rules(
    for directory: [UInt8], _ target: PathLookup, in files: any FileView
  ) -> PathSafetyRules {
    var walk = PathWalk(rules: PathSafetyRules(isDebugging: true))
    _ = walk.visit(directory: directory) { files.lookup($0) }
    var rules = identity.rules(
      for: Set(walk.steps.map(\.facts.group) + (target.facts.map { [$0.group] } ?? [])))
    rules.checksSearch = !checks.contains(.openedAsRoot) && identity.hasRootPrivileges
    return rules
  }

  private static func firstRule(
    _ rules: PathSafetyRules, brokenBy directory: [UInt8], in files: any FileView
  ) -> PathRule? {
    var walk = PathWalk(rules: rules)
    _ = walk.visit(directory: directory) { files.lookup($0) }
    return walk.findings.first?.rule
  }

  private func rule(
    brokenBy facts: FileFacts, _ checks: Checks, _ rules: PathSafetyRules
  ) -> PathRule? {
    if checks.contains(.noLink), case .symbolicLink = facts.kind { return .symbolicLink }
    if checks.contains(.regular), facts.kind != .regular { return .notARegularFile }
    if checks.contains(.unwritable) {
      if facts.isGroupWritable { return .groupWritableFile }
      if facts.isWorldWritable { return .worldWritableFile }
    }
    if checks.contains(.unreadableByGroup), facts.mode & 0o040 != 0 { return .groupReadableFile }
    if checks.contains(.unreadableByOthers), facts.mode & 0o004 != 0 { return .worldReadableFile }
    if checks.contains(.noLink), facts.linkCount != 1 { return .hardLink }
    if checks.contains(.openedAsRoot), rules.runAsUser == 0 {
      return facts.mode & access == access ? nil : .fileNotWritable
    }
    return rules.grants(access, of: facts) ? nil : .fileNotWritable
  }
}

extension PathLookup {
  fileprivate var facts: FileFacts? {
    if case .found(let facts) = self { facts } else { nil }
  }
}
