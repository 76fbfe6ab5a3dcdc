// SPDX-License-Identifier: Apache-2.0

/// The first line of a screen: what it is about on the left, the machine and the time on the right.
struct HeadLine {
  let left: StyledText
  let host: [UInt8]
  let time: CalendarTime

  /// The line, and more lines where one is not wide enough.
  func text(_ style: TerminalStyle) -> String {
    let candidates = rightCandidates(style)
    guard let width = style.width else {
      return left.text(style) + "  " + candidates[0] + "\n"
    }
    for right in candidates where left.width + 2 + DisplayWidth.of(right) <= width {
      var line = left.padded(to: width - DisplayWidth.of(right))
      line.append(right, .faint)
      return line.text(style) + "\n"
    }
    let lines = left.folded(into: width - 2).map { $0.text(style) }
    let right = candidates.first { DisplayWidth.of($0) <= width - 2 } ?? time.time
    return lines.joined(separator: "\n  ") + "\n  " + style.painted(right, .faint) + "\n"
  }

  private func rightCandidates(_ style: TerminalStyle) -> [String] {
    let host = style.text(host)
    let firstLabel = String(host.prefix { $0 != "." })
    return [
      "\(host)  \(time.date) \(time.time)", "\(host)  \(time.time)", "\(firstLabel)  \(time.time)",
    ]
  }
}

extension TerminalStyle {
  private static let labelWidth = 12

  /// Returns a line of a screen: a label and a value, folded where the place is too narrow.
  func fact(_ label: String, _ value: StyledText) -> String {
    let start = StyledText(label, .bold).padded(to: Self.labelWidth).text(self)
    guard let width else { return start + value.text(self) + "\n" }
    let indentation = DisplayWidth.padded("", to: Self.labelWidth)
    return start
      + value.folded(into: width - Self.labelWidth).map { $0.text(self) }
      .joined(separator: "\n" + indentation) + "\n"
  }

  /// Returns notes below a table, with an empty line before them.
  func notes(_ notes: [String]) -> String {
    guard !notes.isEmpty else { return "" }
    return "\n" + notes.map { StyledText($0, .faint).lines(self) }.joined()
  }
}
