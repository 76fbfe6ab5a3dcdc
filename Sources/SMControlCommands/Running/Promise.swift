// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient
internal import SendmailControl
internal import SystemPackage

/// `restart` and `shutdown`: the commands to which the daemon answers `OK`, and no more than that.
struct Promise {
  let command: ControlCommand
  let target: Target
  let client: ControlClient
  let context: CommandContext

  /// A promise that the daemon of `options` is to be asked for.
  init(
    _ command: ControlCommand, of options: ConnectionOptions, context: CommandContext
  ) throws(CommandFailure) {
    self.command = command
    self.context = context
    target = try Target(options, context: context)
    client = try target.client()
  }

  /// Tells the daemon, prints what it promises, and leaves it at that.
  func believe() throws(CommandFailure) -> ExitStatus {
    try print(try obtain())
    return .ok
  }

  /// Tells the daemon, and returns what it promised and a watch over whether it does.
  func watch() throws(CommandFailure) -> (reply: ControlReply, watch: ListenerWatch) {
    var watch = ListenerWatch(client: client, interruption: context.interruption)
    // A daemon that shuts down takes its PID file with it.
    let pidFileProcess = target.pidFileProcess
    let reply = try obtain()
    watch.processID = reply.end.peer?.processID ?? pidFileProcess
    return (reply, watch)
  }

  /// Prints what came of it: `text` behind the daemon's own words where smcontrol.pl shows those, and
  /// `document` in JSON.
  func print(
    _ reply: ControlReply, outcome text: String, _ document: WatchDocument
  ) throws(CommandFailure) {
    let console = context.console
    switch target.format {
    case .raw: try console.write(reply.bytes[...])
    case .classic: try console.write(ClassicText.lines(reply.bytes) + text)
    case .terminal: try console.write(text)
    case .json: try console.writeJSON(document)
    }
  }

  /// Tells the daemon.
  ///
  /// - Returns: the reply, which is `OK`.
  /// - Throws: ``CommandFailure`` when there is none, or another one.
  private func obtain() throws(CommandFailure) -> ControlReply {
    let reply: ControlReply
    do {
      reply = try client.send(command)
    } catch {
      throw CommandFailure(error)
    }
    context.shell?.answered(by: reply.end.peer)
    let path = client.path.harmlessText
    var lines = ReplyLines(reply.bytes).makeIterator()
    guard let line = lines.next() else {
      throw CommandFailure(
        ReplyError(.empty, line: 1, text: [], expected: "OK"), from: path, end: reply.end)
    }
    if let refusal = Refusal(reply.bytes) {
      throw CommandFailure(.refused, "\(command.rawValue): \(refusal.text)")
    }
    guard line.elementsEqual("OK".utf8) else {
      let code: ReplyError.Code = "OK".utf8.starts(with: line) ? .cutShort : .malformed
      throw CommandFailure(
        ReplyError(code, line: 1, text: line, expected: "OK"), from: path, end: reply.end)
    }
    return reply
  }

  /// Prints a promise that nobody waits for.
  private func print(_ reply: ControlReply) throws(CommandFailure) {
    let document = WatchDocument(
      command: command.rawValue, socket: client.path.bytes, waited: false,
      oldPID: reply.end.peer?.processID)
    let daemon = reply.end.peer.map { "process \($0.processID)" } ?? "the daemon"
    let isTerminal = target.format == .terminal
    try print(
      reply,
      outcome: isTerminal
        ? "OK, says \(daemon). Whether it does \(command.rawValue) shows with --wait.\n" : "",
      document)
  }
}
