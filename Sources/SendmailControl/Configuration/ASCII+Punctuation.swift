// SPDX-License-Identifier: GPL-3.0-or-later

extension ASCII {
  /// Whether C's `ispunct` is true of `byte`: printable, and neither blank, letter nor digit.
  static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !isLetter(byte) && !isDigit(byte)
  }
}
