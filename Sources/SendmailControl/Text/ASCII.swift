// SPDX-License-Identifier: GPL-3.0-or-later

/// The bytes that sendmail's formats are made of, and the C locale's idea of their classes.
///
/// Everything sendmail reads is bytes in no particular encoding, so nothing here looks beyond ASCII.
public enum ASCII {
  /// NUL.
  public static let null: UInt8 = 0x00
  /// HT, horizontal tab.
  public static let tab: UInt8 = 0x09
  /// LF, the end of a line.
  public static let lineFeed: UInt8 = 0x0A
  /// CR, before LF in most replies.
  public static let carriageReturn: UInt8 = 0x0D
  /// SP, the blank.
  public static let space: UInt8 = 0x20
  /// `"`.
  public static let doubleQuote: UInt8 = 0x22
  /// `#`.
  public static let numberSign: UInt8 = 0x23
  /// `$`.
  public static let dollar: UInt8 = 0x24
  /// `*`.
  public static let asterisk: UInt8 = 0x2A
  /// `,`.
  public static let comma: UInt8 = 0x2C
  /// `-`.
  public static let minus: UInt8 = 0x2D
  /// `.`.
  public static let dot: UInt8 = 0x2E
  /// `/`.
  public static let slash: UInt8 = 0x2F
  /// `:`.
  public static let colon: UInt8 = 0x3A
  /// `=`.
  public static let equals: UInt8 = 0x3D
  /// `\`.
  public static let backslash: UInt8 = 0x5C
  /// `_`.
  static let underscore: UInt8 = 0x5F
  /// DEL.
  public static let delete: UInt8 = 0x7F

  /// Whether C's `isspace` is true of `byte`: SP, HT, LF, VT, FF, CR.
  public static func isSpace(_ byte: UInt8) -> Bool {
    byte == space || (tab...carriageReturn).contains(byte)
  }

  /// Whether `byte` is `0` to `9`.
  public static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte)
  }

  /// Whether `byte` is `0` to `9`, `a` to `f` or `A` to `F`.
  static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(lowercased(byte))
  }

  /// Whether `byte` is `a` to `z` or `A` to `Z`.
  public static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(lowercased(byte))
  }

  /// Whether C's `ispunct` is true of `byte`: printable, and neither blank, letter nor digit.
  static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !isLetter(byte) && !isDigit(byte)
  }

  /// `byte`, or its lower-case form when it is `A` to `Z`.
  public static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
