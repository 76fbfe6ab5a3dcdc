// SPDX-License-Identifier: GPL-3.0-or-later

extension Screen {
  /// Does what a control sequence says.
  ///
  /// - Returns: whether it was understood.
  mutating func apply(_ sequence: ControlSequence) -> Bool {
    switch (sequence.prefix, sequence.intermediates, sequence.final) {
    case ("?", "", "h"): return set(sequence, true)
    case ("?", "", "l"): return set(sequence, false)
    case (nil, "!", "p"): resetModes()
    case (nil, "", "h") where sequence.parameters == [[4]]: isInsertModeOn = true
    case (nil, "", "l") where sequence.parameters == [[4]]: isInsertModeOn = false
    case (nil, "", "m"): return style.apply(sequence.parameters)
    // The window's title kept and brought back, which says nothing of its own.
    case (nil, "", "t") where [22, 23].contains(sequence.number(0)): break
    case (nil, "", _):
      return moveCursor(sequence) || erase(sequence) || shift(sequence)
    default: return false
    }
    return true
  }

  private mutating func moveCursor(_ sequence: ControlSequence) -> Bool {
    let count = sequence.count()
    switch sequence.final {
    // Up and down end where scrolling does, when they begin within.
    case "A", "F":
      let top = cursor.row >= region.lowerBound ? region.lowerBound : 0
      move(to: max(top, cursor.row - count), sequence.final == "F" ? 0 : cursor.column)
    case "B", "E":
      let bottom = cursor.row < region.upperBound ? region.upperBound - 1 : rows - 1
      move(to: min(bottom, cursor.row + count), sequence.final == "E" ? 0 : cursor.column)
    case "e": move(to: cursor.row + count, cursor.column)
    case "C", "a": move(to: cursor.row, cursor.column + count)
    case "D": move(to: cursor.row, cursor.column - count)
    case "G", "`": move(to: cursor.row, count - 1)
    case "d": move(to: count - 1, cursor.column)
    case "H", "f": move(to: count - 1, sequence.count(1) - 1)
    case "I": move(to: cursor.row, (cursor.column / 8 + count) * 8)
    case "Z": move(to: cursor.row, ((cursor.column + 7) / 8 - count) * 8)
    case "s" where sequence.parameters.isEmpty: saveCursor()
    case "u" where sequence.parameters.isEmpty: restoreCursor()
    case "r":
      let last = sequence.number(1)
      let (top, bottom) = (sequence.count() - 1, last == 0 ? rows : min(last, rows))
      region = top + 1 < bottom ? top..<bottom : 0..<rows
      move(to: 0, 0)
    default: return false
    }
    return true
  }

  private mutating func erase(_ sequence: ControlSequence) -> Bool {
    let (row, column) = (cursor.row, cursor.column)
    switch (sequence.final, sequence.number(0)) {
    case ("K", 0): grid[row].erase(column..<columns)
    case ("K", 1): grid[row].erase(0..<(column + 1))
    case ("K", 2): grid[row].erase(0..<columns)
    case ("J", 0):
      grid[row].erase(column..<columns)
      for below in (row + 1)..<max(rows, row + 1) { grid[below] = .blank(columns) }
    case ("J", 1):
      for above in 0..<row { grid[above] = .blank(columns) }
      grid[row].erase(0..<(column + 1))
    case ("J", 2): for each in 0..<rows { grid[each] = .blank(columns) }
    case ("J", 3): scrolledOff = []
    case ("X", _): grid[row].erase(column..<min(columns, column + sequence.count()))
    default: return false
    }
    isWrapPending = false
    return true
  }

  private mutating func shift(_ sequence: ControlSequence) -> Bool {
    let count = sequence.count()
    switch sequence.final {
    case "@": grid[cursor.row].insertBlanks(count, at: cursor.column)
    case "P": grid[cursor.row].delete(count, at: cursor.column)
    case "L" where region.contains(cursor.row):
      scroll(cursor.row..<region.upperBound, down: count)
    case "M" where region.contains(cursor.row):
      scroll(cursor.row..<region.upperBound, up: count)
    case "L", "M": break
    case "S": scrollUp(count)
    case "T" where sequence.parameters.count < 2: scroll(region, down: count)
    case "b":
      guard let lastCharacter else { return true }
      for _ in 0..<min(count, columns * rows) { put(lastCharacter) }
      return true
    default: return false
    }
    isWrapPending = false
    return true
  }

  private mutating func set(_ sequence: ControlSequence, _ isOn: Bool) -> Bool {
    var isKnown = !sequence.parameters.isEmpty
    for index in sequence.parameters.indices {
      switch sequence.number(index) {
      case 1: isApplicationCursorOn = isOn
      case 7:
        isAutowrapOn = isOn
        isWrapPending = isWrapPending && isOn
      case 12: break  // whether the cursor blinks
      case 25: isCursorVisible = isOn
      case 47, 1047: showAlternateScreen(isOn)
      case 1048: isOn ? saveCursor() : restoreCursor()
      case 1049:
        if isOn { saveCursor() }
        showAlternateScreen(isOn)
        if !isOn { restoreCursor() }
      case 2004: isBracketedPasteOn = isOn
      default: isKnown = false
      }
    }
    return isKnown
  }

  /// Shows the alternate screen, always an empty one, or the main screen as it was.
  private mutating func showAlternateScreen(_ isOn: Bool) {
    if isOn, mainGrid == nil {
      mainGrid = grid
      grid = Array(repeating: .blank(columns), count: rows)
    } else if !isOn, let main = mainGrid {
      grid = main
      mainGrid = nil
    }
  }
}
