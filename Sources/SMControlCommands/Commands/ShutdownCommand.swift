// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import SendmailControl

/// `smcontrol shutdown`
struct ShutdownCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "shutdown",
    abstract: "Have the daemon end.",
    discussion: "SMTP sessions and queue runs that are under way go on to their own end.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let client = try target.client()
    let promise = Promise(command: .shutdown, client: client)
    guard waiting.wait else {
      try promise.print(try promise.obtain(), format: target.format, to: context.console)
      return .ok
    }
    var watch = ListenerWatch(client: client, interruption: context.interruption)
    let pidFileProcess = target.pidFileProcess
    let reply = try promise.obtain()
    watch.processID = reply.end.peer?.processID ?? pidFileProcess
    let ended: ListenerWatch.ShutDown
    do {
      ended = try watch.waitForShutdown(timeout: waiting.duration)
    } catch {
      throw CommandFailure(error)
    }
    try print(ended, reply: reply, target: target, client: client, console: context.console)
    return .ok
  }

  private func print(
    _ ended: ListenerWatch.ShutDown, reply: ControlReply, target: Target, client: ControlClient,
    console: Console
  ) throws(CommandFailure) {
    let process = ended.processID.map { "process \($0)" } ?? "the daemon"
    let left = ended.socketLeft ? "; its socket file is left, nobody listens on it" : ""
    let text = "Shut down: \(process) is gone after \(ended.took.seconds) s\(left)\n"
    switch target.format {
    case .raw: try console.write(reply.bytes[...])
    case .classic: try console.write(ClassicText.lines(reply.bytes) + text)
    case .terminal: try console.write(text)
    case .json:
      try console.writeJSON(
        WatchDocument(
          command: "shutdown", socket: client.path.bytes, waited: true, oldPID: ended.processID,
          duration: ended.took, socketLeft: ended.socketLeft))
    }
  }
}
