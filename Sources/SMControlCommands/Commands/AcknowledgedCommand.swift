// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// `restart` and `shutdown`: the daemon acknowledges the command with `OK` and carries it out afterwards.
protocol AcknowledgedCommand: ControlSubcommand {
  /// The command that is sent.
  static var operation: OperationReport.Operation { get }
  /// The beginning of the question before it.
  static var verb: String { get }
  /// Whether to wait, and how long.
  var waiting: WaitOptions { get }
  /// Whether the question is answered already.
  var confirmation: ConfirmationOptions { get }

  /// Waits until the daemon has carried it out, and adds to `report` what was observed.
  func wait(
    _ watch: ListenerWatch, timeout: Duration, _ report: inout OperationReport
  ) throws(WatchError)
}

extension AcknowledgedCommand {
  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let target = try Target(connection, context: context)
    let client = try target.client()
    try Confirmation(verb: Self.verb, command: Self.name)
      .obtain(target, isGiven: confirmation.yes, in: context)
    var watch =
      waiting.wait ? ListenerWatch(client: client, interruption: context.interruption) : nil
    let reply = try send(to: target, in: context)
    // Where the kernel names no listener, it is in another process id namespace, and the number in the
    // PID file means another process here, or none.
    watch?.processID = reply.end.peer?.processID
    var report = OperationReport(
      Self.operation, socket: client.path.bytes, bytes: reply.bytes, waited: waiting.wait,
      oldProcessID: reply.end.peer?.processID)
    if let watch {
      do {
        try wait(watch, timeout: waiting.duration, &report)
      } catch {
        throw CommandFailure(error, after: reply.bytes)
      }
    }
    return try await output.show(Outcome(report))
  }

  /// Sends the command, and returns the reply, which is `OK`.
  ///
  /// - Throws: ``CommandFailure`` when there is none, or another one.
  private func send(
    to target: Target, in context: CommandContext
  ) throws(CommandFailure) -> ControlReply {
    let reply = try target.exchange(Array((Self.name + "\n").utf8))
    context.shell?.record(replyOf: reply.end.peer)
    do {
      try Self.check(reply.bytes)
    } catch {
      throw target.failure(of: error, in: reply)
    }
    if let refusal = Refusal(reply.bytes) {
      var failure = CommandFailure(.refused, "\(Self.name): \(refusal.text)")
      failure.alive = true
      failure.bytes = reply.bytes
      throw failure
    }
    return reply
  }

  /// Checks that the reply is a refusal, or `OK` and nothing else: another line may take it back.
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
}
