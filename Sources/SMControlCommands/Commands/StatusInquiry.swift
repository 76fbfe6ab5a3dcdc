// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `status` and `mstat`: asks the daemon how it is, and finds out why when it does not answer.
struct StatusInquiry {
  private let command: ControlCommand
  private let target: Target
  private let format: OutputFormat
  private let children: SelectionOptions
  private let display: Display
  private let context: CommandContext

  /// An inquiry by `command`. Where children are selected and no format is asked for, the format is
  /// the one for reading, also off a terminal: smcontrol.pl's could not show a selection.
  ///
  /// - Throws: ``CommandFailure``, as ``Target`` does; ``ExitStatus/usage`` for a selection in a format
  ///   that cannot show it.
  init(
    command: ControlCommand, connection: ConnectionOptions, children: SelectionOptions,
    display: DisplayOptions, context: CommandContext
  ) throws(CommandFailure) {
    self.command = command
    self.children = children
    self.context = context
    format =
      connection.format ?? (children.areGiven ? .terminal : context.console.defaultFormat)
    try Self.check(children, in: format, command: command)
    target = try Target(connection, context: context)
    self.display = Display(display, context: context)
  }

  private static func check(
    _ children: SelectionOptions, in format: OutputFormat, command: ControlCommand
  ) throws(CommandFailure) {
    guard children.areGiven else { return }
    switch format {
    case .terminal: return
    case .json:
      guard children.byPeer else { return }
      throw CommandFailure(
        .usage,
        "\(command.rawValue): --by-peer is for --format terminal: JSON names the peer of each child"
      )
    case .classic, .raw:
      throw CommandFailure(
        .usage,
        """
        \(command.rawValue): --sort, --kind, --peer, --older-than and --by-peer are for --format \
        terminal and json: \(format.rawValue) shows what the daemon replied
        """)
    }
  }

  /// Asks once, prints the answer, and warns of what it shows.
  func run() async throws(CommandFailure) -> ExitStatus {
    if case .notConfigured(let configuration) = target.endpoint {
      context.shell?.record(.notASocket)
      return try report(
        try target.diagnose(notConfiguredIn: configuration), exitWith: .configuration)
    }
    let client = try target.client()
    // The diagnosis of a failure has the rest of the same time.
    let deadline = Deadline(after: target.timeout)
    let reply: ControlReply
    do {
      reply = try client.send(command)
    } catch {
      context.shell?.record(error.code)
      guard let diagnosis = try target.diagnose(error, until: deadline) else {
        throw CommandFailure(error)
      }
      return try report(diagnosis, exitWith: ExitStatus(error))
    }
    return try await show(reply, replied: .now(), from: client)
  }

  private func show(
    _ reply: ControlReply, replied: BootTime, from client: ControlClient
  ) async throws(CommandFailure) -> ExitStatus {
    if format == .raw { try context.console.write(reply.bytes[...]) }
    let status: DaemonStatus
    do {
      status = try parse(reply)
    } catch {
      throw try context.failure(
        of: command.rawValue, error, from: client, end: reply.end, format: format)
    }
    context.shell?.record(status)
    switch format {
    case .raw: break
    case .json:
      try context.console.writeJSON(document(of: status, replied: replied, from: client.path))
    case .terminal:
      let report = StatusReport(
        status, socket: client.path.bytes,
        context: ReplyContext(
          around: status, replied: replied, configuration: target.configuration),
        selection: children.selection, byPeer: children.byPeer)
      try await display.show(StatusText.make(report, style: display.style))
    case .classic:
      try context.console.write(
        command == .status ? ClassicText.status(status) : ClassicText.lines(reply.bytes))
    }
    for warning in StatusWarning.all(for: status) { context.console.warn(warning.text) }
    return .ok
  }

  private func document(
    of status: DaemonStatus, replied: BootTime, from path: FilePath
  ) -> StatusDocument {
    let selection = children.selectionForPrograms
    // The process table is only read when it decides.
    let processes =
      selection.needsProcesses ? ReplyContext.processes(of: status, replied: replied) : nil
    return StatusDocument(
      status, command: command, socket: path.bytes,
      children: selection.apply(to: status, processes: processes).children)
  }

  private func parse(_ reply: ControlReply) throws(ReplyError) -> DaemonStatus {
    var identity = DaemonIdentity(listener: reply.end.peer?.processID)
    // The PID file is only needed where the kernel cannot tell who listens.
    if identity.listener == nil { identity.pidFile = target.pidFileProcess }
    return command == .status
      ? DaemonStatus(try StatusReply(parsing: reply.bytes), identity: identity)
      : DaemonStatus(try MstatReply(parsing: reply.bytes), identity: identity)
  }

  /// Reports a missing reply: its diagnosis on standard error, and on standard output what a script
  /// expects there.
  private func report(
    _ diagnosis: NoReplyDiagnosis, exitWith status: ExitStatus
  ) throws(CommandFailure) -> ExitStatus {
    switch format {
    case .json:
      try context.console.writeJSON(
        FailureDocument(
          command: command.rawValue, exitStatus: status.rawValue, diagnosis: diagnosis))
    case .classic:
      try context.console.write(ClassicText.noReply(alive: diagnosis.isAlive))
    case .terminal, .raw:
      break
    }
    context.console.complain(NoReplyText.lines(diagnosis))
    return status
  }
}
