// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
package import SystemPackage
internal import SystemSupport

/// The reason why waiting for a restart, a shutdown or a start did not reach its goal.
package struct WatchError: Error, Sendable, Equatable {
  /// The kinds of other outcome.
  package enum Code: Sendable, Equatable {
    /// The daemon acknowledged a restart and ended; whether it left its socket file.
    case daemonDied(socketLeft: Bool)
    /// Time ran out with the old daemon still listening.
    case nothingHappened
    /// Time ran out with the old socket gone and no new daemon that answers.
    case noNewListener
    /// Time ran out with the socket gone and the process still running.
    case stillRunning
    /// Another process listens at the same path.
    case replaced(by: Int32?)
    /// A signal ended the wait, when the daemon had received a restart or a shutdown, or else
    /// when sendmail had been started.
    case interrupted(daemonIsTold: Bool)
    /// The observation was refused, for the reason given.
    case cannotLook(ControlError)
  }

  /// The kind of other outcome.
  package let code: Code
  /// The daemon that received the command, if it is known.
  package let processID: Int32?
  /// The path of the socket.
  package let path: FilePath
  /// The time that was waited.
  package let waited: Duration
  /// True if the daemon was started in a way that it cannot restart in: by a relative path, or with a relative `-C`;
  /// `nil` when its command line is not known.
  package let isRelative: Bool?
}

extension WatchError: CustomStringConvertible {
  /// The outcome and the remedy, in one line.
  package var description: String {
    let name = path.escaped
    let daemon = processID.map { "process \($0)" } ?? "the daemon"
    return switch code {
    case .daemonDied(let socketLeft):
      "\(daemon) said OK and ended, and no new daemon came"
        + (socketLeft ? " (the socket file \(name) is left, without a listener)" : "")
        + ": \(reason)"
    case .nothingHappened:
      "\(name): \(daemon) said OK but still listens after \(waited.inSeconds) s"
    case .noNewListener:
      """
      \(name): no new daemon answered within \(waited.inSeconds) s; \
      read sendmail's log
      """
    case .stillRunning:
      "\(name) is gone, but \(daemon) still runs after \(waited.inSeconds) s"
    case .replaced(let pid):
      """
      \(name): another daemon\(pid.map { " (process \($0))" } ?? "") listens there now, \
      in place of \(daemon)
      """
    case .interrupted(daemonIsTold: true):
      "interrupted; the daemon had already accepted the command"
    case .interrupted(daemonIsTold: false):
      "interrupted while waiting; sendmail has been started and goes on"
    case .cannotLook(let error): error.description
    }
  }

  /// The reason why a daemon did not come back, as far as it is known, and the remedy.
  private var reason: String {
    let log = """
      its log says why (syslog, facility mail, as in journalctl --facility mail); try smcontrol config \
      --check, and start it again
      """
    return switch isRelative {
    case true?:
      """
      sendmail cannot restart when it was started by a relative path or with a relative -C; start it again \
      by its full path
      """
    case false?: log
    case nil:
      "sendmail cannot restart if it was started by a relative path or with a relative -C; " + log
    }
  }
}
