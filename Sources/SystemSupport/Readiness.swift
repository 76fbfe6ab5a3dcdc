// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// The reason why a wait ended.
package enum Readiness {
  case ready
  case deadlinePassed
  case interrupted

  /// `poll(2)`: waits until `descriptor` is ready for `events`, until `deadline`, or until the user
  /// interrupts. A negative descriptor is never ready, so that this is a sleep. Without a deadline it
  /// waits for as long as a person takes to type.
  package static func wait(
    for descriptor: CInt, events: CInt, until deadline: Deadline?, interruption: Interruption?
  ) throws(Errno) -> Readiness {
    while true {
      if interruption?.hasHappened == true { return .interrupted }
      var descriptors = [
        pollfd(fd: descriptor, events: Int16(events), revents: 0),
        pollfd(fd: interruption?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&descriptors, 2, deadline?.millisecondsLeft ?? -1)
      if count < 0 {
        let error = Errno(rawValue: errno)
        if error == .interrupted { continue }
        throw error
      }
      if descriptors[1].revents != 0 {
        if interruption?.hasHappened == true { return .interrupted }
        // Left from a signal that has been forgotten.
        interruption?.drain()
        continue
      }
      if descriptors[0].revents != 0 { return .ready }
      if deadline?.hasPassed == true { return .deadlinePassed }
    }
  }

  /// `poll(2)` without waiting: whether `descriptor` is ready for `events` now.
  package static func isReady(_ descriptor: CInt, for events: CInt) -> Bool {
    var descriptor = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return unsafe poll(&descriptor, 1, 0) > 0
  }

  /// Sleeps for `pause`, or less when `deadline` comes or the user interrupts before.
  package static func pause(
    _ pause: Duration, until deadline: Deadline, interruption: Interruption?
  ) throws(Errno) -> Readiness {
    let end = Deadline.earlier(Deadline(after: pause), deadline)
    let outcome = try wait(for: -1, events: 0, until: end, interruption: interruption)
    if case .interrupted = outcome { return .interrupted }
    return deadline.hasPassed ? .deadlinePassed : .ready
  }
}
