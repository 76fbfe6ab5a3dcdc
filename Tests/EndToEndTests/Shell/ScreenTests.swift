// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@Suite("The model of a terminal's screen")
struct ScreenTests {
  @Test(
    "Text, cursor movement and erasing as xterm has them",
    arguments: ScreenCase.writing + ScreenCase.moving + ScreenCase.erasing)
  func shown(_ each: ScreenCase) {
    var screen = Screen(columns: each.columns, rows: each.rows)
    screen.feed(each.input)
    #expect(screen.text == each.text)
    #expect(screen.cursor == ScreenPosition(row: each.cursor.row, column: each.cursor.column))
    #expect(screen.unknownSequences.isEmpty)
    #expect(screen.lines.count == each.rows)

    var bytewise = Screen(columns: each.columns, rows: each.rows)
    for byte in each.input.utf8 { bytewise.feed([byte]) }
    #expect(bytewise.text == screen.text)
    #expect(bytewise.cursor == screen.cursor)
  }

  @Test("Lines that leave the main screen at its top are kept in order")
  func history() {
    var screen = Screen(columns: 10, rows: 3)
    screen.feed((1...5).map { "row \($0)\r\n" }.joined())
    #expect(screen.history == ["row 1", "row 2", "row 3"])
    #expect(screen.lines == ["row 4", "row 5", ""])
    #expect(screen.allLines == (1...5).map { "row \($0)" } + [""])
    #expect(screen.allText.hasPrefix("row 1\nrow 2"))
    #expect(!screen.contains("row 3"))
    // Not what scrolls below the top, nor on the alternate screen.
    screen.feed("\u{1B}[2;3r\u{1B}[3H\n\n\u{1B}[r\u{1B}[?1049h\u{1B}[3H\n\n")
    #expect(screen.history.count == 3)
    screen.feed("\u{1B}[?1049l\u{1B}[3J")
    #expect(screen.history.isEmpty)
    #expect(screen.line(0) == "row 4")
  }

  @Test("The alternate screen is empty, and the main screen comes back with its cursor")
  func alternateScreen() {
    var screen = Screen(columns: 10, rows: 3)
    screen.feed("main\u{1B}[?1049h")
    #expect(screen.isAlternateScreenOn)
    #expect(screen.text.isEmpty)
    screen.feed("\u{1B}[2;2Hother")
    #expect(screen.text == "\n other")
    screen.feed("\u{1B}[?1049l!")
    #expect(!screen.isAlternateScreenOn)
    #expect(screen.text == "main!")
    #expect(screen.unknownSequences.isEmpty)
  }

  @Test("Another size cuts and pads; the cursor's row stays")
  func resize() {
    var screen = Screen(columns: 6, rows: 3)
    screen.feed("abcde漢\r\nrow\r\nlast")
    screen.resize(columns: 4, rows: 2)
    #expect(screen.text == "row\nlast")
    #expect(screen.history == ["abcde", "漢"])
    #expect(screen.cursor == ScreenPosition(row: 1, column: 3))
    screen.resize(columns: 8, rows: 4)
    #expect(screen.lines == ["row", "last", "", ""])
    screen.feed("\u{1B}[4;8HX")
    #expect(screen.line(3) == "       X")
    // Half of a wide character is none.
    screen.feed("\u{1B}[H漢字")
    screen.resize(columns: 3, rows: 4)
    #expect(screen.line(0) == "漢")
  }

  @Test("The line up to the cursor, its blanks included")
  func lineToCursor() {
    var screen = Screen(columns: 10, rows: 2)
    screen.feed("mta> ")
    #expect(screen.lineToCursor == "mta> ")
    #expect(screen.line(0) == "mta>")
    screen.feed("01234\u{1B}[D")
    #expect(screen.lineToCursor == "mta> 012")
    screen.feed("\u{1B}[10G4")
    #expect(screen.lineToCursor == "mta> 01234")
    #expect(screen.isWrapPending)
    #expect(screen.line(7).isEmpty)
  }
}
