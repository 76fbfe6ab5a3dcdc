// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol restart`
struct RestartCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "restart", _superCommandName: SMControl.name,
    abstract: "Have the daemon start itself anew.",
    discussion: """
      The daemon's OK is only a promise: one that was started by a relative path says OK and ends. \
      SMTP sessions that are open go on without being listed any more.
      """)

  static let example = "restart --wait --wait-timeout 30"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions
  @OptionGroup var confirmation: ConfirmationOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let promise = try Promise(.restart, of: connection, context: context)
    try Confirmation(verb: "Restart", command: Self.name)
      .obtain(promise.target, isGiven: confirmation.yes, in: context)
    guard waiting.wait else { return try promise.believe() }
    let (reply, watch) = try promise.watch()
    let restarted: ListenerWatch.Restarted
    do {
      restarted = try watch.waitForRestart(timeout: waiting.duration)
    } catch {
      throw CommandFailure(error)
    }
    try promise.print(
      reply,
      outcome: """
        Restarted: \(Self.process(restarted.oldProcessID)) before, \
        \(Self.process(restarted.newProcessID)) now, socket away for \(restarted.away.inSeconds) s\n
        """,
      WatchDocument(
        command: "restart", socket: promise.client.path.bytes, waited: true,
        oldPID: restarted.oldProcessID, newPID: restarted.newProcessID, duration: restarted.away))
    return .ok
  }

  private static func process(_ pid: Int32?) -> String {
    pid.map { "process \($0)" } ?? "an unknown process"
  }
}
