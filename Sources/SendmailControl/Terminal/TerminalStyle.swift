// SPDX-License-Identifier: Apache-2.0

/// The capabilities of the place that text for reading is made for.
package struct TerminalStyle: Sendable, Equatable {
  /// The number of columns of a line; `nil` where there are no lines to fill, as in a file: nothing is
  /// cut or folded then.
  package var width: Int?
  /// The characters that can be shown.
  package var characters: Characters
  /// True if colours are to be used. Colour is never the only cue.
  package var isColoured: Bool

  /// The characters that can be shown.
  package enum Characters: Sendable, Equatable {
    /// Printable ASCII.
    case ascii
    /// All of Unicode.
    case utf8
  }

  /// Below so many columns there is one line and no table.
  package static let narrowest = 30

  /// A place that can show this.
  package init(width: Int? = nil, characters: Characters = .ascii, isColoured: Bool = false) {
    self.width = width
    self.characters = characters
    self.isColoured = isColoured
  }

  /// `bytes` as text that no terminal obeys and that this one can show.
  func text(_ bytes: some Collection<UInt8>) -> String {
    shown(TerminalEscaping.escape(bytes))
  }

  /// `text`, with escapes in the place of what is not ASCII where only ASCII can be shown.
  func shown(_ text: String) -> String {
    guard characters == .ascii, text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      }
    }
    return result
  }

  /// The mark in the place of text that was cut.
  var cutMark: String { characters == .utf8 ? "…" : "..." }

  /// `text` cut to `columns`.
  func fit(_ text: String, into columns: Int) -> String {
    DisplayWidth.fit(text, into: columns, mark: cutMark)
  }
}

/// The colour or weight of a piece of text, where there are colours.
enum Paint: String, Sendable, Equatable {
  case bold = "1"
  case faint = "2"
  // Of the palette of 256 colours, dark enough for a white background and light enough for a black one,
  // which the plain red, green and yellow are not.
  case bad = "38;5;160"
  case good = "38;5;28"
  case warning = "38;5;130"
}

extension TerminalStyle {
  /// `text`, coloured when this place has colours.
  func painted(_ text: String, _ paint: Paint?) -> String {
    guard isColoured, let paint, !text.isEmpty else { return text }
    return "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
  }
}
