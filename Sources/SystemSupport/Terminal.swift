// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// The terminal of standard output.
package enum Terminal {
  /// The number of columns and rows.
  package struct Size: Sendable, Equatable {
    /// Characters in a line.
    package let columns: Int
    /// Lines.
    package let rows: Int
  }

  /// Its size as the system knows it (`TIOCGWINSZ`); `nil` when it does not, or there is none.
  package static var size: Size? { size(of: .standardOutput) }

  /// The size of the terminal at `descriptor`; `nil` when the system does not know it, or there is none.
  package static func size(of descriptor: FileDescriptor) -> Size? {
    var size = winsize()
    guard unsafe ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Its settings, to be put back when a program that changed them could not.
  package struct Settings: Sendable {
    private var settings = termios()

    /// The settings now, or `nil` when there is no terminal.
    package init?() {
      guard unsafe tcgetattr(STDOUT_FILENO, &settings) == 0 else { return nil }
    }

    /// Puts the settings back.
    package func restore() {
      var settings = settings
      _ = unsafe tcsetattr(STDOUT_FILENO, TCSANOW, &settings)
    }
  }
}
