// SPDX-License-Identifier: Apache-2.0

/// A word that can stand at a place of a line.
package struct Candidate: Sendable, Equatable {
  /// The whole word, without quotes, as it is to stand in the line.
  package var text: String
  /// The word as it is listed.
  package var label: String
  /// Its meaning, in one line; empty when there is nothing to say.
  package var meaning: String
  /// True if nothing can follow in the word, so that a blank may be put after it.
  package var isWhole: Bool

  /// A word, listed as `label` or, without one, as it is.
  package init(_ text: String, label: String? = nil, _ meaning: String = "", isWhole: Bool = true) {
    self.text = text
    self.label = label ?? text
    self.meaning = meaning
    self.isWhole = isWhole
  }
}

/// A list of candidates as text, which Tab and the question mark show.
package struct WordList: Sendable {
  private let entries: [Candidate]

  /// A list of `entries`, in order.
  package init(_ entries: [Candidate]) {
    self.entries = entries
  }

  /// The words as text: a line each where one has a meaning, else as many in a line as it holds.
  /// Control characters are shown as escapes.
  ///
  /// `columns` is the width, in columns. `rows` is the greatest number of lines; where there are
  /// more, the last one says how many words are left out.
  package func text(columns: Int, rows: Int, style: TerminalStyle) -> String {
    let hasMeanings = entries.contains { !$0.meaning.isEmpty }
    return hasMeanings
      ? table(columns: max(20, columns), rows: rows, style: style)
      : grid(columns: max(20, columns), rows: rows, style: style)
  }

  private func table(columns: Int, rows: Int, style: TerminalStyle) -> String {
    // No more words are rendered than can be shown.
    let fitting = entries.count <= rows ? entries[...] : entries.prefix(max(0, rows - 1))
    let words = fitting.map { style.fit(style.text($0.label.utf8), into: columns / 2) }
    let width = words.map { DisplayWidth.of($0) }.max() ?? 0
    let room = columns == .max ? .max : max(1, columns - width - 4)
    let meanings = fitting.map { StyledText(style.text($0.meaning.utf8)).folded(into: room) }
    // Meanings are shown as a whole where there are rows enough, else their beginnings.
    let areWhole =
      fitting.count == entries.count && meanings.reduce(0) { $0 + $1.count } <= rows
    var text = ""
    for (word, meaning) in zip(words, meanings) {
      let isCut = !areWhole && meaning.count > 1
      let shown =
        isCut
        ? meaning[0].folded(into: room - DisplayWidth.of(style.cutMark)).prefix(1) : meaning[...]
      for (index, part) in shown.enumerated() {
        var line = StyledText(index == 0 ? word : "", .bold)
        let meaning = part.text(style) + (isCut ? style.cutMark : "")
        if !meaning.isEmpty { line = line.padded(to: width + 2) }
        line.append(meaning)
        text += "  " + line.text(style) + "\n"
      }
    }
    return text + remainder(entries.count - fitting.count)
  }

  private func grid(columns: Int, rows: Int, style: TerminalStyle) -> String {
    // No more words are rendered than can be shown.
    let words = entries.prefix(rows * columns).map {
      style.fit(style.text($0.label.utf8), into: columns)
    }
    guard let width = words.map({ DisplayWidth.of($0) }).max() else { return "" }
    let perLine = max(1, (columns + 2) / (width + 2))
    let needed = (entries.count + perLine - 1) / perLine
    let shown = needed <= rows ? words[...] : words.prefix(max(0, rows - 1) * perLine)
    let lines = (shown.count + perLine - 1) / perLine
    var text = ""
    for line in 0..<lines {
      // Down the columns, as ls does.
      let row = stride(from: line, to: shown.count, by: lines).map { shown[$0] }
      text += row.dropLast().map { DisplayWidth.padded($0, to: width + 2) }.joined()
      text += (row.last ?? "") + "\n"
    }
    return text + remainder(entries.count - shown.count)
  }

  private func remainder(_ count: Int) -> String {
    count > 0 ? "... and \(count) more\n" : ""
  }
}
