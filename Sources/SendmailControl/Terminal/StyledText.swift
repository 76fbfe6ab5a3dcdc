// SPDX-License-Identifier: Apache-2.0

/// Text in pieces, each with its own paint.
struct StyledText {
  private(set) var pieces: [(text: String, paint: Paint?)] = []

  init(_ text: String = "", _ paint: Paint? = nil) {
    append(text, paint)
  }

  mutating func append(_ text: String, _ paint: Paint? = nil) {
    guard !text.isEmpty else { return }
    if let last = pieces.last, last.paint == paint {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append((text, paint))
    }
  }

  /// The columns it takes.
  var width: Int { pieces.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The text with blanks after it, up to `columns`.
  func padded(to columns: Int) -> StyledText {
    var text = self
    text.append(DisplayWidth.padded("", to: columns - width))
    return text
  }

  /// The text as the place shows it, on one line.
  func text(_ style: TerminalStyle) -> String {
    pieces.reduce(into: "") { $0 += style.painted($1.text, $1.paint) }
  }

  /// The text folded at blanks into lines of at most `columns`; a word longer than a line is broken.
  func folded(into columns: Int) -> [StyledText] {
    var lines: [StyledText] = [StyledText()]
    var used = 0
    for (text, paint) in pieces {
      var isFirst = true
      for word in text.split(separator: " ", omittingEmptySubsequences: false) {
        var word = String(word)
        var wordWidth = DisplayWidth.of(word)
        let blank = isFirst ? 0 : 1
        isFirst = false
        if used + blank + wordWidth <= columns {
          lines[lines.count - 1].append(blank == 1 ? " " + word : word, paint)
          used += blank + wordWidth
          continue
        }
        if used > 0 {
          lines.append(StyledText())
          used = 0
        }
        while wordWidth > columns {
          let head = DisplayWidth.fit(word, into: columns, mark: "")
          guard !head.isEmpty else { break }
          lines[lines.count - 1].append(head, paint)
          lines.append(StyledText())
          word = String(word.unicodeScalars.dropFirst(head.unicodeScalars.count))
          wordWidth = DisplayWidth.of(word)
        }
        lines[lines.count - 1].append(word, paint)
        used = wordWidth
      }
    }
    return lines
  }
}

extension StyledText {
  /// Returns the text as lines with their ends, folded where the place has a width.
  func lines(_ style: TerminalStyle) -> String {
    (style.width.map { folded(into: $0) } ?? [self]).map { $0.text(style) + "\n" }.joined()
  }
}

extension TerminalStyle {
  /// Returns `lead` followed by `text`, folded with a hanging indent of as many columns as `lead` takes.
  package func paragraph(_ text: String, after lead: String = "", indent: Int = 0) -> String {
    let text = shown(text)
    guard let width else { return lead + text + "\n" }
    let lines = StyledText(text).folded(into: max(20, width - indent)).map { $0.text(self) }
    return lead + lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
  }
}

/// Lines of text that are too long for a terminal.
package enum TextFolding {
  /// Returns `line` with its end, folded between words with an indent where it is longer than `columns`,
  /// if these are known.
  package static func hanging(_ line: String, columns: Int?) -> String {
    guard let columns, columns > 20, DisplayWidth.of(line) > columns else { return line + "\n" }
    let indent = "  "
    var rest = StyledText(line).folded(into: columns)
    let first = rest.removeFirst()
    let plain = TerminalStyle(characters: .utf8)
    // The lines after the first are indented, and so must be folded again.
    let left = rest.map { $0.text(plain) }.joined(separator: " ")
    return first.text(plain) + "\n"
      + StyledText(left).folded(into: columns - indent.utf8.count)
      .map { indent + $0.text(plain) + "\n" }.joined()
  }
}
