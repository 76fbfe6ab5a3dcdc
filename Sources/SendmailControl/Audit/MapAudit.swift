// SPDX-License-Identifier: Apache-2.0

/// The audit of the files of maps and aliases, under the options in force when sendmail opens them: at the first
/// lookup.
struct MapAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  func group() -> AuditReport.Group? {
    var group = AuditReport.Group(.map, Array(context.configuration.file.utf8))
    for map in context.configuration.maps { check(map, &group) }
    return group.findings.isEmpty && group.unchecked.isEmpty ? nil : group
  }

  private func check(_ map: ConfiguredMap, _ group: inout AuditReport.Group) {
    guard let opened = map.openedFile.map(context.path) else { return }
    let source = map.source.map(context.path)
    guard let rule = safeFile.rule(brokenBy: opened, in: context.files) else {
      if let source { group.findings += outOfDate(map, opened, source) }
      return
    }
    guard rule != .notPermitted else {
      group.unchecked += [Unchecked(opened, rule)].compactMap { $0 }
      return
    }
    if rule == .missing {
      guard !map.isOptional else { return }
      let isThere = source.map { context.files.lookupFollowingLinks($0).isFound } ?? false
      if map.readsSource, isThere { return }
      group.findings.append(missing(map, opened, source: isThere ? source : nil))
    } else {
      group.findings.append(
        Finding(
          .mapUnsafe, opened, "\(map.title): unsafe map file: \(rule.reason ?? "\(rule)")",
          remediation: [.command("namei -l", opened)]))
    }
  }

  private func missing(_ map: ConfiguredMap, _ opened: [UInt8], source: [UInt8]?) -> Finding {
    let remedy =
      source.map { rebuilding(map, $0) }
      ?? .advice("make the file, or remove the map from the configuration")
    return Finding(
      .mapMissing, opened, "\(map.title): no such file: every lookup fails for now",
      remediation: [remedy])
  }

  private func outOfDate(
    _ map: ConfiguredMap, _ opened: [UInt8], _ source: [UInt8]
  ) -> [Finding] {
    guard let database = context.files.details(of: opened),
      context.files.lookupFollowingLinks(source).isFound,
      let text = context.files.details(of: source),
      text.modifiedSeconds > database.modifiedSeconds
    else { return [] }
    return [
      Finding(
        .mapOutOfDate, opened,
        "\(map.title): \(TerminalEscaping.escape(source)) was changed later",
        remediation: [rebuilding(map, source)])
    ]
  }

  /// Returns the command that makes the database of the text.
  private func rebuilding(_ map: ConfiguredMap, _ source: [UInt8]) -> Remedy {
    guard map.name != nil else { return .command("newaliases") }
    return .command("makemap \(map.className == "implicit" ? "hash" : map.className)", source)
      .reading(source)
  }

  private var safeFile: SafeFile {
    SafeFile(identity: context.identity, checks: context.configuration.mapChecks)
  }
}

extension PathLookup {
  /// True if there is a file.
  fileprivate var isFound: Bool { if case .found = self { true } else { false } }
}
