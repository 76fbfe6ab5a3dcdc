// SPDX-License-Identifier: GPL-3.0-or-later

/// What the daemon says of itself, read from the title of its line in the process list.
///
/// A title that says the daemon refuses is up to 15 seconds old, and names only the last port that
/// refused; while any port is open the title is `accepting connections` (sendmail's `daemon.c`).
public enum DaemonCondition: Sendable, Equatable {
  /// At least one SMTP port is open.
  case accepting
  /// The ports are closed; the reason is sendmail's (`load average: 14`, `3 children, max 3`).
  case rejectingConnections(daemonName: [UInt8], reason: [UInt8])
  /// The ports are open but new messages are refused (`min free: 100`).
  case rejectingMessages(reason: [UInt8])
  /// Connections are answered late (`DelayLA`) or put off (`ConnectionRateThrottle`).
  case slowing
  /// The first title, kept while no SMTP port is open and nothing else has been said.
  case noPortOpen
  /// Words that sendmail 8.17 does not use for its daemon.
  case unknown

  /// The state that `title` stands for.
  public init(title: some Collection<UInt8>) {
    if title.elementsEqual(Title.accepting.utf8) {
      self = .accepting
    } else if title.starts(with: Title.rejectingConnections.utf8) {
      let rest = Array(title.dropFirst(Title.rejectingConnections.utf8.count))
      let end = rest.firstRange(of: Array(": ".utf8))
      self = .rejectingConnections(
        daemonName: Array(rest[..<(end?.lowerBound ?? rest.endIndex)]),
        reason: end.map { Array(rest[$0.upperBound...]) } ?? [])
    } else if title.starts(with: Title.rejectingMessages.utf8) {
      self = .rejectingMessages(
        reason: Array(title.dropFirst(Title.rejectingMessages.utf8.count)))
    } else if title.starts(with: Title.delaying.utf8) || title.starts(with: Title.deferring.utf8) {
      self = .slowing
    } else if title.elementsEqual(Title.initial.utf8) {
      self = .noPortOpen
    } else {
      self = .unknown
    }
  }

  /// The name of the state in machine-readable output.
  public var name: String {
    switch self {
    case .accepting: "accepting"
    case .rejectingConnections: "rejecting-connections"
    case .rejectingMessages: "rejecting-messages"
    case .slowing: "slowing"
    case .noPortOpen: "no-port-open"
    case .unknown: "unknown"
    }
  }

  /// The reason that sendmail gives for refusing, or `nil` when it does not refuse.
  public var reason: [UInt8]? {
    switch self {
    case .rejectingConnections(_, let reason), .rejectingMessages(let reason): reason
    case .accepting, .slowing, .noPortOpen, .unknown: nil
    }
  }
}

/// sendmail's own words for its daemon, whole or the part before a name or a reason.
private enum Title {
  static let accepting = "accepting connections"
  static let rejectingConnections = "rejecting connections on daemon "
  static let rejectingMessages = "rejecting new messages: "
  static let delaying = "delaying connections on daemon "
  static let deferring = "deferring connections on daemon "
  static let initial = "Sendmail daemon"
}
