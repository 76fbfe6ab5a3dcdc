// SPDX-License-Identifier: GPL-3.0-or-later

/// One place of the screen.
public struct Cell: Sendable, Hashable {
  /// The character with the marks that are drawn over it; a space where nothing stands. Empty in
  /// the right half of a wide character, which stands in the cell before.
  public internal(set) var text: String
  /// The style.
  public internal(set) var style: CellStyle
  /// The columns it takes: 1; 2 for a wide character, and 0 for the right half of one.
  public internal(set) var width: Int

  /// A place where nothing stands.
  static let blank = Cell(text: " ", style: CellStyle(), width: 1)

  /// The right half of a wide character.
  static func rightHalf(_ style: CellStyle) -> Cell {
    Cell(text: "", style: style, width: 0)
  }
}

/// A row of the screen.
typealias ScreenRow = [Cell]

extension ScreenRow {
  /// A row with nothing in it.
  static func blank(_ columns: Int) -> ScreenRow {
    ScreenRow(repeating: .blank, count: columns)
  }

  /// The text in it, without the blanks at its end.
  var text: String {
    let end = lastIndex { $0.text != " " }
    return self[..<(end.map { $0 + 1 } ?? 0)].map(\.text).joined()
  }

  /// Returns the text before `column`, its blanks included.
  func text(upTo column: Int) -> String {
    prefix(column).map(\.text).joined()
  }

  /// Returns the cells of the first `text`.
  func range(of text: String) -> Range<Int>? {
    guard !text.isEmpty else { return nil }
    for start in indices where self[start].width > 0 {
      var found = ""
      var end = start
      while end < count, found.unicodeScalars.count < text.unicodeScalars.count {
        found += self[end].text
        end += 1
      }
      guard found == text else { continue }
      while end < count, self[end].width == 0 { end += 1 }
      return start..<end
    }
    return nil
  }

  /// Makes it `columns` long, at its right end.
  mutating func resize(to columns: Int) {
    if columns < count {
      separate(at: columns)
      removeLast(count - columns)
    } else {
      append(contentsOf: ScreenRow.blank(columns - count))
    }
  }

  /// Makes blanks of a wide character that has a half on each side of `column`.
  mutating func separate(at column: Int) {
    guard indices.contains(column), column > 0, self[column].width == 0 else { return }
    self[column] = .blank
    self[column - 1] = .blank
  }

  /// Makes blanks of `columns`.
  mutating func erase(_ columns: Range<Int>) {
    separate(at: columns.lowerBound)
    separate(at: columns.upperBound)
    for column in columns { self[column] = .blank }
  }

  /// Inserts blanks at `column`; what is moved over the end is lost.
  mutating func insertBlanks(_ wanted: Int, at column: Int) {
    let number = Swift.min(wanted, count - column)
    separate(at: column)
    separate(at: count - number)
    removeLast(number)
    insert(contentsOf: ScreenRow.blank(number), at: column)
  }

  /// Deletes cells at `column`; blanks come in at the end.
  mutating func delete(_ wanted: Int, at column: Int) {
    let number = Swift.min(wanted, count - column)
    separate(at: column)
    separate(at: column + number)
    removeSubrange(column..<(column + number))
    append(contentsOf: ScreenRow.blank(number))
  }
}
