// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization
internal import SystemSupport

/// The signals that mean something only while a line is edited: the window has another size, and the
/// user stops the program and lets it go on. A handler notes each and wakes the wait for input. SIGQUIT
/// is ignored then, as by bash.
struct EditingSignals: ~Copyable {
  private let previous: [(signal: CInt, action: sigaction)]

  /// Readable once one has come.
  var descriptor: CInt { Self.caught.pipe.descriptor }

  /// Catches them from now on, until it is gone. One that is ignored stays so.
  init() {
    Self.caught.pipe.drain()
    var previous: [(signal: CInt, action: sigaction)] = []
    for signal in [SIGWINCH, SIGTSTP, SIGCONT, SIGQUIT] {
      // No one ignores a window's size on purpose.
      guard let before = sigaction(of: signal), signal == SIGWINCH || !before.isIgnored else {
        continue
      }
      let action =
        signal == SIGQUIT
        ? sigaction(handler: SIG_IGN) : sigaction { EditingSignals.caught.note($0) }
      action.install(for: signal)
      previous.append((signal, before))
    }
    self.previous = previous
  }

  deinit {
    for (signal, action) in previous { action.install(for: signal) }
    _ = Self.caught.signals.exchange(0, ordering: .relaxed)
  }

  /// The signals that came since the last time it was asked.
  func take() -> [CInt] {
    Self.caught.pipe.drain()
    let bits = Self.caught.signals.exchange(0, ordering: .relaxed)
    return [SIGTSTP, SIGCONT, SIGWINCH].filter { bits & (1 << UInt64($0)) != 0 }
  }

  /// Stops the program as if it did not catch SIGTSTP; returns when it goes on. The SIGCONT that makes it go on
  /// is not noted.
  static func stop() {
    let action = sigaction(of: SIGTSTP)
    sigaction(handler: SIG_DFL).install(for: SIGTSTP)
    raise(SIGTSTP)
    action?.install(for: SIGTSTP)
    _ = caught.signals.bitwiseAnd(~(1 << UInt64(SIGCONT)), ordering: .relaxed)
  }

  private static let caught = Caught()

  /// The pipe that the handler writes to: signals belong to the process, so there is one.
  private final class Caught: Sendable {
    /// A bit for each signal, by its number.
    let signals = Atomic<UInt64>(0)
    let pipe = SignalPipe()

    func note(_ number: CInt) {
      _ = signals.bitwiseOr(1 << UInt64(number), ordering: .relaxed)
      pipe.wake()
    }
  }
}
