// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient
internal import SendmailControl
internal import SystemPackage

/// `status` and `mstat`: asks the daemon how it is, and finds out why when it does not answer.
struct StatusInquiry {
  let command: ControlCommand
  let target: Target
  let context: CommandContext

  /// Asks once, prints the answer, and warns of what it shows.
  func run() throws(CommandFailure) -> ExitStatus {
    if case .notConfigured(let configuration) = target.endpoint {
      return try report(
        target.investigate(notConfiguredIn: configuration), exitWith: .configuration)
    }
    let client = try target.client()
    let reply: ControlReply
    do {
      reply = try client.send(command)
    } catch {
      guard let answer = target.investigate(error) else { throw CommandFailure(error) }
      return try report(answer, exitWith: ExitStatus(error))
    }
    return try show(reply, from: client.path)
  }

  private func show(
    _ reply: ControlReply, from path: FilePath
  ) throws(CommandFailure) -> ExitStatus {
    if target.format == .raw { try context.console.write(reply.bytes[...]) }
    let status: DaemonStatus
    do {
      status = try parse(reply)
    } catch {
      throw CommandFailure(error, from: path.harmlessText, end: reply.end)
    }
    switch target.format {
    case .raw: break
    case .json:
      try context.console.writeJSON(
        StatusDocument(status, command: command, socket: path.bytes))
    case .terminal:
      try context.console.write(TerminalText.status(status, socket: path.bytes))
    case .classic:
      try context.console.write(
        command == .status ? ClassicText.status(status) : ClassicText.lines(reply.bytes))
    }
    if !ReplyLines(reply.bytes).isEnded {
      context.console.warn("the reply's last line has no line end: it may be cut short")
    }
    for warning in StatusWarning.all(for: status) { context.console.warn(warning.text) }
    return .ok
  }

  private func parse(_ reply: ControlReply) throws(ReplyError) -> DaemonStatus {
    var identity = DaemonIdentity(listener: reply.end.peer?.processID)
    // The PID file is only needed where the kernel cannot tell who listens.
    if identity.listener == nil { identity.pidFile = target.pidFileProcess }
    return command == .status
      ? DaemonStatus(try StatusReply(parsing: reply.bytes), identity: identity)
      : DaemonStatus(try MstatReply(parsing: reply.bytes), identity: identity)
  }

  /// Says why there was no answer: the reasons on standard error, and on standard output what a
  /// script expects there.
  private func report(
    _ answer: NoAnswer, exitWith status: ExitStatus
  ) throws(CommandFailure) -> ExitStatus {
    switch target.format {
    case .json:
      try context.console.writeJSON(
        FailureDocument(command: command.rawValue, exitStatus: status.rawValue, answer: answer))
    case .classic:
      try context.console.write(ClassicText.noAnswer(alive: answer.isAlive))
    case .terminal, .raw:
      break
    }
    context.console.complain(NoAnswerText.lines(answer))
    return status
  }
}
