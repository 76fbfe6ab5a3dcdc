// SPDX-License-Identifier: Apache-2.0

/// Rows of cells in columns two blanks apart, fitted into the width of a terminal by cutting cells
/// of the columns that may be cut, and then by leaving columns out.
struct TerminalTable {
  /// A column.
  struct Column {
    /// The heading. Without a title in any column the table has no line of headings.
    var title = ""
    var isRight = false
    /// The columns below which it is not cut; `nil` for one that never is.
    var minimumWidth: Int?
    /// True if it is only cut when the others have been cut as far as they may.
    var truncatesLast = false
    /// The rank by which it is left out when cutting is not enough, the highest first; 0 for a column that
    /// never is.
    var rank = 0
  }

  private var columns: [Column]
  private var widths: [Int]
  private var rows: [[String]] = []

  init(_ columns: [Column]) {
    self.columns = columns
    widths = columns.map { DisplayWidth.of($0.title) }
  }

  /// Appends a row, which has a cell per column.
  mutating func append(_ cells: [String]) {
    for (column, cell) in cells.enumerated() {
      widths[column] = max(widths[column], DisplayWidth.of(cell))
    }
    rows.append(cells)
  }

  /// The heading and the rows as lines, each with its end.
  func text(_ style: TerminalStyle) -> String {
    let dropped = dropped(for: style.width)
    return dropped.isEmpty ? fullText(style) : removing(dropped).fullText(style)
  }

  /// The columns that are left out, so that the others fit when they are cut.
  private func dropped(for width: Int?) -> Set<Int> {
    guard let width else { return [] }
    var left = Array(columns.indices)
    func needed() -> Int {
      left.reduce(2 * (left.count - 1)) { $0 + min(widths[$1], columns[$1].minimumWidth ?? .max) }
    }
    while needed() > width,
      let next = left.max(by: { columns[$0].rank < columns[$1].rank }), columns[next].rank > 0
    {
      left.removeAll { $0 == next }
    }
    return Set(columns.indices).subtracting(left)
  }

  private func removing(_ dropped: Set<Int>) -> TerminalTable {
    func left<Element>(_ list: [Element]) -> [Element] {
      list.indices.filter { !dropped.contains($0) }.map { list[$0] }
    }
    var table = self
    table.columns = left(columns)
    table.widths = left(widths)
    table.rows = rows.map(left)
    return table
  }

  private func fullText(_ style: TerminalStyle) -> String {
    let widths = fitted(to: style.width)
    let heading = line(columns.map(\.title), widths, style)
    var text = heading.isEmpty ? "" : style.painted(heading, .faint) + "\n"
    text.reserveCapacity(rows.count * (widths.reduce(0, +) + 2 * widths.count))
    for row in rows { text += line(row, widths, style) + "\n" }
    return text
  }

  /// The widths of the columns when the table has `width`. What is too much is taken from the widest
  /// column that may be cut, again and again.
  private func fitted(to width: Int?) -> [Int] {
    guard let width else { return widths }
    var widths = widths
    var excess = widths.reduce(2 * (widths.count - 1), +) - width
    for isLast in [false, true] {
      while excess > 0 {
        let candidates = columns.indices.filter {
          columns[$0].truncatesLast == isLast && widths[$0] > columns[$0].minimumWidth ?? .max
        }
        guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int], _ style: TerminalStyle) -> String {
    var line = ""
    // Blanks are written before the next cell, so that none are left at the line's end.
    var blanks = 0
    for (column, cell) in cells.enumerated() {
      let cell = style.fit(cell, into: widths[column])
      let padding = widths[column] - DisplayWidth.of(cell)
      let isRight = columns[column].isRight
      blanks += isRight ? padding : 0
      if !cell.isEmpty {
        line += DisplayWidth.padded("", to: blanks) + cell
        blanks = 0
      }
      blanks += (isRight ? 0 : padding) + 2
    }
    return line
  }
}
