// SPDX-License-Identifier: GPL-3.0-or-later

/// The number of columns that terminals give a character.
///
/// Kept apart from the core's `DisplayWidth`, which is judged by it. It is what wcwidth(3) of glibc
/// says in a UTF-8 locale, by which readline counts.
enum CharacterWidth {
  /// 0 for one that is drawn over the character before it or not at all, 2 for a wide one, else 1.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .format where !visibleFormats.contains(scalar.value): return 0
    default: break
    }
    if conjoining.contains(where: { $0.contains(scalar.value) }) { return 0 }
    let isPicture =
      scalar.properties.isEmojiPresentation && !regionalIndicators.contains(scalar.value)
    return isPicture || wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// Signs of Arabic and Syriac that stand before numbers and have a shape.
  private static let visibleFormats: Set<UInt32> = [
    0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2,
  ]

  /// The vowels and ends of Hangul syllables.
  private static let conjoining: [ClosedRange<UInt32>] = [
    0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB,
  ]

  private static let regionalIndicators: ClosedRange<UInt32> = 0x1F1E6...0x1F1FF

  /// Classes W and F of Unicode's annex 11, without the pictures.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x3029, 0x302E...0x303E, 0x3041...0x3096,
    0x309B...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF0...0x1B2FB,
    0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
