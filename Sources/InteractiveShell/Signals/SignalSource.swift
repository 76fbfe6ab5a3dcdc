// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the program hears of SIGINT, SIGTERM and SIGHUP, which it catches for all that it does.
public struct SignalSource {
  /// Readable once a signal has come.
  let descriptor: CInt
  /// The signal that came.
  let signal: () -> CInt?
  /// Forgets a SIGINT, which has been seen to.
  let forgetInterrupt: () -> Void

  /// Signals that are heard of by these means.
  ///
  /// - Parameters:
  ///   - descriptor: readable once a signal has come.
  ///   - signal: the number of the signal that came, or `nil`.
  ///   - forgetInterrupt: forgets a SIGINT, and nothing else.
  public init(
    descriptor: CInt, signal: @escaping () -> CInt?, forgetInterrupt: @escaping () -> Void
  ) {
    self.descriptor = descriptor
    self.signal = signal
    self.forgetInterrupt = forgetInterrupt
  }
}
