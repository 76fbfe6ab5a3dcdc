// SPDX-License-Identifier: Apache-2.0

/// The moment by which something must have happened, on a clock that no one sets.
package struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant

  /// The moment `duration` from now.
  package init(after duration: Duration) {
    instant = .now.advanced(by: duration)
  }

  /// The one of the two that comes first.
  package static func earlier(_ first: Deadline, _ second: Deadline) -> Deadline {
    first.instant < second.instant ? first : second
  }

  /// Time left; zero when the moment has passed.
  package var timeLeft: Duration {
    max(.zero, ContinuousClock.Instant.now.duration(to: instant))
  }

  /// True if the moment has passed.
  package var hasPassed: Bool { timeLeft == .zero }

  /// Time left in milliseconds for `poll(2)`, rounded up so that waiting it out passes the moment.
  package var millisecondsLeft: CInt {
    let (seconds, attoseconds) = timeLeft.components
    let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return CInt(clamping: seconds * 1000 + fraction)
  }
}
