// SPDX-License-Identifier: GPL-3.0-or-later

/// The characters that must never reach a terminal. Written from the Unicode standard, and not with the
/// code that it judges.
enum Harm {
  /// The first character of `text` that a terminal may obey or that deceives a reader, in words.
  /// Line feeds and tabs are no harm.
  static func complaint(about text: String, in place: String) -> String? {
    for scalar in text.unicodeScalars where isHarmful(scalar.value) {
      return "U+\(String(scalar.value, radix: 16)) in \(place)"
    }
    return nil
  }

  /// The same for text that must stay within a line.
  static func complaint(aboutLine text: String, in place: String) -> String? {
    text.utf8.contains { $0 == 0x0A || $0 == 0x09 }
      ? "a line feed or a tab in \(place)" : complaint(about: text, in: place)
  }

  private static func isHarmful(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0A: false
    // C0, DEL and C1.
    case 0x00...0x1F, 0x7F...0x9F: true
    // Bidirectional controls, line and paragraph separators, and marks without a width.
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF: true
    // Interlinear annotation and tags.
    case 0xFFF9...0xFFFB, 0xE0001...0xE007F: true
    default: false
    }
  }
}
