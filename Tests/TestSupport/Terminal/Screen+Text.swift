// SPDX-License-Identifier: GPL-3.0-or-later

extension Screen {
  /// The text of each row, without the blanks at its end.
  public var lines: [String] { grid.map(\.text) }

  /// The text on it: all rows without blanks at their ends, without empty rows at the end, with a line
  /// feed between two.
  public var text: String { Self.joined(lines) }

  /// The text of row `row`, without the blanks at its end; empty when there is no such row.
  public func line(_ row: Int) -> String {
    grid.indices.contains(row) ? grid[row].text : ""
  }

  /// The text in the cursor's row before the cursor, blanks included; the whole row when the next
  /// character begins a new one.
  public var lineToCursor: String {
    grid[cursor.row].text(upTo: isWrapPending ? columns : cursor.column)
  }

  /// The rows that have left the screen at its top, the oldest first.
  public var history: [String] { scrolledOff.map(\.text) }

  /// All rows: those that have left the screen and those on it.
  public var allLines: [String] { history + lines }

  /// ``history`` and ``text`` in one.
  public var allText: String { Self.joined(allLines) }

  /// Returns whether `text` stands on the screen now; it may contain line feeds, where a row ends.
  public func contains(_ text: String) -> Bool {
    self.text.contains(text)
  }

  /// The cell at `position`; `nil` outside of the screen.
  public func cell(_ position: ScreenPosition) -> Cell? {
    guard grid.indices.contains(position.row) else { return nil }
    let row = grid[position.row]
    return row.indices.contains(position.column) ? row[position.column] : nil
  }

  /// The cells of `columns` in row `row`, as far as there are such.
  public func cells(row: Int, columns: Range<Int>) -> [Cell] {
    guard grid.indices.contains(row) else { return [] }
    return Array(grid[row][columns.clamped(to: grid[row].indices)])
  }

  /// Returns the position of the first `text` on the screen, from the top; `nil` when no row contains
  /// it.
  public func position(of text: String) -> ScreenPosition? {
    for (row, cells) in grid.enumerated() {
      if let range = cells.range(of: text) {
        return ScreenPosition(row: row, column: range.lowerBound)
      }
    }
    return nil
  }

  /// Returns the style of the first `text` on the screen, cell by cell; empty when no row contains it.
  public func styles(of text: String) -> [CellStyle] {
    for cells in grid {
      if let range = cells.range(of: text) { return cells[range].map(\.style) }
    }
    return []
  }

  /// Returns the style of the first `text` on the screen; `nil` when no row contains it, or its cells
  /// differ.
  public func style(of text: String) -> CellStyle? {
    let styles = Set(styles(of: text))
    return styles.count == 1 ? styles.first : nil
  }

  private static func joined(_ lines: [String]) -> String {
    let end = lines.lastIndex { !$0.isEmpty }
    return lines[..<(end.map { $0 + 1 } ?? 0)].joined(separator: "\n")
  }
}

extension Screen: CustomStringConvertible {
  /// The rows in a frame, and what else a failed test wants to know.
  public var description: String {
    let edge = "+" + String(repeating: "-", count: columns) + "+"
    let shown = grid.map { "|" + $0.text(upTo: columns) + "|" }
    var facts = ["cursor: \(cursor)\(isWrapPending ? ", about to wrap" : "")"]
    if !scrolledOff.isEmpty { facts.append("\(scrolledOff.count) rows have left the screen") }
    if isAlternateScreenOn { facts.append("alternate screen") }
    if bells > 0 { facts.append("bells: \(bells)") }
    if !unknownSequences.isEmpty { facts.append("not understood: \(unknownSequences)") }
    return ([edge] + shown + [edge] + facts).joined(separator: "\n")
  }
}
