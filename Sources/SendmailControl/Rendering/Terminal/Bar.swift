// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of a whole as a picture.
struct Bar {
  /// What is used.
  let part: Int
  /// What there is; above 0.
  let whole: Int

  /// The paint that fits: a warning from four fifths on, bad at the whole.
  var paint: Paint {
    if part >= whole { return .bad }
    return share >= 0.8 ? .warning : .good
  }

  /// How many of `columns` are filled: all only when nothing is left, none only when nothing is used.
  func filled(of columns: Int) -> Int {
    guard part > 0 else { return 0 }
    guard part < whole else { return columns }
    return min(max(Int(share * Double(columns)), 1), columns - 1)
  }

  /// `Double`, because a reply may hold any number.
  private var share: Double { Double(part) / Double(whole) }

  /// The bar, `columns` wide or, in ASCII, with its two ends as wide.
  func text(columns: Int, _ style: TerminalStyle) -> StyledText {
    let filled = filled(of: columns)
    var text = StyledText()
    let isASCII = style.characters == .ascii
    if isASCII { text.append("[") }
    text.append(String(repeating: isASCII ? "#" : "█", count: filled), paint)
    text.append(String(repeating: isASCII ? "." : "░", count: columns - filled), .faint)
    if isASCII { text.append("]") }
    return text
  }
}
