// SPDX-License-Identifier: Apache-2.0

/// The state of a daemon as the prompt shows it.
package enum DaemonPresence: Sendable, Equatable {
  /// It runs, and says this of itself.
  case running(DaemonCondition)
  /// It does not run, or does not listen.
  case down
  /// This user may not use its control socket.
  case noPermission
  /// It did not answer in time.
  case notAnswering
  /// No control socket is configured, or there is something else in its place.
  case noSocket
  /// Nothing is known.
  case unknown

  /// The word for the prompt; `nil` for a daemon that takes mail, and for one of which nothing is known.
  package var promptWord: String? {
    switch self {
    case .running(.accepting), .running(.unknown), .unknown: nil
    case .running(.rejectingConnections): "rejecting"
    case .running(.rejectingMessages): "rejecting mail"
    case .running(.slowing): "slowing"
    case .running(.noPortOpen): "no port open"
    case .down: "down"
    case .noPermission: "no permission"
    case .notAnswering: "not answering"
    case .noSocket: "no socket"
    }
  }
}
