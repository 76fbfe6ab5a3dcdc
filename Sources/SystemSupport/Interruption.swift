// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization

/// The user's wish to end what is running: SIGINT, SIGTERM or SIGHUP.
///
/// The signal's handler writes to a pipe that every wait listens to, so that a command can clean up
/// behind itself and no wait misses a signal that comes just before it.
package struct Interruption: Sendable {
  /// Readable once a signal has come.
  package let descriptor: CInt

  /// Catches the signals from now on. To be called once, before anything waits.
  package static func install() -> Interruption {
    var ends: [CInt] = [-1, -1]
    if unsafe pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
      caught.writeEnd.store(ends[1], ordering: .relaxed)
    }
    for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        let saved = errno
        Interruption.caught.note(number)
        errno = saved
      }
      // No SA_RESTART: a call that blocks must return.
      _ = unsafe sigaction(signal, &action, nil)
    }
    return Interruption(descriptor: ends[0])
  }

  /// Whether whoever started us had the signal ignored, as nohup(1) does, which is to stay so.
  private static func isIgnored(_ signal: CInt) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    // SIG_IGN is the number 1 in the place of a function.
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// The signal that came, if one has.
  package var signal: CInt? {
    let number = Self.caught.signal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  package var hasHappened: Bool { signal != nil }

  /// Whether a signal came that is for the program as a whole: not SIGINT, which is for whatever the
  /// user looks at.
  package var asksForTheEnd: Bool { signal == SIGTERM || signal == SIGHUP }

  /// Forgets a SIGINT that has been seen to, or was meant for a program we ran in the foreground.
  package func forgetInterrupt() {
    _ = Self.caught.signal.compareExchange(expected: SIGINT, desired: 0, ordering: .relaxed)
    drain()
  }

  /// Empties the pipe, where the handler may have written after its signal was forgotten. A signal that
  /// comes meanwhile shows in ``signal``, which each wait looks at first.
  func drain() {
    var byte: UInt8 = 0
    while unsafe read(descriptor, &byte, 1) == 1 {}
  }

  private static let caught = Caught()

  /// What the handler writes to: signals belong to the process, so there is one.
  private final class Caught: Sendable {
    let signal = Atomic<CInt>(0)
    let writeEnd = Atomic<CInt>(-1)

    /// Called by the handler.
    func note(_ number: CInt) {
      if number == SIGINT {
        // It does not make a signal forgotten that is for the program as a whole.
        _ = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
      } else {
        signal.store(number, ordering: .relaxed)
      }
      var byte: UInt8 = 0
      _ = unsafe write(writeEnd.load(ordering: .relaxed), &byte, 1)
    }
  }
}
