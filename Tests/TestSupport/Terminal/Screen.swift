// SPDX-License-Identifier: GPL-3.0-or-later

/// A place on the screen, counted from 0 at the upper left.
public struct ScreenPosition: Sendable, Hashable, CustomStringConvertible {
  /// The row, from 0 at the top.
  public var row: Int
  /// The column, from 0 at the left.
  public var column: Int

  /// The place in `row` and `column`, both from 0.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// In words.
  public var description: String { "row \(row), column \(column)" }
}

/// The contents of a terminal that has been written to: a model of one, as xterm behaves, that takes
/// UTF-8 only. A pure value, made to be asserted on.
///
/// What it does not know, the device's questions included, it ignores and collects in
/// ``unknownSequences``, so that a test can demand that there is none.
public struct Screen: Sendable {
  /// The number of columns.
  public internal(set) var columns: Int
  /// The number of rows.
  public internal(set) var rows: Int
  /// The place of the next character; the last column also when the next one begins a new row
  /// (``isWrapPending``).
  public internal(set) var cursor = ScreenPosition(row: 0, column: 0)
  /// True if the last column has been written to, so that the next character begins a new row.
  public internal(set) var isWrapPending = false
  /// The number of BEL characters.
  public internal(set) var bells = 0
  /// The titles that were set (OSC 0, 1 and 2), in the order they came.
  public internal(set) var titles: [String] = []
  /// The bodies of all operating system commands (OSC), titles included.
  public internal(set) var operatingSystemCommands: [String] = []
  /// The sequences that were not understood, with `\e` for ESC: sequences, strings, broken ones, control
  /// characters.
  public internal(set) var unknownSequences: [String] = []
  /// True if pasted text is to be marked as such (mode ?2004).
  public internal(set) var isBracketedPasteOn = false
  /// True if the cursor is to be seen (mode ?25).
  public internal(set) var isCursorVisible = true
  /// True if text goes on in the next row when one is full (mode ?7).
  public internal(set) var isAutowrapOn = true
  /// True if characters move those after them to the right (mode 4).
  public internal(set) var isInsertModeOn = false
  /// True if the arrow keys send `ESC O` in place of `ESC [` (mode ?1).
  public internal(set) var isApplicationCursorOn = false
  /// The style of the characters that follow.
  public internal(set) var style = CellStyle()

  var grid: [ScreenRow]
  /// The rows of the main screen while the alternate one is shown.
  var mainGrid: [ScreenRow]?
  var scrolledOff: [ScreenRow] = []
  /// The rows that scroll.
  var region: Range<Int>
  var saved = SavedCursor()
  var lastCharacter: Unicode.Scalar?
  private var parser = TerminalParser()

  /// An empty screen.
  public init(columns: Int = 80, rows: Int = 24) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    region = 0..<self.rows
    grid = Array(repeating: .blank(self.columns), count: self.rows)
  }

  /// Takes what a program has written. A character or a sequence may be cut between two calls.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for token in parser.tokens(in: bytes) { apply(token) }
  }

  /// Takes what a program has written.
  public mutating func feed(_ text: String) {
    feed(Array(text.utf8))
  }

  /// True if the alternate screen is shown, which full-screen programs use (modes ?47, ?1049).
  public var isAlternateScreenOn: Bool { mainGrid != nil }

  /// Gives it another size, without moving text between rows.
  ///
  /// What stands past the new right edge or below the new lower one is lost; but rows are scrolled
  /// off at the top as long as the cursor's row would be.
  public mutating func resize(columns: Int, rows: Int) {
    let (columns, rows) = (max(1, columns), max(1, rows))
    let excess = max(0, cursor.row - (rows - 1))
    if mainGrid == nil { scrolledOff += grid.prefix(excess) }
    grid.removeFirst(excess)
    cursor.row -= excess
    (self.columns, self.rows) = (columns, rows)
    grid = fitted(grid)
    mainGrid = mainGrid.map(fitted)
    region = 0..<rows
    cursor.column = min(cursor.column, columns - 1)
    isWrapPending = false
  }

  private func fitted(_ grid: [ScreenRow]) -> [ScreenRow] {
    let kept = grid.prefix(rows).map { row in
      var row = row
      row.resize(to: columns)
      return row
    }
    return kept + Array(repeating: .blank(columns), count: rows - kept.count)
  }
}

/// The state that `ESC 7` saves.
struct SavedCursor: Sendable {
  var position = ScreenPosition(row: 0, column: 0)
  var isWrapPending = false
  var style = CellStyle()
}
