// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@Suite("What the model of a screen knows beside the text")
struct ScreenModeTests {
  @Test(
    "Each cell knows how it is drawn",
    arguments: [
      ("1", .with { $0.isBold = true }), ("2", .with { $0.isFaint = true }),
      ("3", .with { $0.isItalic = true }),
      ("4", .with { $0.isUnderlined = true }), ("4:3", .with { $0.isUnderlined = true }),
      ("21", .with { $0.isUnderlined = true }),
      ("5", .with { $0.isBlinking = true }), ("7", .with { $0.isReversed = true }),
      ("8", .with { $0.isConcealed = true }),
      ("9", .with { $0.isStruckOut = true }), ("31", .with { $0.foreground = .palette(1) }),
      ("97", .with { $0.foreground = .palette(15) }), ("42", .with { $0.background = .palette(2) }),
      ("100", .with { $0.background = .palette(8) }),
      ("38;5;200", .with { $0.foreground = .palette(200) }),
      ("48;2;1;2;3", .with { $0.background = .rgb(1, 2, 3) }),
      ("38:5:200", .with { $0.foreground = .palette(200) }),
      ("38:2::1:2:3", .with { $0.foreground = .rgb(1, 2, 3) }),
      (
        "1;38;5;200;7",
        .with {
          $0.isBold = true; $0.isReversed = true; $0.foreground = .palette(200)
        }
      ),
    ] as [(String, CellStyle)])
  func styles(_ parameters: String, _ style: CellStyle) {
    var screen = Screen(columns: 20, rows: 2)
    screen.feed("a\u{1B}[\(parameters)mword\u{1B}[0mb")
    #expect(screen.style(of: "word") == style)
    #expect(screen.style(of: "b") == CellStyle())
    #expect(screen.style(of: "aw") == nil)
    #expect(screen.styles(of: "aw") == [CellStyle(), style])
    #expect(screen.cells(row: 0, columns: 0..<2).map(\.text) == ["a", "w"])
    #expect(screen.unknownSequences.isEmpty)
  }

  @Test(
    "Settings that turn a style off",
    arguments: [
      ("1;2", "22"), ("3", "23"), ("4", "24"), ("4", "4:0"), ("5", "25"), ("7", "27"), ("8", "28"),
      ("9", "29"), ("31", "39"), ("42", "49"), ("1;31;42", ""), ("1;31;42", "0"),
    ])
  func stylesOff(_ on: String, _ off: String) {
    var screen = Screen(columns: 20, rows: 2)
    screen.feed("\u{1B}[\(on)ma\u{1B}[\(off)mb")
    #expect(screen.style(of: "a") != CellStyle())
    #expect(screen.style(of: "b") == CellStyle())
  }

  @Test("A text is found on the screen, with wide characters and marks in it")
  func position() {
    var screen = Screen(columns: 20, rows: 3)
    screen.feed("\r\n 漢字e\u{301}\u{1B}[31mred\u{1B}[m")
    #expect(screen.position(of: "字e\u{301}r") == ScreenPosition(row: 1, column: 3))
    #expect(screen.position(of: "red") == ScreenPosition(row: 1, column: 6))
    #expect(screen.styles(of: "漢").count == 2)
    #expect(screen.position(of: "blue") == nil)
    #expect(screen.cell(ScreenPosition(row: 1, column: 1))?.width == 2)
    #expect(screen.cell(ScreenPosition(row: 1, column: 2))?.width == 0)
    #expect(screen.cell(ScreenPosition(row: 3, column: 0)) == nil)
  }

  @Test("Modes are on and off as the program says")
  func modes() {
    var screen = Screen()
    #expect(!screen.isBracketedPasteOn && screen.isCursorVisible && screen.isAutowrapOn)
    screen.feed("\u{1B}[?2004h\u{1B}[?25;7l\u{1B}[4h\u{1B}[?1h\u{1B}=")
    #expect(screen.isBracketedPasteOn && !screen.isCursorVisible && !screen.isAutowrapOn)
    #expect(screen.isInsertModeOn && screen.isApplicationCursorOn)
    screen.feed("\u{1B}[!p\u{1B}[?2004l")
    #expect(!screen.isBracketedPasteOn && screen.isCursorVisible && screen.isAutowrapOn)
    #expect(!screen.isInsertModeOn && !screen.isApplicationCursorOn)
    #expect(screen.unknownSequences.isEmpty)
  }

