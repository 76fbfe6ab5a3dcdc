// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// `restart` and `shutdown`: the daemon acknowledges the command with `OK` and carries it out afterwards.
struct AcknowledgedCommand: Command {
  /// The operation: a restart or a shutdown.
  let operation: OperationReport.Operation
  let connection: ConnectionOptions
  let waiting: WaitOptions
  let isConfirmed: Bool
  /// True to go on in spite of a configuration that sendmail would not start with, and of two daemons at
  /// one socket.
  let isForced: Bool

  private var isRestart: Bool { operation == .restart }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    var target = try Target(connection, context: context)
    let client = try target.client()
    if isRestart, !isForced { try await target.checkRestart(for: operation.rawValue) }
    let acceptsRivals = try Confirmation(
      verb: isRestart ? "Restart" : "Shut down", command: operation.rawValue
    ).obtain(target, isGiven: isConfirmed, in: context)
    target.restartClock()
    var watch =
      waiting.wait ? ListenerWatch(client: client, interruption: context.interruption) : nil
    watch?.isRelative = target.pidFile().flatMap { try? PIDFile(at: $0, triesLock: false) }.flatMap
    {
      DaemonCommandLine.isRelative($0.commandLine)
    }
    let reply = try send(to: target, forOneDaemon: !isForced && !acceptsRivals, in: context)
    if isRestart { context.shell?.expectsRestart = true }
    // Where the kernel names no listener, it is in another process id namespace, and the number in the
    // PID file means another process here, or none.
    watch?.processID = reply.end.peer?.processID
    var report = OperationReport(
      operation, socket: client.socket.path.bytes, bytes: reply.bytes, waited: waiting.wait,
      oldProcessID: reply.end.peer?.processID)
    if var watch {
      let time = ElapsedTime(
        isRestart ? "waiting for the new daemon" : "waiting for the daemon to end",
        context: context)
      watch.onPause = time.update
      defer { time.clear() }
      do {
        try wait(watch, timeout: waiting.duration, &report)
      } catch {
        throw CommandFailure(error, after: reply.bytes).explained(by: target)
      }
    }
    return try await output.show(Outcome(report))
  }

  /// Waits until the daemon has carried it out, and adds to `report` what was observed.
  private func wait(
    _ watch: ListenerWatch, timeout: Duration, _ report: inout OperationReport
  ) throws(WatchError) {
    if isRestart {
      let restarted = try watch.waitForRestart(timeout: timeout)
      report.oldProcessID = restarted.oldProcessID
      report.newProcessID = restarted.newProcessID
      report.duration = restarted.away
    } else {
      let ended = try watch.waitForShutdown(timeout: timeout)
      report.oldProcessID = ended.processID
      report.duration = ended.took
      report.socketLeft = ended.socketLeft
    }
  }

  /// Sends the command, and returns the reply, which is `OK`.
  ///
  /// - Throws: ``CommandFailure`` when there is none, or another one.
  private func send(
    to target: Target, forOneDaemon: Bool, in context: CommandContext
  ) throws(CommandFailure) -> ControlReply {
    let reply = try target.exchange(
      Array((operation.rawValue + "\n").utf8), whenAccepted: true,
      forOneDaemon: forOneDaemon ? operation.rawValue : nil)
    context.shell?.record(replyOf: reply.end.peer)
    do {
      try Self.check(reply.bytes)
    } catch {
      var failure = target.failure(of: error, in: reply)
      failure.request = .sent
      throw failure
    }
    if let refusal = Refusal(reply.bytes) {
      var failure = CommandFailure(.refused, "\(operation.rawValue): \(refusal.text)")
      failure.alive = true
      failure.request = .sent
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

extension CommandSpec {
  static let restart = CommandSpec(
    name: "restart", summary: "Restart the daemon.",
    discussion: """
      The daemon acknowledges the command before it restarts: one that was started by a relative \
      path acknowledges it and ends. Open SMTP sessions continue, but are no longer listed. It is \
      refused when sendmail would not start again with its configuration, unless --force is given.
      """,
    example: "restart --wait --wait-timeout 30", effect: .disruptive,
    formats: .reply,
    options: WaitOptions.all + [ConfirmationOption.yes, ConfirmationOption.forceRestart]
      + ConnectionOptions.all,
    rules: [WaitOptions.rule]
  ) { line throws(UsageError) in
    AcknowledgedCommand(
      operation: .restart, connection: try ConnectionOptions(line), waiting: try WaitOptions(line),
      isConfirmed: line[ConfirmationOption.yes], isForced: line[ConfirmationOption.forceRestart])
  }

  static let shutdown = CommandSpec(
    name: "shutdown", summary: "Shut the daemon down.",
    discussion: "SMTP sessions and queue runs that are under way go on to their own end.",
    example: "shutdown --wait", effect: .disruptive, formats: .reply,
    options: WaitOptions.all + [ConfirmationOption.yes, ConfirmationOption.forceShutdown]
      + ConnectionOptions.all,
    rules: [WaitOptions.rule]
  ) { line throws(UsageError) in
    AcknowledgedCommand(
      operation: .shutdown, connection: try ConnectionOptions(line), waiting: try WaitOptions(line),
      isConfirmed: line[ConfirmationOption.yes], isForced: line[ConfirmationOption.forceShutdown])
  }
}
