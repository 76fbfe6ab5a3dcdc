// SPDX-License-Identifier: Apache-2.0

/// The check that sendmail makes before it creates its control socket, and again before it removes
/// it: `safefile` with the flags that `opencontrolsocket` passes (sendmail 8.17).
package struct PathSafety: Sendable {
  /// The daemon's users and the rules that its configuration relaxes.
  package var rules: PathSafetyRules

  /// A check that applies `rules`.
  package init(rules: PathSafetyRules = PathSafetyRules()) {
    self.rules = rules
  }

  /// The number of symbolic links that are followed in succession.
  static let maximumLinks = 20

  /// Checks `path`.
  ///
  /// `path` is the path byte for byte; a relative one is looked up as `lookup` does, and the
  /// directories above its start are not part of the check. `lookup` is a function that returns the
  /// result of `lstat` for a path.
  package func check(_ path: [UInt8], lookup: ([UInt8]) -> PathLookup) -> PathVerdict {
    var verdict = PathVerdict()
    guard path.count <= ControlLimits.longestSocketPath else {
      verdict.findings.append(PathFinding(rule: .nameTooLong, path: path, facts: nil))
      return verdict
    }
    var walk = PathWalk(rules: rules)
    let last = path.lastIndex(of: ASCII.slash)
    let isReached = walk.visit(
      directory: last.map { Array(path[..<$0]) } ?? [ASCII.dot], lookup: lookup)
    verdict.findings = walk.findings
    verdict.steps = walk.steps
    guard isReached else { return verdict }
    switch lookup(path) {
    case .found(let facts):
      verdict.existing = facts
      if let rule = ruleBroken(by: facts) {
        verdict.findings.append(PathFinding(rule: rule, path: path, facts: facts))
      }
    case .failed(.missing):
      verdict.findings += creationFindings(for: path, lastSlash: last, lookup: lookup)
    case .failed(let rule):
      verdict.findings.append(PathFinding(rule: rule, path: path, facts: nil))
    }
    return verdict
  }

  /// The first rule that the file at the path breaks, in sendmail's order of checks.
  private func ruleBroken(by facts: FileFacts) -> PathRule? {
    if case .symbolicLink = facts.kind { return .symbolicLink }
    if facts.isExecutable { return .executable }
    if facts.linkCount != 1 { return .hardLink }
    if !rules.accepts(owner: facts.owner) { return .foreignOwner }
    // Root opens as root: only the owner's bits count, no matter who the owner is.
    let mayWrite =
      rules.runAsUser == 0 ? facts.mode & 0o600 == 0o600 : rules.grants(0o600, of: facts)
    return mayWrite ? nil : .fileNotWritable
  }

  /// The rules that prevent the creation of a file in the directory of `path`. The directory itself may
  /// be a symbolic link, so links are followed first.
  private func creationFindings(
    for path: [UInt8], lastSlash: Int?, lookup: ([UInt8]) -> PathLookup
  ) -> [PathFinding] {
    let directory: [UInt8] =
      switch lastSlash {
      case nil: [ASCII.dot]
      case 0: [ASCII.slash]
      case let slash?: Array(path[..<slash])
      }
    var place = directory
    for _ in 0...Self.maximumLinks {
      guard case .found(let facts) = lookup(place) else { return [] }
      guard case .symbolicLink(let target) = facts.kind else {
        return rules.grants(0o300, of: facts)
          ? [] : [PathFinding(rule: .directoryNotWritable, path: place, facts: facts)]
      }
      place = PathWalk.resolve(target, from: place)
    }
    return [PathFinding(rule: .tooManyLinks, path: directory, facts: nil)]
  }
}
