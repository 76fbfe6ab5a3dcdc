// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization

/// The signals that mean something only while a line is edited: the window has another size, and the
/// user stops the program and lets it go on. A handler notes each and wakes the wait for input. SIGQUIT
/// is ignored then, as by bash.
struct EditingSignals: ~Copyable {
  /// Readable once one has come.
  let descriptor: CInt
  private let previous: [(signal: CInt, action: sigaction)]

  /// Catches them from now on, until it is gone. One that is ignored stays so.
  init() {
    var ends: [CInt] = [-1, -1]
    if unsafe pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    descriptor = ends[0]
    Self.caught.writeEnd.store(ends[1], ordering: .relaxed)
    var previous: [(signal: CInt, action: sigaction)] = []
    for signal in [SIGWINCH, SIGTSTP, SIGCONT, SIGQUIT] {
      var before = sigaction()
      // A window's size nobody ignores on purpose.
      guard unsafe sigaction(signal, nil, &before) == 0, signal == SIGWINCH || !before.isIgnored
      else { continue }
      var action = sigaction()
      if signal == SIGQUIT {
        unsafe action.__sigaction_handler.sa_handler = SIG_IGN
      } else {
        unsafe action.__sigaction_handler.sa_handler = { number in
          let saved = errno
          EditingSignals.caught.note(number)
          errno = saved
        }
      }
      _ = unsafe sigaction(signal, &action, nil)
      previous.append((signal, before))
    }
    self.previous = previous
  }

  deinit {
    for (signal, action) in previous {
      var action = action
      _ = unsafe sigaction(signal, &action, nil)
    }
    let writeEnd = Self.caught.writeEnd.exchange(-1, ordering: .relaxed)
    _ = Self.caught.signals.exchange(0, ordering: .relaxed)
    close(writeEnd)
    close(descriptor)
  }

  /// The signals that came since the last time it was asked.
  func take() -> [CInt] {
    var byte: UInt8 = 0
    while unsafe read(descriptor, &byte, 1) == 1 {}
    let bits = Self.caught.signals.exchange(0, ordering: .relaxed)
    return [SIGTSTP, SIGCONT, SIGWINCH].filter { bits & (1 << UInt64($0)) != 0 }
  }

  /// Stops the program as if it did not catch SIGTSTP; returns when it goes on.
  static func stop() {
    var caught = sigaction()
    var standard = sigaction()
    unsafe standard.__sigaction_handler.sa_handler = SIG_DFL
    _ = unsafe sigaction(SIGTSTP, &standard, &caught)
    raise(SIGTSTP)
    _ = unsafe sigaction(SIGTSTP, &caught, nil)
  }

  private static let caught = Caught()

  /// What the handler writes to: signals belong to the process, so there is one.
  private final class Caught: Sendable {
    /// A bit for each signal, by its number.
    let signals = Atomic<UInt64>(0)
    let writeEnd = Atomic<CInt>(-1)

    func note(_ number: CInt) {
      _ = signals.bitwiseOr(1 << UInt64(number), ordering: .relaxed)
      var byte: UInt8 = 0
      _ = unsafe write(writeEnd.load(ordering: .relaxed), &byte, 1)
    }
  }
}

extension sigaction {
  /// Whether the signal is ignored: SIG_IGN is the number 1 in the place of a function.
  var isIgnored: Bool {
    unsafe unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
