// SPDX-License-Identifier: GPL-3.0-or-later

/// The result of waiting for a line.
package enum LineEvent: Sendable, Equatable {
  /// The bytes of a line, without its end. What was pasted in may hold line feeds.
  case line([UInt8])
  /// Ctrl-C: the line is given up.
  case interrupted
  /// The input has ended: Ctrl-D in an empty line, or the end of a file.
  case endOfInput
  /// A signal wants the program to end.
  case ended
}
