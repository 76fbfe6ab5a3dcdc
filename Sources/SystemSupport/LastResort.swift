// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// The end of a program that a signal has asked to end, and that does not come to it: it computes, or a system
/// call does not return. What waits ends by itself, and sooner.
package enum LastResort {
  /// The time that a program has to end by itself.
  private static let grace = Duration.seconds(1)
  /// The time between two checks after that.
  private static let pause = Duration.milliseconds(100)

  private static let holds = Atomic<Int>(0)
  private static let leavesInterrupt = Atomic<Bool>(false)
  private static let status = Atomic<CInt>(0)

  /// Watches for signals from now on, on a thread of its own. To be called once.
  ///
  /// - Parameters:
  ///   - interruption: the signals.
  ///   - message: the words for standard error.
  ///   - status: the exit status.
  package static func install(
    _ interruption: Interruption, message: String, status: CInt
  ) {
    exit(with: status)
    OwnThread.start {
      while true {
        // The pipe is left as it is: the waits of others depend on it.
        _ = try? Readiness.wait(
          for: interruption.descriptor, events: POLLIN, until: nil, interruption: nil)
        var deadline = Deadline(after: grace)
        repeat {
          sleep(for: pause)
          if holds.load(ordering: .acquiring) > 0 { deadline = Deadline(after: grace) }
          if deadline.hasPassed, isAskedToEnd(interruption) { end(message) }
        } while interruption.hasHappened
      }
    }
  }

  /// Begins work that ends by itself after a signal and would leave something unfinished if it did not: a draft of a
  /// file, or a program that was started.
  package static func hold() { holds.add(1, ordering: .acquiringAndReleasing) }

  /// Ends such work.
  package static func release() { holds.subtract(1, ordering: .acquiringAndReleasing) }

  /// Sets the exit status, once it is known what the program does.
  package static func exit(with status: CInt) { self.status.store(status, ordering: .releasing) }

  /// Leaves SIGINT to the command that runs, as a shell does.
  package static func leaveInterrupt() { leavesInterrupt.store(true, ordering: .releasing) }

  private static func isAskedToEnd(_ interruption: Interruption) -> Bool {
    interruption.isTermination
      || (interruption.hasHappened && !leavesInterrupt.load(ordering: .acquiring))
  }

  private static func sleep(for duration: Duration) {
    let end = Deadline(after: duration)
    _ = try? Readiness.wait(for: -1, events: 0, until: end, interruption: nil)
  }

  private static func end(_ message: String) -> Never {
    if Readiness.isReady(STDERR_FILENO, for: POLLOUT) {
      let bytes = Array(message.utf8)
      _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
    _exit(status.load(ordering: .acquiring))
  }
}
