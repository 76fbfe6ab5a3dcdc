// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// The user's wish to end what is running: SIGINT, SIGTERM or SIGHUP.
///
/// The signal's handler writes to a pipe that every wait listens to, so that a command can clean up
/// after itself and no wait misses a signal that comes just before it.
package struct Interruption: Sendable {
  /// Readable once a signal has come.
  package let descriptor: CInt
  /// The cancellation that ends a wait; `nil` for signals.
  private var cancellation: Cancellation?

  /// Catches the signals from now on, except those that are ignored, which stay so. To be called once,
  /// before anything waits.
  package static func install() -> Interruption {
    let interruption = Interruption(descriptor: caught.pipe.descriptor)
    for signal in [SIGINT, SIGTERM, SIGHUP] where sigaction(of: signal)?.isIgnored == false {
      sigaction { Interruption.caught.note($0) }.install(for: signal)
    }
    return interruption
  }

  /// The signal that came, if one has.
  package var signal: CInt? {
    if let cancellation { return cancellation.isCancelled ? SIGTERM : nil }
    let number = Self.caught.signal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  package var hasHappened: Bool { signal != nil }

  /// True if a signal came that is for the program as a whole: not SIGINT, which is for whatever the
  /// user reads.
  package var isTermination: Bool { signal == SIGTERM || signal == SIGHUP }

  /// Forgets a SIGINT that has been seen to, or was meant for a program we ran in the foreground.
  package func clearInterrupt() {
    _ = Self.caught.signal.compareExchange(expected: SIGINT, desired: 0, ordering: .relaxed)
    drain()
  }

  /// Empties the pipe, where the handler may have written after its signal was forgotten. A signal that
  /// comes meanwhile shows in ``signal``, which each wait checks first.
  func drain() {
    if cancellation == nil { Self.caught.pipe.drain() }
  }

  /// The interruption by `cancellation`, which no signal is needed for.
  init(_ cancellation: Cancellation, descriptor: CInt) {
    self.descriptor = descriptor
    self.cancellation = cancellation
  }

  private init(descriptor: CInt) {
    self.descriptor = descriptor
  }

  private static let caught = Caught()

  /// The pipe that the handler writes to: signals belong to the process, so there is one.
  private final class Caught: Sendable {
    let signal = Atomic<CInt>(0)
    let pipe = SignalPipe()

    /// Called by the handler.
    func note(_ number: CInt) {
      if number == SIGINT {
        // It does not make a signal forgotten that is for the program as a whole.
        _ = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
      } else {
        signal.store(number, ordering: .relaxed)
      }
      pipe.wake()
    }
  }
}
