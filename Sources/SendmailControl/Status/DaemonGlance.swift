// SPDX-License-Identifier: GPL-3.0-or-later

/// How the daemon was when it was last seen, by its reply or from outside.
public struct DaemonGlance: Sendable, Equatable {
  /// How it was.
  public var presence: Presence
  /// Its process, when that is known.
  public var processID: Int32?
  /// At how many looks in a row, this one included, connections waited for the daemon to accept them;
  /// 0 when none does, or the system does not tell.
  public var looksWithWaiting: Int

  /// A daemon that was seen so.
  public init(_ presence: Presence, processID: Int32? = nil, looksWithWaiting: Int = 0) {
    self.presence = presence
    self.processID = processID
    self.looksWithWaiting = looksWithWaiting
  }

  /// A daemon that accepts connections does so within milliseconds: at so many looks in a row, some
  /// seconds in all, somebody waits only for one that hangs.
  public static let looksBeforeAlarm = 3

  /// How a daemon can be.
  public enum Presence: Sendable, Equatable {
    /// It runs, and says this of itself.
    case running(DaemonCondition)
    /// It does not run, or does not listen.
    case down
    /// This user may not use its control socket.
    case noPermission
    /// It did not answer in time.
    case notAnswering
    /// There is no control socket configured, or something else is in its place.
    case noSocket
    /// Nothing is known.
    case unknown
  }

  /// Whether both are the same but for the reason that the daemon gives, which changes all the time.
  public func isAlike(_ other: DaemonGlance) -> Bool {
    processID == other.processID && promptWord == other.promptWord
  }

  /// The word for the prompt; `nil` for a daemon that takes mail, and for one of which nothing is known.
  public var promptWord: String? {
    switch presence {
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
