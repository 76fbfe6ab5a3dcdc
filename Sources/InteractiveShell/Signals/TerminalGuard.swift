// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemSupport

/// Puts the terminal back into its normal mode when the program dies while a line is edited: of a fault
/// of its own, or of a signal that it has no use for. Every other end takes the way that puts it back.
enum TerminalGuard {
  // Written before the handlers are installed, and only read by them.
  nonisolated(unsafe) private static var settings = termios()
  nonisolated(unsafe) private static var isInstalled = false

  /// All signals that end a program by default but those that ``Interruption`` is for, SIGPIPE and SIGXFSZ,
  /// which are ignored, and SIGQUIT, which is while a line is edited. The C library has the first two
  /// real-time signals, 32 and 33, for itself.
  private static let deadlySignals =
    [
      SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGALRM, SIGVTALRM, SIGPROF,
      SIGUSR1, SIGUSR2, SIGXCPU, SIGPOLL, SIGPWR, SIGSTKFLT,
    ] + Array(34...64)

  /// Remembers the terminal's settings as they are now, and watches over them from now on. To be
  /// called before they are changed for the first time.
  static func install() {
    guard unsafe !isInstalled, unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
    unsafe isInstalled = true
    for signal in deadlySignals {
      guard sigaction(of: signal)?.isIgnored == false else { continue }
      var action = sigaction { number in
        // Only what POSIX allows a handler to call.
        _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &TerminalGuard.settings)
        // A terminal that takes nothing must not keep the program from its end.
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        if unsafe poll(&output, 1, 0) > 0 {
          let pasteOff: StaticString = "\u{1B}[?2004l\r\n"
          _ = unsafe write(STDOUT_FILENO, pasteOff.utf8Start, pasteOff.utf8CodeUnitCount)
        }
        raise(number)
      }
      // The second time the signal does what it always does.
      action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND)) | CInt(SA_NODEFER)
      action.install(for: signal)
    }
  }
}
