// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes characters of the bytes of UTF-8, one by one.
///
/// Bytes that are none become U+FFFD, one for as many as could have begun a character (Unicode,
/// chapter 3.9, "U+FFFD substitution of maximal subparts").
struct CharacterAssembly: Sendable {
  /// The value so far.
  private var value: UInt32 = 0
  /// The number of bytes that are still to come.
  private var missing = 0
  /// The range of the next byte.
  private var next: ClosedRange<UInt8> = 0x80...0xBF

  /// The characters that end with `byte`.
  mutating func take(_ byte: UInt8) -> [Unicode.Scalar] {
    guard missing > 0 else { return begin(byte) }
    guard next.contains(byte) else { return end() + begin(byte) }
    value = value << 6 | UInt32(byte & 0x3F)
    missing -= 1
    next = 0x80...0xBF
    guard missing == 0 else { return [] }
    return [Unicode.Scalar(value) ?? "\u{FFFD}"]
  }

  /// Returns the replacement of a character that is not complete.
  mutating func end() -> [Unicode.Scalar] {
    defer { missing = 0 }
    return missing > 0 ? ["\u{FFFD}"] : []
  }

  private mutating func begin(_ byte: UInt8) -> [Unicode.Scalar] {
    switch byte {
    case ..<0x80: return [Unicode.Scalar(byte)]
    case 0xC2...0xDF: (missing, value) = (1, UInt32(byte & 0x1F))
    case 0xE0...0xEF: (missing, value) = (2, UInt32(byte & 0x0F))
    case 0xF0...0xF4: (missing, value) = (3, UInt32(byte & 0x07))
    default: return ["\u{FFFD}"]
    }
    // No longer forms than needed, no surrogates, nothing past U+10FFFF.
    switch byte {
    case 0xE0: next = 0xA0...0xBF
    case 0xED: next = 0x80...0x9F
    case 0xF0: next = 0x90...0xBF
    case 0xF4: next = 0x80...0x8F
    default: next = 0x80...0xBF
    }
    return []
  }
}
