// SPDX-License-Identifier: Apache-2.0

/// The columns of a terminal that text takes, and text cut or filled up to a number of them.
///
/// For text that ``TerminalEscaping`` has escaped: nothing in it moves the cursor.
package enum DisplayWidth {
  /// The columns that `text` takes.
  package static func of(_ text: String) -> Int {
    // Nearly all text is ASCII, whose bytes are its columns.
    var columns = 0
    for byte in text.utf8 {
      if byte >= 0x80 { return text.unicodeScalars.reduce(0) { $0 + of($1) } }
      columns += 1
    }
    return columns
  }

  /// The columns of one character: 0 for one that is drawn over the one before it, 2 for one that
  /// East Asian fonts draw wide (Unicode's annex 11, classes W and F), else 1.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if conjoining.contains(scalar.value) { return 0 }
    let isWide =
      scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
    return isWide ? 2 : 1
  }

  /// The beginning of `text` that fits into `columns`, with `mark` at its end when that is not all.
  package static func fit(_ text: String, into columns: Int, mark: String) -> String {
    guard of(text) > columns else { return text }
    let markWidth = of(mark)
    var left = max(0, columns - (markWidth <= columns ? markWidth : 0))
    var result = ""
    for scalar in text.unicodeScalars {
      left -= of(scalar)
      guard left >= 0 else { break }
      result.unicodeScalars.append(scalar)
    }
    return markWidth <= columns ? result + mark : result
  }

  /// `text` with blanks after it, up to `columns`.
  package static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - of(text)))
  }

  /// The vowels and ends of Hangul syllables, which join the consonant before them.
  private static let conjoining: ClosedRange<UInt32> = 0x1160...0x11FF

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul Jamo, beginnings of syllables
    0x2E80...0x303E,  // CJK radicals, punctuation
    0x3041...0xA4CF,  // Kana, CJK, Yi
    0xA960...0xA97F,  // Hangul Jamo, extended
    0xAC00...0xD7A3,  // Hangul syllables
    0xF900...0xFAFF,  // CJK compatibility
    0xFE10...0xFE19,  // vertical forms
    0xFE30...0xFE6F,  // CJK compatibility forms
    0xFF00...0xFF60,  // full-width forms
    0xFFE0...0xFFE6,  // full-width signs
    0x16FE0...0x18CFF,  // Tangut
    0x1AFF0...0x1B2FF,  // Kana, supplements
    0x1F200...0x1F265,  // enclosed ideographs
    0x1F300...0x1F64F,  // pictures
    0x1F900...0x1FAFF,  // more pictures
    0x20000...0x3FFFD,  // CJK, supplements
  ]
}
