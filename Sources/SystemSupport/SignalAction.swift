// SPDX-License-Identifier: Apache-2.0

package import Glibc

extension sigaction {
  /// The action that `signal` has now (`sigaction(2)`); `nil` for what is no signal.
  package init?(of signal: CInt) {
    self.init()
    guard unsafe sigaction(signal, nil, &self) == 0 else { return nil }
  }

  /// An action that calls `handler`. A call that blocks returns with `EINTR` then.
  package init(handler: sighandler_t?) {
    self.init()
    unsafe __sigaction_handler.sa_handler = handler
  }

  /// Makes this the action of `signal` (`sigaction(2)`).
  package func install(for signal: CInt) {
    var action = self
    _ = unsafe sigaction(signal, &action, nil)
  }

  /// True if the signal is ignored, as by a program that nohup(1) has started.
  package var isIgnored: Bool {
    // SIG_IGN is the number 1 in the place of a function.
    unsafe unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
