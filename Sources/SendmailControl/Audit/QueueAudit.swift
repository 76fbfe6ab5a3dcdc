// SPDX-License-Identifier: Apache-2.0

/// The audit of the queue directories: which they are, and their owners, groups and modes.
struct QueueAudit {
  private let context: AuditContext
  private var files: any FileView { context.files }
  private var accounts: any Accounts { context.accounts }
  private var configuration: SendmailConfiguration { context.configuration }
  private var file: [UInt8] { Array(configuration.file.utf8) }

  init(_ context: AuditContext) {
    self.context = context
  }

  func groups() -> [AuditReport.Group] {
    let base = configuration.baseQueueDirectory
    guard base.isUsable else { return [unusable(base)] }
    var groups: [AuditReport.Group] = []
    var listed: Set<[UInt8]> = []
    for queue in context.queues.groups {
      for group in self.groups(of: queue, besides: listed)
      where listed.insert(group.path).inserted {
        groups.append(group)
      }
    }
    if var first = groups.first {
      first.findings += workingDirectory(base)
      groups[0] = first
    }
    if !context.isClient, !base.isShared {
      groups += OtherDirectoryAudit(context, base: base.path).groups(besides: listed)
    }
    groups += StrayMessages.find(context.queues, in: files).map(stray)
    return groups
  }

