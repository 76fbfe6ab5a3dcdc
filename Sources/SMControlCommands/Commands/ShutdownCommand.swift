// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol shutdown`
struct ShutdownCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "shutdown", _superCommandName: SMControl.name,
    abstract: "Have the daemon end.",
    discussion: "SMTP sessions and queue runs that are under way go on to their own end.")

  static let example = "shutdown --wait"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions
  @OptionGroup var confirmation: ConfirmationOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let promise = try Promise(.shutdown, of: connection, context: context)
    try Confirmation(verb: "Shut down", command: Self.name)
      .obtain(promise.target, isGiven: confirmation.yes, in: context)
    guard waiting.wait else { return try promise.believe() }
    let (reply, watch) = try promise.watch()
    let ended: ListenerWatch.ShutDown
    do {
      ended = try watch.waitForShutdown(timeout: waiting.duration)
    } catch {
      throw CommandFailure(error)
    }
    let process = ended.processID.map { "process \($0)" } ?? "the daemon"
    let left = ended.socketLeft ? "; its socket file is left, nobody listens on it" : ""
    try promise.print(
      reply, outcome: "Shut down: \(process) is gone after \(ended.took.inSeconds) s\(left)\n",
      WatchDocument(
        command: "shutdown", socket: promise.client.path.bytes, waited: true,
        oldPID: ended.processID, duration: ended.took, socketLeft: ended.socketLeft))
    return .ok
  }
}
