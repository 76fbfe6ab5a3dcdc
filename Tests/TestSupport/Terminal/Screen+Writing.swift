// SPDX-License-Identifier: GPL-3.0-or-later

extension Screen {
  /// Writes a character at the cursor.
  mutating func put(_ scalar: Unicode.Scalar) {
    let width = CharacterWidth.of(scalar)
    guard width > 0 else { return mark(scalar) }
    guard width <= columns else { return }
    lastCharacter = scalar
    // A wide character that does not fit at the end of a row goes to the next one as a whole.
    if isWrapPending || cursor.column + width > columns {
      if isAutowrapOn {
        move(to: cursor.row, 0)
        feedLine()
      } else {
        cursor.column = columns - width
      }
    }
    let column = cursor.column
    if isInsertModeOn { grid[cursor.row].insertBlanks(width, at: column) }
    grid[cursor.row].erase(column..<(column + width))
    grid[cursor.row][column] = Cell(text: String(scalar), style: style, width: width)
    if width == 2 { grid[cursor.row][column + 1] = .rightHalf(style) }
    cursor.column = min(column + width, columns - 1)
    isWrapPending = isAutowrapOn && column + width == columns
  }

  /// Adds a mark to the character before the cursor.
  private mutating func mark(_ scalar: Unicode.Scalar) {
    var column = isWrapPending ? cursor.column : max(0, cursor.column - 1)
    if grid[cursor.row][column].width == 0 { column -= 1 }
    grid[cursor.row][column].text.unicodeScalars.append(scalar)
  }

  /// One row down; at the end of what scrolls, that is moved up.
  mutating func feedLine() {
    isWrapPending = false
    if cursor.row == region.upperBound - 1 {
      scrollUp(1)
    } else if cursor.row < rows - 1 {
      cursor.row += 1
    }
  }

  /// One row up; at the beginning of what scrolls, that is moved down.
  mutating func reverseFeedLine() {
    isWrapPending = false
    if cursor.row == region.lowerBound {
      scroll(region, down: 1)
    } else if cursor.row > 0 {
      cursor.row -= 1
    }
  }

  /// Moves what scrolls up; what leaves the main screen at its top is kept.
  mutating func scrollUp(_ count: Int) {
    if region.lowerBound == 0, !isAlternateScreenOn {
      scrolledOff += grid.prefix(min(count, region.count))
    }
    scroll(region, up: count)
  }

  /// Moves rows up within `rows`; blank ones come in at the bottom.
  mutating func scroll(_ rows: Range<Int>, up wanted: Int) {
    let count = min(wanted, rows.count)
    grid.removeSubrange(rows.prefix(count))
    grid.insert(
      contentsOf: Array(repeating: ScreenRow.blank(columns), count: count),
      at: rows.upperBound - count)
  }

  /// Moves rows down within `rows`; blank ones come in at the top.
  mutating func scroll(_ rows: Range<Int>, down wanted: Int) {
    let count = min(wanted, rows.count)
    grid.removeSubrange(rows.suffix(count))
    grid.insert(
      contentsOf: Array(repeating: ScreenRow.blank(columns), count: count), at: rows.lowerBound)
  }
}
