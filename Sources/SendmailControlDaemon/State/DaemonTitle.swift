// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// The text of the daemon's own line, and the memory it needs: a port that refuses connections goes
/// on refusing for a while, with the old numbers in its title (`getrequests` and
/// `refuseconnections` in sendmail's `daemon.c` and `conf.c`).
struct DaemonTitle: Sendable {
  /// The shortest time that a refusal lasts.
  static let refusalTime: Duration = .seconds(15)

  private struct Rejection {
    let text: [UInt8]
    let end: Duration
  }
  /// The rejections under way, by the place of the port among the ports.
  private var rejections: [Int: Rejection] = [:]

  /// Checks all ports again, as the daemon does in each round of its loop, and returns its title.
  ///
  /// `state` is the daemon now. `now` is the time since some fixed moment.
  mutating func evaluate(_ state: DaemonState, now: Duration) -> [UInt8] {
    if !rejections.isEmpty {
      rejections = rejections.filter { $0.value.end > now && $0.key < state.ports.count }
    }
    for (place, port) in state.ports.enumerated() where rejections[place] == nil {
      guard let cause = Self.cause(for: port, state) else { continue }
      rejections[place] = Rejection(
        text: SendmailWords.rejectingConnections + port.name + SendmailWords.separator + cause.utf8,
        end: now + Self.refusalTime)
    }
    if let title = state.title { return title.bytes }
    if state.ports.isEmpty { return SendmailWords.initial }
    if rejections.count == state.ports.count, let last = rejections[state.ports.count - 1] {
      return last.text
    }
    if state.minimumFreeSpace > 0 && state.freeSpace ?? -1 < state.minimumFreeSpace {
      return SendmailWords.rejectingMessages + "min free: \(state.minimumFreeSpace)".utf8
    }
    return SendmailWords.accepting
  }

  /// The reason for which `port` must refuse connections now, or `nil`.
  private static func cause(for port: ServedPort, _ state: DaemonState) -> String? {
    let limit = port.refuseLoadAverage ?? state.refuseLoadAverage
    if limit > 0, let load = state.loadAverage, load >= limit { return "load average: \(load)" }
    guard let maximum = state.maximumChildren, maximum > 0 else { return nil }
    let children = state.processes.childCount
    return children >= maximum ? "\(children) children, max \(maximum)" : nil
  }
}
