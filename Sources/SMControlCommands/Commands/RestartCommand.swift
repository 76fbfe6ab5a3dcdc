// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol restart`
struct RestartCommand: AcknowledgedCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart", _superCommandName: SMControl.name,
    abstract: "Restart the daemon.",
    discussion: """
      The daemon acknowledges the command before it restarts: one that was started by a relative \
      path acknowledges it and ends. SMTP sessions that are open go on without being listed any more.
      """)

  static let example = "restart --wait --wait-timeout 30"

  static let operation = OperationReport.Operation.restart
  static let verb = "Restart"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions
  @OptionGroup var confirmation: ConfirmationOptions

  func wait(
    _ watch: ListenerWatch, timeout: Duration, _ report: inout OperationReport
  ) throws(WatchError) {
    let restarted = try watch.waitForRestart(timeout: timeout)
    report.oldProcessID = restarted.oldProcessID
    report.newProcessID = restarted.newProcessID
    report.duration = restarted.away
  }
}

/// `smcontrol shutdown`
struct ShutdownCommand: AcknowledgedCommand {
  static let configuration = CommandConfiguration(
    commandName: "shutdown", _superCommandName: SMControl.name,
    abstract: "Shut the daemon down.",
    discussion: "SMTP sessions and queue runs that are under way go on to their own end.")

  static let example = "shutdown --wait"

  static let operation = OperationReport.Operation.shutdown
  static let verb = "Shut down"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions
  @OptionGroup var confirmation: ConfirmationOptions

  func wait(
    _ watch: ListenerWatch, timeout: Duration, _ report: inout OperationReport
  ) throws(WatchError) {
    let ended = try watch.waitForShutdown(timeout: timeout)
    report.oldProcessID = ended.processID
    report.duration = ended.took
    report.socketLeft = ended.socketLeft
  }
}
