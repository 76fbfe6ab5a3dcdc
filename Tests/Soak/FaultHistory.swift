// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// The sequence of faults that the daemon was given, so that an exchange is judged by the faults it can
/// have met.
final class FaultHistory: Sendable {
  /// The conditions of the daemon that are possible at some time of an exchange.
  struct Conditions: Sendable {
    /// True if it had no fault for a while.
    var wasFine: Bool
    var faults: [SoakFault]
    /// The load averages that were set.
    var loads: Set<Int>

    /// True if the daemon may have restarted without its children.
    var mayHaveForgotten: Bool { faults.contains(.restart) }
  }

  private struct Period {
    let fault: SoakFault?
    let load: Int
    /// The time of the change's request, before it can have begun.
    let start: ContinuousClock.Instant
    /// The time at which the daemon reported the next change, or `nil` for the last.
    var end: ContinuousClock.Instant?
  }

  private let periods = Mutex<[Period]>([
    Period(fault: nil, load: 0, start: .now, end: nil)
  ])

  /// The fault that is on, as far as is known.
  var fault: SoakFault? { periods.withLock { $0.last?.fault } }

  /// Records that `change` injects `fault`, or removes the one before, and sets `load`.
  func record(_ fault: SoakFault?, load: Int, change: () throws -> Void) rethrows {
    periods.withLock { $0.append(Period(fault: fault, load: load, start: .now)) }
    try change()
    periods.withLock { $0[$0.count - 2].end = .now }
  }

  /// Returns the conditions that an exchange from `start` to now can have met.
  func conditions(since start: ContinuousClock.Instant) -> Conditions {
    periods.withLock { periods in
      let met = periods.reversed().prefix { $0.end.map { $0 >= start } ?? true }
      return Conditions(
        wasFine: met.contains { $0.fault == nil }, faults: met.compactMap(\.fault),
        loads: Set(met.map(\.load)))
    }
  }

  /// Forgets all but what is now; no one may be in an exchange.
  func forget() {
    periods.withLock { $0.removeFirst($0.count - 1) }
  }
}
