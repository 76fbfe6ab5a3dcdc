// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

extension StatusCommand {
  /// Shows what can be learnt without a connection.
  ///
  /// `withheld` is the reason why the daemon is not queried, if it was to be.
  func observe(
    _ target: Target, _ output: Output, withheld: CommandFailure? = nil
  ) async throws(CommandFailure) -> ExitStatus {
    let observation = DaemonObserver(target.place()).observeDaemon()
    let limit = target.configuration().flatMap {
      ChildLimit(observation, configured: $0.maximumDaemonChildren)
    }
    return try await output.show(
      Outcome(
        PassiveReport(
          now: observation, limit: limit, isWithheld: withheld != nil,
          running: target.running(observation)),
        status: withheld == nil ? ExitStatus(isAlive: observation.isAlive) : .temporaryFailure,
        remarks: withheld?.lines ?? []))
  }
}
