// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import SendmailControl

/// `smcontrol restart`
struct RestartCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "restart",
    abstract: "Have the daemon start itself anew.",
    discussion: """
      The daemon's OK is only a promise: one that was started by a relative path says OK and ends. \
      SMTP sessions that are open go on without being listed any more.
      """)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let client = try target.client()
    let promise = Promise(command: .restart, client: client)
    guard waiting.wait else {
      try promise.print(try promise.obtain(), format: target.format, to: context.console)
      return .ok
    }
    var watch = ListenerWatch(client: client, interruption: context.interruption)
    let reply = try promise.obtain()
    watch.processID = reply.end.peer?.processID ?? target.pidFileProcess
    let restarted: ListenerWatch.Restarted
    do {
      restarted = try watch.waitForRestart(timeout: waiting.duration)
    } catch {
      throw CommandFailure(error)
    }
    try print(restarted, reply: reply, target: target, client: client, console: context.console)
    return .ok
  }

  private func print(
    _ restarted: ListenerWatch.Restarted, reply: ControlReply, target: Target,
    client: ControlClient, console: Console
  ) throws(CommandFailure) {
    let text = """
      Restarted: \(Self.process(restarted.oldProcessID)) before, \
      \(Self.process(restarted.newProcessID)) now, socket away for \(restarted.away.seconds) s\n
      """
    switch target.format {
    case .raw: try console.write(reply.bytes[...])
    case .classic: try console.write(ClassicText.lines(reply.bytes) + text)
    case .terminal: try console.write(text)
    case .json:
      try console.writeJSON(
        WatchDocument(
          command: "restart", socket: client.path.bytes, waited: true,
          oldPID: restarted.oldProcessID, newPID: restarted.newProcessID,
          duration: restarted.away))
    }
  }

  private static func process(_ pid: Int32?) -> String {
    pid.map { "process \($0)" } ?? "an unknown process"
  }
}