  @Test("Bells are counted, titles and other commands kept, and neither is drawn")
  func commands() {
    var screen = Screen()
    screen.feed("a\u{7}\u{7}\u{1B}]0;the title\u{7}b\u{1B}]2;é\u{1B}\\c\u{1B}]52;c;eA==\u{7}d")
    #expect(screen.text == "abcd")
    #expect(screen.bells == 2)
    #expect(screen.titles == ["the title", "é"])
    #expect(screen.operatingSystemCommands == ["0;the title", "2;é", "52;c;eA=="])
    #expect(screen.unknownSequences.isEmpty)
  }

  @Test(
    "Unknown sequences are not drawn, but collected",
    arguments: [
      ("\u{1B}[6n", "\\e[6n"), ("\u{1B}[c", "\\e[c"), ("\u{1B}[>c", "\\e[>c"),
      ("\u{1B}[?1000h", "\\e[?1000h"), ("\u{1B}[?9999l", "\\e[?9999l"), ("\u{1B}[77m", "\\e[77m"),
      ("\u{1B}[5 q", "\\e[5 q"), ("\u{1B}[9y", "\\e[9y"), ("\u{1B}(0", "\\e(0"),
      ("\u{1B}Q", "\\eQ"), ("\u{1B}Pq#0\u{7}é\u{1B}\\", "\\ePq#0\\x07\\xC3\\xA9"),
      ("\u{1B}_app\u{1B}\\", "\\e_app"), ("\u{1B}^pm\u{1B}\\", "\\e^pm"),
      ("\u{1B}[3\u{18}", "\\e[3"), ("\u{1B}[3\u{1B}\\", "\\e[3"), ("\u{E}", "\\x0E"),
      ("\u{9B}", "U+009B"), ("\u{1B}[3é", "\\e[3"),
    ])
  func unknown(_ sequence: String, _ collected: String) {
    var screen = Screen()
    screen.feed("a" + sequence + "b")
    #expect(screen.unknownSequences == [collected])
    #expect(screen.text.filter { $0 != "é" } == "ab")

    var bytewise = Screen()
    for byte in ("a" + sequence + "b").utf8 { bytewise.feed([byte]) }
    #expect(bytewise.unknownSequences == [collected])
  }

  @Test(
    "UTF-8 may be cut anywhere; what is none is U+FFFD",
    arguments: [
      ([0xC3, 0xA9], "é"), ([0xE6, 0xBC, 0xA2], "漢"), ([0xF0, 0x9F, 0x93, 0xA8], "📨"),
      ([0xFF, 0x41], "\u{FFFD}A"), ([0xC3, 0x41], "\u{FFFD}A"), ([0xE6, 0xBC, 0x41], "\u{FFFD}A"),
      ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"), ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xE0, 0x80, 0xAF], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0x80], "\u{FFFD}"),
      ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xE6, 0x1B, 0x5B, 0x43, 0x41], "\u{FFFD} A"),
    ] as [([UInt8], String)])
  func characters(_ bytes: [UInt8], _ text: String) {
    for cut in 0...bytes.count {
      var screen = Screen()
      screen.feed(bytes[..<cut])
      screen.feed(bytes[cut...])
      #expect(screen.text == text)
    }
  }

  @Test(
    "A character takes as many columns as wcwidth says",
    arguments: [
      ("a", 1), ("é", 1), ("漢", 2), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("📨", 2), ("✔", 1), ("✅", 2),
      ("…", 1), ("█", 1), ("\u{301}", 0), ("\u{200D}", 0), ("\u{202E}", 0), ("\u{AD}", 1),
      ("\u{1F1E6}", 1), ("\u{1160}", 0), ("\u{20000}", 2),
    ])
  func widths(_ character: String, _ columns: Int) {
    var screen = Screen()
    screen.feed("x" + character)
    #expect(screen.cursor.column == 1 + columns)
    #expect(screen.text.unicodeScalars.elementsEqual(("x" + character).unicodeScalars))
  }
}

extension CellStyle {
  /// The plain style with a change.
  fileprivate static func with(_ change: (inout CellStyle) -> Void) -> CellStyle {
    var style = CellStyle()
    change(&style)
    return style
  }
}
