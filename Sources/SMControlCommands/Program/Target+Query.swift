// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

extension Target {
  /// The time that a daemon that restarts is waited for when nothing but its socket tells that it does, and how
  /// fresh the change there must be.
  private static let restartTime = Duration.seconds(2)

  /// Sends `request`, which only asks, and returns the reply. Where the daemon may be restarting it is tried
  /// again: sendmail is away for some milliseconds then.
  ///
  /// - Throws: ``ControlError`` of the last attempt.
  func query(_ request: [UInt8], by client: ControlClient) throws(ControlError) -> ControlReply {
    var client = client
    let end = Deadline.earlier(
      deadline,
      context.shell?.expectsRestart == true ? deadline : Deadline(after: Self.restartTime))
    var pause = Duration.milliseconds(5)
    while true {
      do throws(ControlError) {
        return try client.exchange(request: request)
      } catch {
        guard mayBeRestarting(error), !end.hasPassed else { throw error }
        tracer?.note("\(error); the daemon may be restarting: trying again")
        let wait = try? Readiness.pause(pause, until: end, interruption: context.interruption)
        guard case .ready? = wait else { throw error.afterWait(wait) }
        pause = min(pause * 2, .milliseconds(50))
        client.timeout = deadline.timeLeft
      }
    }
  }

  /// True if a query that failed with `error` may have met a daemon that restarts: it resets a connection, and
  /// its socket file is removed, created again, and listened on.
  private func mayBeRestarting(_ error: ControlError) -> Bool {
    let path = error.path
    switch error.code {
    case .connectionBroken: return error.received == 0
    case .noSuchSocket:
      return context.shell?.expectsRestart == true
        || Files.isFresh(path.removingLastComponent(), within: Self.restartTime)
    case .noListener:
      return context.shell?.expectsRestart == true
        || Files.isFresh(path, within: Self.restartTime)
    default: return false
    }
  }
}

extension ControlError {
  /// The error when a wait for the next attempt ended with `readiness`.
  fileprivate func afterWait(_ readiness: Readiness?) -> ControlError {
    if case .interrupted? = readiness { ControlError(.cancelled, path: path) } else { self }
  }
}
