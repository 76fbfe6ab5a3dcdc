// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
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
    let reply = try obtain()
    // Where the kernel names no listener, it is in another process id namespace, and the number in the
    // PID file means another process here, or none.
    watch.processID = reply.end.peer?.processID
    return (reply, watch)
  }

  /// Prints what came of it: `text` behind the daemon's own words where smcontrol.pl shows those, and
  /// `document` in JSON. Raw, the daemon's words have been printed as they came.
  func print(
    _ reply: ControlReply, outcome text: String, _ document: WatchDocument
  ) throws(CommandFailure) {
    let console = context.console
    switch target.format {
    case .raw: break
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
    context.shell?.record(replyOf: reply.end.peer)
    if target.format == .raw { try context.console.write(reply.bytes[...]) }
    do {
      try Self.check(reply.bytes)
    } catch {
      throw try context.failure(
        of: command.rawValue, error, from: client, end: reply.end, format: target.format)
    }
    if let refusal = Refusal(reply.bytes) {
      throw CommandFailure(.refused, "\(command.rawValue): \(refusal.text)")
    }
    return reply
  }

  /// Checks that the reply is a refusal, or `OK` and nothing else: what stands behind it may take it back.
  private static func check(_ reply: [UInt8]) throws(ReplyError) {
    try ReplyError.checkEnd(of: reply)
    guard Refusal(reply) == nil else { return }
    var lines = ReplyLines(reply).makeIterator()
    let first = lines.next() ?? []
    guard first.elementsEqual("OK".utf8) else {
      throw ReplyError(.malformed, line: 1, text: first, expected: "OK")
    }
    if let second = lines.next() {
      throw ReplyError(.malformed, line: 2, text: second, expected: "nothing after OK")
    }
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
