// SPDX-License-Identifier: Apache-2.0

extension TerminalStyle {
  /// The number of columns of a bar.
  var barColumns: Int { (width ?? 80) < 80 ? 10 : 20 }
}

/// A part of a whole as a bar.
package struct Bar {
  /// The part that is used.
  let part: Int
  /// The whole; above 0.
  let whole: Int

  /// A bar for `part` of `whole`, which is above 0.
  package init(part: Int, whole: Int) {
    self.part = part
    self.whole = whole
  }

  /// The paint that fits a limit: a warning from four fifths on, bad at the whole.
  var paint: Paint {
    if part >= whole { return .bad }
    return share >= 0.8 ? .warning : .good
  }

  /// The number of `columns` that are filled: all only when nothing is left, none only when nothing is used.
  func filled(of columns: Int) -> Int {
    guard part > 0 else { return 0 }
    guard part < whole else { return columns }
    return min(max(Int(share * Double(columns)), 1), columns - 1)
  }

  /// `Double`, because a reply may hold any number.
  private var share: Double { Double(part) / Double(whole) }

  /// The bar without colours, `columns` wide or, in ASCII, two more for its ends.
  package func plain(columns: Int, _ style: TerminalStyle) -> String {
    var style = style
    style.isColoured = false
    return text(columns: columns, style).text(style)
  }

  /// The bar, `columns` wide or, in ASCII, two more for its ends.
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
