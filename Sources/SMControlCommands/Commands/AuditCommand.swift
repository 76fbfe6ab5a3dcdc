// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol audit`
struct AuditCommand: Command {
  static let all = OptionSpec(
    "--all", help: "Include submit.cf, in the configuration file's directory.")
  static let notes = OptionSpec(
    "--notes", help: "List the notes, which are only counted otherwise.")
  static let explain = Option(
    "--explain", value: "rule", .auditRule, help: "Explain a rule and exit.")

  let connection: ConnectionOptions
  /// True if both configuration files are audited.
  let all: Bool
  /// True if notes are listed.
  let listsNotes: Bool
  /// The rule to explain instead.
  let explained: AuditRule?

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    if let rule = explained { return try await output.show(Outcome(rule)) }
    let reports = try reports(in: context)
    let status = ExitStatus(reports)
    return try await output.show(
      Outcome(
        AuditReports(reports, exitStatus: status.rawValue, listsNotes: listsNotes), status: status,
        remarks: Self.remarks(on: reports)))
  }

  private func reports(in context: CommandContext) throws(CommandFailure) -> [AuditReport] {
    var reports: [AuditReport] = []
    let files = LiveFiles(until: context.interruption)
    for choice in choices(in: context) {
      let (resolved, _, directory) = try choice.choice.readAsRunning(
        without: [.controlSocketName, .pidFile])
      let queues = QueueDirectories(of: resolved.configuration, in: files)
      context.warn(of: resolved, queues: queues)
      var observation = DaemonObserver(DaemonPlace(resolved)).observe(.all)
      observation.workingDirectory = directory
      reports.append(
        AuditReport(
          ofThisMachine: resolved, isClient: choice.isClient, observation: observation,
          queues: queues, files: files))
      guard !context.interruption.hasHappened else {
        throw CommandFailure(.interrupted, "interrupted; the rest was not checked")
      }
    }
    return reports
  }

  private func choices(
    in context: CommandContext
  ) -> [(choice: ConfigurationChoice, isClient: Bool)] {
    let choice = ConfigurationChoice(connection, in: context)
    if all { return [(choice, false), (choice.submissionConfiguration(), true)] }
    let socket = connection.socket ?? (choice.isExplicit ? nil : context.environment.socket)
    return [(socket.map { choice.naming(socket: $0) } ?? choice, connection.kind == .msp)]
  }

  /// Returns what could not be checked, and what to do about it.
  private static func remarks(on reports: [AuditReport]) -> [String] {
    var listed: Set<Unchecked> = []
    let unchecked = reports.flatMap(\.unchecked).filter { listed.insert($0).inserted }
    guard !unchecked.isEmpty else { return [] }
    return unchecked.map { "not checked: \(TerminalEscaping.escape($0.path)): \($0.reason)" }
      + [
        "the audit is incomplete"
          + (ProcessIdentity.current.effectiveUser == 0
            ? "" : "; you are \(LiveAccounts.whoami): run it as root")
      ]
  }
}

extension CommandSpec {
  static let audit = CommandSpec(
    name: "audit",
    summary: "Check the control socket and the queues by sendmail's own rules.",
    discussion: """
      The files of classes, maps, aliases and certificates and the mail filters are checked, too. The \
      audit changes nothing and makes no connection: it reads files' owners and modes, the \
      process table and the kernel's list of sockets. Each finding names its rule, why it matters, \
      and how to fix it; --explain RULE explains a rule. The exit status is 1 when there is an \
      error, else 77 when something could not be checked, else 0. -f names a socket to check \
      instead of the configuration's.
      """,
    example: "audit --all", formats: .reading,
    options: [AuditCommand.all, AuditCommand.notes, AuditCommand.explain.spec]
      + DisplayOptions.all + [ConnectionOptions.socket.spec] + ConnectionOptions.local,
    rules: [
      .excludes(AuditCommand.all, [ConnectionOptions.kind.spec, ConnectionOptions.socket.spec])
    ]
  ) { line throws(UsageError) in
    AuditCommand(
      connection: try ConnectionOptions(line), all: line[AuditCommand.all],
      listsNotes: line[AuditCommand.notes], explained: try line[AuditCommand.explain])
  }
}

extension ValueKind where Value == AuditRule {
  /// The name of a rule, in upper or lower case.
  static var auditRule: Self {
    ValueKind(expected: "the name of a rule", candidates: .names { AuditRule.all.map { $0.name } })
    {
      AuditRule(name: String(decoding: $0, as: UTF8.self))
    }
  }
}

extension ExitStatus {
  /// The exit status for `reports`. An error is certain, whatever was not checked, so it comes first.
  fileprivate init(_ reports: [AuditReport]) {
    if reports.contains(where: { $0.count(.error) > 0 }) {
      self = .refused
    } else {
      self = reports.allSatisfy(\.unchecked.isEmpty) ? .ok : .noPermission
    }
  }
}
