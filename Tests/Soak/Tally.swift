// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Counts what the clients did and met.
final class Tally: Sendable {
  private struct Counts {
    var exchanges = 0
    var requests: [String: Int] = [:]
    var outcomes: [String: Int] = [:]
    var faults: [String: Int] = [:]
    var longest = Duration.zero
    var complaints: [String] = []
  }

  private let counts = Mutex(Counts())

  /// The failures.
  var complaints: [String] { counts.withLock { $0.complaints } }

  /// Notes that something went wrong.
  func complain(_ text: String) {
    counts.withLock { $0.complaints.append(text) }
  }

  /// Notes that a fault was switched on.
  func note(_ fault: SoakFault) {
    counts.withLock { $0.faults[fault.name, default: 0] += 1 }
  }

  /// Notes an exchange.
  ///
  /// - Returns: its number, counted from 1.
  func count(_ request: SoakRequest, _ outcome: ExchangeOutcome) -> Int {
    counts.withLock { counts in
      counts.exchanges += 1
      counts.requests[request.name, default: 0] += 1
      counts.outcomes[outcome.name, default: 0] += 1
      counts.longest = max(counts.longest, outcome.duration)
      return counts.exchanges
    }
  }

  /// The counts in words, one sort a line.
  func lines(duration: Duration) -> [String] {
    counts.withLock { counts in
      let rate = Double(counts.exchanges) / (duration / .seconds(1))
      return [
        "exchanges: \(counts.exchanges) in \(duration), \(Int(rate)) a second",
        "requests: \(Self.list(counts.requests))", "faults: \(Self.list(counts.faults))",
        "ends: \(Self.list(counts.outcomes))", "longest exchange: \(counts.longest)",
      ]
    }
  }

  private static func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
