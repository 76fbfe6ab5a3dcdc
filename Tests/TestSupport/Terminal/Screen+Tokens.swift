// SPDX-License-Identifier: GPL-3.0-or-later

extension Screen {
  /// Does what one token says.
  mutating func apply(_ token: TerminalToken) {
    switch token {
    case .character(let scalar) where (0x80..<0xA0).contains(scalar.value):
      // C1 controls, which xterm would obey, other terminals not: no program should send them.
      unknownSequences.append("U+00" + String(scalar.value, radix: 16, uppercase: true))
    case .character(let scalar): put(scalar)
    case .control(let byte): control(byte)
    case .escape(let sequence): escape(sequence)
    case .sequence(let sequence, let bytes):
      if !apply(sequence) { unknownSequences.append(EscapedBytes.text(bytes)) }
    case .command(let body): command(body)
    case .other(let bytes): unknownSequences.append(EscapedBytes.text(bytes))
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x00, 0x7F: break  // NUL and DEL only fill
    case 0x07: bells += 1
    case 0x08: move(to: cursor.row, cursor.column - 1)
    case 0x09: move(to: cursor.row, (cursor.column / 8 + 1) * 8)
    case 0x0A, 0x0B, 0x0C: feedLine()
    case 0x0D: move(to: cursor.row, 0)
    default: unknownSequences.append(EscapedBytes.text([byte]))
    }
  }

  private mutating func escape(_ sequence: String) {
    switch sequence {
    case "7": saveCursor()
    case "8": restoreCursor()
    case "D": feedLine()
    case "E":
      move(to: cursor.row, 0)
      feedLine()
    case "M": reverseFeedLine()
    case "c": reset()
    case "=", ">": break  // what the number keys send
    case "(B", ")B": break  // ASCII, which is all there is here
    case "\\": break  // the end of a string that has ended
    default: unknownSequences.append("\\e" + sequence)
    }
  }

  private mutating func command(_ body: [UInt8]) {
    let text = String(decoding: body, as: UTF8.self)
    operatingSystemCommands.append(text)
    if ["0;", "1;", "2;"].contains(where: text.hasPrefix) {
      titles.append(String(text.dropFirst(2)))
    }
  }

  /// Everything as at first, but for what is counted and collected, and the scrolled-off rows.
  private mutating func reset() {
    mainGrid = nil
    grid = Array(repeating: .blank(columns), count: rows)
    move(to: 0, 0)
    resetModes()
    isBracketedPasteOn = false
  }

  /// Carries out a soft reset (`CSI ! p`).
  mutating func resetModes() {
    region = 0..<rows
    saved = SavedCursor()
    style = CellStyle()
    isCursorVisible = true
    isAutowrapOn = true
    isInsertModeOn = false
    isApplicationCursorOn = false
  }

  mutating func saveCursor() {
    saved = SavedCursor(position: cursor, isWrapPending: isWrapPending, style: style)
  }

  mutating func restoreCursor() {
    move(to: saved.position.row, saved.position.column)
    isWrapPending = saved.isWrapPending && cursor.column == columns - 1
    style = saved.style
  }

  /// Moves the cursor, as far as the screen goes.
  mutating func move(to row: Int, _ column: Int) {
    cursor.row = min(max(0, row), rows - 1)
    cursor.column = min(max(0, column), columns - 1)
    isWrapPending = false
  }
}
