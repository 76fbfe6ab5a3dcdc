// SPDX-License-Identifier: GPL-3.0-or-later

/// The audit of the queue directories: which they are, and their owners, groups and modes.
struct QueueAudit {
  private let context: AuditContext
  private var world: AuditWorld { context.world }
  private var configuration: SendmailConfiguration { context.configuration }
  private var file: [UInt8] { Array(configuration.file.utf8) }

  init(_ context: AuditContext) {
    self.context = context
  }

  func groups() -> [AuditReport.Group] {
    let base = configuration.baseQueueDirectory
    guard base.isUsable else { return [unusable(base)] }
    var groups: [AuditReport.Group] = []
    for place in QueuePlaces(configuration, in: world).places {
      var group = AuditReport.Group(.queue, place.path)
      switch place.content {
      case .directory: audit(&group, base: base.path)
      case .finding(let finding):
        walk(to: place.path, of: &group)
        group.findings.append(finding)
      case .unchecked(let reason): group.unchecked = [Unchecked(place.path, reason)]
      }
      groups.append(group)
    }
    if var first = groups.first {
      first.findings += workingDirectory(base)
      groups[0] = first
    }
    return groups
  }

  private func unusable(_ base: BaseQueueDirectory) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, file)
    let remedy = Remedy.setting("O QueueDirectory=\(defaultDirectory)")
    let isSet = configuration.setting(.queueDirectory) != nil
    let problem = base.problem.map { HarmlessText.make($0.message.utf8) }
    group.findings = [
      isSet
        ? Finding(
          .queueRelative, file,
          problem ?? "QueueDirectory is \(HarmlessText.make(configuration.queueDirectory))",
          remediation: [remedy])
        : Finding(
          .queueNotSet, file, "\(context.file) does not set QueueDirectory", remediation: [remedy])
    ]
    return group
  }

  private var defaultDirectory: String {
    guard context.isClient else { return "/var/spool/mqueue" }
    return world.isDebian ? "/var/spool/mqueue-client" : "/var/spool/clientmqueue"
  }

  /// Walks to `path` and appends its components to those of `group`.
  @discardableResult
  private func walk(to path: [UInt8], of group: inout AuditReport.Group) -> AuditWalk {
    let walk = AuditWalk(to: path, in: world)
    group.components.append(walk.steps, in: world)
    if let stop = walk.stop {
      group.components.append(stop.path, nil, in: world)
      if let reason = AuditContext.reason(stop.rule) {
        group.unchecked.append(Unchecked(stop.path, reason))
      }
    }
    return walk
  }

  private func audit(_ group: inout AuditReport.Group, base: [UInt8]) {
    let walk = walk(to: group.path, of: &group)
    guard walk.stop == nil else { return }
    let directories = QueueDirectoryAudit(context)
    for step in walk.steps where step.facts.kind == .directory {
      // The base and what is below it are sendmail's own; links may lead elsewhere.
      let own = [group.path, base, context.realBase, walk.steps.last?.path ?? group.path]
      group.findings +=
        own.contains(step.path)
        ? directories.findings(at: step.path, step.facts, isShared: isShared(step.path, base: base))
        : directories.findings(above: step.path, step.facts)
    }
    for name in ["qf", "df", "xf"] {
      let path = group.path + [ASCII.slash] + Array(name.utf8)
      switch world.directory(at: path) {
      case .found(let facts):
        group.components.append(path, facts, in: world)
        group.findings += directories.findings(at: path, facts, isShared: false)
      case .failed(let rule):
        if let reason = AuditContext.reason(rule) {
          group.unchecked.append(Unchecked(path, reason))
        }
      }
    }
  }

  /// Whether `path` is a base where the queues of a pattern are among the files of others.
  private func isShared(_ path: [UInt8], base: [UInt8]) -> Bool {
    path == base && Self.sharedDirectories.contains(String(decoding: base, as: UTF8.self))
  }

  private static let sharedDirectories: Set<String> = [
    "/", "/etc", "/home", "/opt", "/run", "/srv", "/tmp", "/usr", "/var", "/var/lib", "/var/mail",
    "/var/run", "/var/spool", "/var/tmp",
  ]

  /// The findings about files that sendmail creates in its working directory.
  private func workingDirectory(_ base: BaseQueueDirectory) -> [Finding] {
    let shown = HarmlessText.make(base.path)
    var findings = [coreFiles(base.path)]
    for option in OptionTable.options where Self.fileOptions.contains(option.name) {
      for setting in configuration.allSettings(option.code) {
        guard let first = setting.value.first, first != ASCII.slash else { continue }
        let value = ConfigurationValueText(configuration).text(of: setting)
        // A value with a type (hash:, ldap:) or a macro is not a relative path.
        guard !value.contains(":"), !value.contains("$") else { continue }
        findings.append(
          Finding(.queueRelativeOption, base.path, "\(option.name)=\(value) is \(shown)/\(value)"))
      }
    }
    return findings
  }

  private func coreFiles(_ base: [UInt8]) -> Finding {
    var found = "sendmail leaves its core files in \(HarmlessText.make(base))"
    if case .found(let facts) = world.directory(at: base) {
      found += ", mode \(facts.octalMode)"
      if facts.mode & 0o077 == 0 { found += ": only its owner may enter" }
    }
    return Finding(.queueCoreFiles, base, found)
  }

  /// The options whose value is a file or a directory.
  private static let fileOptions: Set<String> = [
    "AliasFile", "CACertFile", "CACertPath", "ClientCertFile", "ClientKeyFile", "CRLFile",
    "CRLPath", "DeadLetterDrop", "DefaultAuthInfo", "HelpFile", "HostsFile",
    "HostStatusDirectory", "PidFile", "ServerCertFile", "ServerKeyFile", "ServiceSwitchFile",
    "SharedMemoryKeyFile", "StatusFile",
  ]
}
