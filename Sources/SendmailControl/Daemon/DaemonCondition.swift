// SPDX-License-Identifier: Apache-2.0

/// The state that the daemon reports in the title of its line of the process list.
///
/// A title that says the daemon refuses is up to 15 seconds old, and names only the last port that
/// refused; while any port is open the title is `accepting connections` (sendmail's `daemon.c`).
@nonexhaustive public enum DaemonCondition: Sendable, Hashable {
  /// At least one SMTP port is open.
  case accepting
  /// The ports are closed; the reason is sendmail's (`load average: 14`, `3 children, max 3`).
  case rejectingConnections(daemonName: ByteText, reason: ByteText)
  /// The ports are open but new messages are refused (`min free: 100`).
  case rejectingMessages(reason: ByteText)
  /// Connections are answered late (`DelayLA`) or put off (`ConnectionRateThrottle`).
  case slowing
  /// The first title, kept while no SMTP port is open and no other title has been set.
  case noPortOpen
  /// Words that sendmail 8.17 does not use for its daemon.
  case unknown

  /// The state that `title` stands for.
  public init(title: some Collection<UInt8>) {
    if title.elementsEqual(SendmailWords.accepting) {
      self = .accepting
    } else if title.starts(with: SendmailWords.rejectingConnections) {
      let rest = Array(title.dropFirst(SendmailWords.rejectingConnections.count))
      let end = rest.firstRange(of: SendmailWords.separator)
      self = .rejectingConnections(
        daemonName: ByteText(rest[..<(end?.lowerBound ?? rest.endIndex)]),
        reason: end.map { ByteText(rest[$0.upperBound...]) } ?? "")
    } else if title.starts(with: SendmailWords.rejectingMessages) {
      self = .rejectingMessages(
        reason: ByteText(title.dropFirst(SendmailWords.rejectingMessages.count)))
    } else if title.starts(with: SendmailWords.delaying)
      || title.starts(with: SendmailWords.deferring)
    {
      self = .slowing
    } else if title.elementsEqual(SendmailWords.initial) {
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
  public var reason: ByteText? {
    switch self {
    case .rejectingConnections(_, let reason), .rejectingMessages(let reason): reason
    case .accepting, .slowing, .noPortOpen, .unknown: nil
    }
  }
}
