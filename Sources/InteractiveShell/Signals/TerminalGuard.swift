// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Puts the terminal back into its normal mode when the program dies of a fault of its own while a
/// line is edited; every other end takes the way that puts it back.
enum TerminalGuard {
  // Written before the handlers are installed, and only read by them.
  nonisolated(unsafe) private static var settings = termios()
  nonisolated(unsafe) private static var isInstalled = false

  /// Remembers the terminal's settings as they are now, and watches over them from now on. To be
  /// called before they are changed for the first time.
  static func install() {
    guard unsafe !isInstalled, unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
    unsafe isInstalled = true
    for signal in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        // Only what POSIX allows a handler to call.
        _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &TerminalGuard.settings)
        let pasteOff: StaticString = "\u{1B}[?2004l\r\n"
        _ = unsafe write(STDOUT_FILENO, pasteOff.utf8Start, pasteOff.utf8CodeUnitCount)
        raise(number)
      }
      // The second time the signal does what it always does.
      action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND)) | CInt(SA_NODEFER)
      _ = unsafe sigaction(signal, &action, nil)
    }
  }
}
