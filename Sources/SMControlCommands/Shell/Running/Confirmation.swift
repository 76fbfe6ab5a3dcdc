// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// Asks the user at the shell to confirm the command. No one else is asked:
/// smcontrol.pl does not either.
struct Confirmation {
  /// The action, as the beginning of a sentence.
  let verb: String
  /// The command, for messages.
  let command: String

  /// Asks, unless `isGiven`.
  ///
  /// - Returns: whether the user has agreed although two daemons share the socket.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/refused`` when the answer is not yes.
  func obtain(
    _ target: Target, isGiven: Bool, in context: CommandContext
  ) throws(CommandFailure) -> Bool {
    guard !isGiven, let shell = context.shell, shell.isInteractive, let ask = shell.ask else {
      return false
    }
    var rivals: RivalDaemons?
    let question = try question(target, shell, context, &rivals)
    if let rivals { context.console.warn(rivals.text) }
    guard let answer = ask(question), ConfirmationText.isYes(answer) else {
      throw CommandFailure(.refused, "\(command): cancelled")
    }
    return rivals != nil
  }

  private func question(
    _ target: Target, _ shell: ShellSession, _ context: CommandContext,
    _ rivals: inout RivalDaemons?
  ) throws(CommandFailure) -> String {
    let style = Display.style(of: context)
    let client = try target.client()
    if let limit = target.childLimit(), limit.isReachedByQuery {
      return ConfirmationText.question(
        verb, socket: client.socket.path.bytes,
        reason: "it has \(limit.children) of \(limit.maximum) children and was not queried",
        style: style)
    }
    let reason: String
    do {
      let reply = try client.send(.status)
      rivals = target.rivals(listener: reply.end.peer)
      let status = try DaemonStatus(
        parsing: reply.bytes,
        identity: DaemonIdentity(
          listener: reply.end.peer?.processID, pidFile: target.pidFileProcess()))
      shell.record(status)
      return ConfirmationText.question(
        verb, status, host: Machine.live().hostName, age: age(of: status), style: style)
    } catch let error as ControlError {
      // A command that cannot arrive is not worth a question; nor is one that was given up.
      guard error.code == .deadlinePassed || error.code == .connectionBroken else {
        throw target.failure(of: error)
      }
      reason = error.code == .deadlinePassed ? "it does not answer" : "it broke off its answer"
    } catch {
      reason = "its answer was not understood"
    }
    return ConfirmationText.question(
      verb, socket: client.socket.path.bytes, reason: reason, style: style)
  }

  private func age(of status: DaemonStatus) -> Duration? {
    var alone = status
    // Its children are none of the question's business, and may be many.
    alone.processes = []
    let processes = ReplyContext.processes(of: alone, replied: .now())
    return alone.daemon.flatMap { processes?[$0.pid]?.age }
  }
}
