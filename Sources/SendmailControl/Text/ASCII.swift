// SPDX-License-Identifier: Apache-2.0

/// The bytes that sendmail's formats are made of, and the C locale's idea of their classes.
///
/// Everything sendmail reads is bytes in no particular encoding, so nothing here goes beyond ASCII.
package enum ASCII {
  /// NUL.
  package static let null: UInt8 = 0x00
  /// HT, horizontal tab.
  package static let tab: UInt8 = 0x09
  /// LF, the end of a line.
  package static let lineFeed: UInt8 = 0x0A
  /// CR, before LF in most replies.
  package static let carriageReturn: UInt8 = 0x0D
  /// SP, the blank.
  package static let space: UInt8 = 0x20
  /// `"`.
  package static let doubleQuote: UInt8 = 0x22
  /// `#`.
  package static let numberSign: UInt8 = 0x23
  /// `$`.
  package static let dollar: UInt8 = 0x24
  /// `*`.
  package static let asterisk: UInt8 = 0x2A
  /// `,`.
  package static let comma: UInt8 = 0x2C
  /// `-`.
  package static let minus: UInt8 = 0x2D
  /// `.`.
  package static let dot: UInt8 = 0x2E
  /// `/`.
  package static let slash: UInt8 = 0x2F
  /// `:`.
  package static let colon: UInt8 = 0x3A
  /// `=`.
  package static let equals: UInt8 = 0x3D
  /// `\`.
  package static let backslash: UInt8 = 0x5C
  /// `_`.
  static let underscore: UInt8 = 0x5F
  /// DEL.
  package static let delete: UInt8 = 0x7F

  /// Returns whether C's `isspace` is true of `byte`: SP, HT, LF, VT, FF, CR.
  package static func isSpace(_ byte: UInt8) -> Bool {
    byte == space || (tab...carriageReturn).contains(byte)
  }

  /// Returns whether `byte` is `0` to `9`.
  package static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte)
  }

  /// Returns whether `byte` is `0` to `9`, `a` to `f` or `A` to `F`.
  static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(lowercased(byte))
  }

  /// Returns whether `byte` is `a` to `z` or `A` to `Z`.
  package static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(lowercased(byte))
  }

  /// Returns whether C's `ispunct` is true of `byte`: printable, and neither blank, letter nor digit.
  static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !isLetter(byte) && !isDigit(byte)
  }

  /// `byte`, or its lower-case form when it is `A` to `Z`.
  package static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
