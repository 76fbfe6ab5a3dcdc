// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `smcontrol audit`
struct AuditCommand: DisplayingSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", _superCommandName: SMControl.name,
    abstract: "Check how safe the control socket and the queues are, by sendmail's own rules.",
    discussion: """
      The audit changes nothing and makes no connection: it reads files' owners and modes, the \
      process table and the kernel's list of sockets. Each finding names its rule, why it matters, \
      and how to fix it; --explain RULE explains a rule. The exit status is 1 when there is an \
      error, else 77 when something could not be checked, else 0. -f names a socket to check \
      instead of the configuration's.
      """)

  static let onlyLooks = true

  static let example = "audit --all"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if audit.all && (connection.kind != nil || connection.socket != nil) {
      throw ValidationError("--all audits both files; it cannot be combined with -A or -f")
    }
  }

  var formats: Formats { .reading }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    if let rule = audit.explained { return try await output.show(Outcome(rule)) }
    let reports = try reports(in: context)
    let status = ExitStatus(reports)
    return try await output.show(
      Outcome(
        AuditReports(reports, exitStatus: status.rawValue), status: status,
        remarks: Self.remarks(on: reports)))
  }

  private func reports(in context: CommandContext) throws(CommandFailure) -> [AuditReport] {
    var reports: [AuditReport] = []
    for choice in choices(context.environment) {
      let resolved = try choice.choice.read()
      let queues = QueueDirectories(of: resolved.configuration, in: .live)
      context.warn(of: resolved, queues: queues)
      reports.append(
        AuditReport(
          ofThisMachine: resolved, isClient: choice.isClient,
          observation: DaemonObserver(DaemonPlace(resolved)).observe(.all), queues: queues))
    }
    return reports
  }

  private func choices(
    _ environment: Environment
  ) -> [(choice: ConfigurationChoice, isClient: Bool)] {
    let choice = ConfigurationChoice(connection, environment)
    if audit.all { return [(choice, false), (choice.besideForSubmission(), true)] }
    return [
      (connection.socket.map { choice.naming(socket: $0) } ?? choice, connection.kind == .msp)
    ]
  }

  /// Returns what could not be checked, and what to do about it.
  private static func remarks(on reports: [AuditReport]) -> [String] {
    var listed: Set<Unchecked> = []
    let unchecked = reports.flatMap(\.unchecked).filter { listed.insert($0).inserted }
    guard !unchecked.isEmpty else { return [] }
    return unchecked.map { "not checked: \(HarmlessText.make($0.path)): \($0.reason)" }
      + ["the audit is incomplete; you are \(LiveAccounts.whoami): run it as root"]
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
