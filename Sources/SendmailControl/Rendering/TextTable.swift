// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of cells, lined up in columns two blanks apart.
struct TextTable {
  /// On which side a column's cells are filled up.
  enum Alignment {
    case left
    case right
  }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table with one column per alignment.
  init(_ alignments: [Alignment]) {
    self.alignments = alignments
  }

  /// Appends a row; a row shorter than the table leaves its last columns empty.
  mutating func append(_ cells: [String]) {
    rows.append(cells)
  }

  /// The rows as lines, each with its line end; no blanks at the ends of lines.
  ///
  /// - Parameter indentation: blanks before each line.
  func text(indentation: Int = 0) -> String {
    var widths = [Int](repeating: 0, count: alignments.count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    var text = ""
    for row in rows {
      var line = String(repeating: " ", count: indentation)
      for (column, cell) in row.enumerated() {
        if column > 0 { line += "  " }
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += alignments[column] == .right ? padding + cell : cell + padding
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }
}
