// SPDX-License-Identifier: GPL-3.0-or-later

/// Words that can stand somewhere, and what they mean: what Tab and the question mark show.
public struct WordList: Sendable, Equatable {
  /// A word and its meaning.
  public struct Entry: Sendable, Equatable {
    /// The word.
    public var word: String
    /// What it means, in one line; empty when there is nothing to say.
    public var meaning: String

    /// A word.
    public init(_ word: String, _ meaning: String = "") {
      self.word = word
      self.meaning = meaning
    }
  }

  /// The words, in order.
  public var entries: [Entry]

  /// These words.
  public init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The words as text: a line each where one has a meaning, else as many in a line as it holds.
  /// Control characters are shown as escapes.
  ///
  /// - Parameters:
  ///   - columns: the width, in columns.
  ///   - rows: the most lines; where there are more, the last one says how many words are left out.
  public func text(columns: Int, rows: Int, style: TerminalStyle) -> String {
    let hasMeanings = entries.contains { !$0.meaning.isEmpty }
    return hasMeanings
      ? table(columns: max(20, columns), rows: rows, style: style)
      : grid(columns: max(20, columns), rows: rows, style: style)
  }

  private func table(columns: Int, rows: Int, style: TerminalStyle) -> String {
    let fitting = entries.count <= rows ? entries[...] : entries.prefix(max(0, rows - 1))
    let words = fitting.map { style.fit(style.text($0.word.utf8), into: columns / 2) }
    let width = words.map { DisplayWidth.of($0) }.max() ?? 0
    var text = ""
    for (word, entry) in zip(words, fitting) {
      let gap = String(repeating: " ", count: width - DisplayWidth.of(word) + 2)
      let meaning = style.fit(style.text(entry.meaning.utf8), into: columns - width - 4)
      text += "  " + style.painted(word, .bold) + (meaning.isEmpty ? "" : gap + meaning) + "\n"
    }
    return text + remainder(entries.count - fitting.count)
  }

  private func grid(columns: Int, rows: Int, style: TerminalStyle) -> String {
    // No more is looked at than can be shown.
    let words = entries.prefix(rows * columns).map {
      style.fit(style.text($0.word.utf8), into: columns)
    }
    guard let width = words.map({ DisplayWidth.of($0) }).max() else { return "" }
    let perLine = max(1, (columns + 2) / (width + 2))
    let needed = (entries.count + perLine - 1) / perLine
    let shown = needed <= rows ? words[...] : words.prefix(max(0, rows - 1) * perLine)
    let lines = (shown.count + perLine - 1) / perLine
    var text = ""
    for line in 0..<lines {
      // Down the columns, as ls does.
      let row = stride(from: line, to: shown.count, by: max(1, lines)).map { shown[$0] }
      for (index, word) in row.enumerated() {
        let gap = index == row.count - 1 ? 0 : width - DisplayWidth.of(word) + 2
        text += word + String(repeating: " ", count: gap)
      }
      text += "\n"
    }
    return text + remainder(entries.count - shown.count)
  }

  private func remainder(_ count: Int) -> String {
    count > 0 ? "... and \(count) more\n" : ""
  }
}
