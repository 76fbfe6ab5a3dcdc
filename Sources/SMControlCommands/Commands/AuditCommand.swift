// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import SendmailControl
internal import SystemPackage

/// `smcontrol audit`
struct AuditCommand: DisplayingSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", _superCommandName: SMControl.name,
    abstract: "Check how safe the control socket and the queues are, by sendmail's own rules.",
    discussion: """
      Nothing is changed and nobody is asked: files, the process table and the kernel's list of \
      sockets are looked at. Each finding names its rule, why it matters, and what would mend it; \
      --explain RULE says more of a rule. The exit status is 1 when there is an error, else 77 when \
      something could not be looked at, else 0. -f names a socket in the place of the \
      configuration's.
      """)

  static let onlyLooks = true

  static let example = "audit --all"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if audit.all && (connection.kind != nil || connection.socket != nil) {
      throw ValidationError("--all means both files: it goes with neither -A nor -f")
    }
  }

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let console = context.console
    let format = connection.format ?? console.defaultFormat
    let display = Display(display, context: context)
    if let rule = audit.explained {
      switch format {
      case .json: try console.writeJSON(AuditRuleDocument(rule))
      case .classic, .terminal, .raw:
        try await display.show(AuditRuleExplanation.make(rule, style: display.style))
      }
      return .ok
    }
    let reports = try reports(in: context)
    let status = ExitStatus(reports)
    switch format {
    case .json: try console.writeJSON(AuditDocument(reports, exitStatus: status.rawValue))
    case .classic, .terminal, .raw:
      try await display.show(AuditText.make(reports, style: display.style))
    }
    complain(of: reports, console: console)
    return status
  }

  private func reports(in context: CommandContext) throws(CommandFailure) -> [AuditReport] {
    var reports: [AuditReport] = []
    for choice in choices(context.environment) {
      let resolved = try choice.choice.read()
      context.warn(of: resolved)
      reports.append(
        AuditReport(
          of: resolved, isClient: choice.isClient, sight: DaemonSight(lookingFor: resolved),
          in: .system))
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

  /// Says on standard error what could not be looked at, and what to do about it.
  private func complain(of reports: [AuditReport], console: Console) {
    var said: Set<Unseen> = []
    let unseen = reports.flatMap(\.unseen).filter { said.insert($0).inserted }
    guard !unseen.isEmpty else { return }
    console.complain(
      unseen.map { "not seen: \(HarmlessText.make($0.subject)): \($0.reason)" }
        + ["the audit is not complete; you are \(Accounts.whoami): run it as root"])
  }
}

extension ExitStatus {
  /// An error is certain, whatever else could not be seen, so it comes first.
  fileprivate init(_ reports: [AuditReport]) {
    if reports.contains(where: { $0.count(.error) > 0 }) {
      self = .refused
    } else {
      self = reports.allSatisfy(\.unseen.isEmpty) ? .ok : .noPermission
    }
  }
}