  private func stray(_ messages: StrayMessages) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, messages.path)
    group.findings = [
      Finding(
        .queueStrayMessages, messages.path, messages.text,
        remediation: [
          .advice(
            "move each qf and hf file with its df file to a queue directory while no daemon runs")
        ])
    ]
    return group
  }

  /// Returns the audits of the directories of a queue group, and the findings about the group itself.
  ///
  /// `listed` are the paths that were audited for another group.
  private func groups(
    of queue: QueueDirectories.Group, besides listed: Set<[UInt8]>
  ) -> [AuditReport.Group] {
    let base = context.queues.base
    var passedOver = queue.skipped.map {
      group(at: $0.path, finding: skipped($0.path, by: queue))
    }
    if queue.moreSkipped > 0 { passedOver.append(moreSkipped(by: queue)) }
    switch queue.content {
    case .directories(let directories):
      let new = directories.filter { !listed.contains($0.path) }
      return (new.map { group(of: $0, base: base.path) } + passedOver)
        .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    case .relative:
      var group = AuditReport.Group(.queue, queue.path)
      group.findings = [outside(queue, queue.path)]
      return [group]
    case .outside:
      let path = queue.path.withoutTrailingSlashes()
      return [group(at: path, finding: outside(queue, path))]
    case .unlisted(let directory):
      guard case .directory = directory.state else {
        return [group(of: directory, base: base.path)]
      }
      return [
        group(
          at: directory.path,
          unchecked: Unchecked(
            directory.path, "its entries: Permission denied", isForbidden: true))
      ]
    case .noMatch(let directory):
      return passedOver + [
        group(
          at: directory.path,
          finding: Finding(
            .queueNoMatch, directory.path,
            "\(TerminalEscaping.escape(queue.path)) matches no directory",
            remediation: [makeDirectory(queue.path.dropLast() + Array("1".utf8))]))
      ]
    }
  }

  private func group(
    of directory: QueueDirectories.Directory, base: [UInt8]
  ) -> AuditReport.Group {
    let path = directory.path
    switch directory.state {
    case .directory:
      var group = AuditReport.Group(.queue, path)
      audit(&group, base: base)
      if let obstacle = files.fileSystem(of: path)?.obstacle {
        group.findings.append(
          Finding(.queueFileSystem, path, "its file system: \(obstacle)", remediation: []))
      }
      return group
    case .inaccessible(let rule): return group(at: path, unchecked: Unchecked(path, rule))
    case .absent(let rule):
      let isMissing = rule == .missing
      return group(
        at: path,
        finding: Finding(
          .queueMissing, path, isMissing ? "it does not exist" : "it is not a directory",
          remediation: isMissing ? [makeDirectory(path)] : []))
    }
  }

  /// Returns the group of a path that is no queue directory, with the components of the path.
  private func group(at path: [UInt8], finding: Finding) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, path)
    walk(to: path, of: &group)
    group.findings.append(finding)
    return group
  }

  private func group(at path: [UInt8], unchecked: Unchecked?) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, path)
    group.unchecked = unchecked.map { [$0] } ?? []
    return group
  }

  private func outside(_ queue: QueueDirectories.Group, _ path: [UInt8]) -> Finding {
    let name = TerminalEscaping.escape(queue.name)
    let base = TerminalEscaping.escape(context.queues.base.changeDirectoryPath)
    return Finding(
      .queueGroupOutside, path,
      "queue group \(name) has Path=\(TerminalEscaping.escape(queue.path))",
      remediation: [.setting("Q\(name), P=\(base)\(name)")])
  }

  private func skipped(_ path: [UInt8], by queue: QueueDirectories.Group) -> Finding {
    Finding(
      .queueMatchSkipped, path,
      "\(TerminalEscaping.escape(queue.path)) matches it, and it is not a directory")
  }

  /// The group of the matches that are not listed.
  private func moreSkipped(by queue: QueueDirectories.Group) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, queue.path)
    group.findings = [
      Finding(
        .queueMatchSkipped, queue.path,
        "\(queue.moreSkipped) more files match it, and are not directories")
    ]
    return group
  }

  private func makeDirectory(_ path: [UInt8]) -> Remedy {
    .command("install -d -o root -m 0700", path)
  }

  private func unusable(_ base: BaseQueueDirectory) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, file)
    let remedy = Remedy.setting("O QueueDirectory=\(defaultDirectory)")
    let isSet = configuration.setting(.queueDirectory) != nil
    let problem = base.problem.map { "\($0.message)" }
    group.findings = [
      isSet
        ? Finding(
          .queueRelative, file,
          problem ?? "QueueDirectory is \(TerminalEscaping.escape(configuration.queueDirectory))",
          remediation: [remedy])
        : Finding(
          .queueNotSet, file, "\(context.file) does not set QueueDirectory", remediation: [remedy])
    ]
    return group
  }

  private var defaultDirectory: String {
    guard context.isClient else { return "/var/spool/mqueue" }
    return context.machine.isDebian ? "/var/spool/mqueue-client" : "/var/spool/clientmqueue"
  }

  /// Walks to `path` and appends its components to those of `group`.
  @discardableResult
  private func walk(to path: [UInt8], of group: inout AuditReport.Group) -> AuditWalk {
    let walk = AuditWalk(to: path, in: files)
    group.components.append(walk.steps, accounts: accounts)
    if let stop = walk.stop {
      group.components.append(stop.path, nil, accounts: accounts)
      if let unchecked = Unchecked(stop.path, stop.rule) { group.unchecked.append(unchecked) }
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
      switch files.directory(at: path) {
      case .found(let facts):
        group.components.append(path, facts, accounts: accounts)
        group.findings += directories.findings(at: path, facts, isShared: false)
      case .failed(let rule):
        if let unchecked = Unchecked(path, rule) { group.unchecked.append(unchecked) }
      }
    }
  }

  /// Returns whether `path` is a base where the queues of a pattern are among the files of others.
  private func isShared(_ path: [UInt8], base: [UInt8]) -> Bool {
    path == base && context.queues.base.isShared
  }

  /// The findings about files that sendmail creates in its working directory.
  private func workingDirectory(_ base: BaseQueueDirectory) -> [Finding] {
    let shown = TerminalEscaping.escape(base.path)
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
    var found = "sendmail leaves its core files in \(TerminalEscaping.escape(base))"
    if case .found(let facts) = files.directory(at: base) {
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
