// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

/// Lines, comments, escapes and macros, below the level of options.
@Suite struct ConfigurationSyntaxTests {
  private static func lines(_ text: String) -> [ConfigurationLine] {
    Array(ConfigurationLines(bytes: Array(text.utf8)))
  }

  @Test("Line numbers are sendmails")

  func lineNumbersAreSendmails() {
    let lines = Self.lines("a\n\nb\r\n c\n\td\ne")
    #expect(lines.map(\.number) == [1, 2, 5, 5])
    #expect(lines.map(\.firstNumber) == [1, 2, 3, 6])
    #expect(
      lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["a", "", "b\n c\n\td", "e"])
  }

  @Test(
    "Physical lines",
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\r", ["a\r"]), ("a\r\n", ["a"]),
      ("a\rb\n", ["a\rb"]),
      ("a\r\r\nb", ["a\r", "b"]), ("a\0b\n c\nd\n", ["a", "d"]), ("\n x\n", ["\n x"]),
      (" x\n", [" x"]), ("a\n ", ["a\n "]), ("\r\n\r\n", ["", ""]),
    ])
  func physicalLines(_ text: String, _ expected: [String]) {
    #expect(Self.lines(text).map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
  }

  private static func translated(_ text: String, level: Int = 10) -> [UInt8] {
    var names = MacroNames()
    return LineTranslation(Array(text.utf8), level: level, names: &names).bytes
  }

  @Test(
    "Comments and escapes",
    arguments: [
      ("a # b", "a"), ("a#b", "a"), ("a\\#b", "a#b"), ("a\\\\#b", "a\\#b"), ("#a", "#a"),
      ("a #b\n c", "a\n c"), ("a\n #b\n c", "a\n\n c"), ("a\n #b", "a"), (" #b", " #b".prefix(1)),
      ("a$$b", "a$b"), ("a$$$$", "a$$"), ("a$", "a$"), ("a \t\r ", "a"), ("$$ #", "$"),
      ("a\\b", "a\\b"), ("", ""),
    ] as [(String, any StringProtocol & Sendable)])
  func commentsAndEscapes(_ text: String, _ expected: any StringProtocol & Sendable) {
    #expect(Self.translated(text) == Array(String(expected).utf8))
  }

  @Test("Comments need level three")

  func commentsNeedLevelThree() {
    #expect(Self.translated("a # b", level: 2) == Array("a # b".utf8))
    #expect(Self.translated("a # b", level: 3) == Array("a".utf8))
    #expect(Self.translated("a\\#b", level: 0) == Array("a\\#b".utf8))
  }

  @Test("Macros become bytes")

  func macrosBecomeBytes() {
    #expect(Self.translated("$j") == [0x81, 0x6A])
    #expect(Self.translated("${j}") == [0x81, 0x6A])
    #expect(Self.translated("$=w") == [0x81, 0x3D, 0x77])
    #expect(Self.translated("$#x") == [0x81, 0x23, 0x78])
    #expect(Self.translated("$##x") == [0x81, 0x23])
    #expect(Self.translated("${first}${second}${first}") == [0x81, 0xA2, 0x81, 0xA3, 0x81, 0xA2])
    #expect(
      Self.translated("${opMode}${deliveryMode}${load_avg}") == [
        0x81, 0x82, 0x81, 0xA0, 0x81, 0xA1,
      ])
  }

  @Test("High bytes are quoted")

  func highBytesAreQuoted() {
    var names = MacroNames()
    let source: [UInt8] = [0x61, 0x7F, 0x80, 0x9F, 0xA0, 0xFE, 0xFF]
    let bytes = LineTranslation(source, level: 10, names: &names).bytes
    #expect(bytes == [0x61, 0x7F, 0xFF, 0x80, 0xFF, 0x9F, 0xA0, 0xFE, 0xFF, 0xFF])
    // After a dollar only the quote is taken for the name.
    #expect(LineTranslation([0x24, 0x89], level: 10, names: &names).bytes == [0x81, 0xFF, 0x89])
    // A quoted 0x81 in front protects the number sign like a dollar.
    #expect(
      LineTranslation([0x61, 0x81, 0x23], level: 10, names: &names).bytes
        == [0x61, 0xFF, 0x81, 0x23])
  }

  @Test("Names run out")

  func namesRunOut() {
    var names = MacroNames()
    for number in 0..<94 {
      let result = names.take(Array("{name\(number)}".utf8)[...])
      #expect(result.code == UInt8(0xA2 + number))
      #expect(result.errors.isEmpty)
    }
    let result = names.take(Array("{another}".utf8)[...])
    #expect(result.code == 0)
    #expect(result.errors.first == Array("Macro/class {another}: too many long names".utf8))
    #expect(names.take(Array("{name7}x".utf8)[...]) == .init(code: 0xA9, length: 7))
  }

  @Test("Positions lead back through escapes")

  func positionsLeadBackThroughEscapes() {
    let text = "O HelpFile=a\\#b$$c${long}\u{e9}d\n\te # f"
    let line = ConfigurationLine(bytes: Array(text.utf8), number: 8, firstNumber: 7)
    let positions = LinePositions(line, level: 10)
    let bytes = Self.translated(text)
    for (byte, expected) in [
      (UInt8(ascii: "b"), FilePosition(line: 7, column: 15)),
      (UInt8(ascii: "c"), FilePosition(line: 7, column: 18)),
      (UInt8(ascii: "d"), FilePosition(line: 7, column: 28)),
    ] {
      let offset = bytes.lastIndex(of: byte)
      #expect(offset.map(positions.position) == expected)
    }
    #expect(positions.position(of: bytes.count - 1) == FilePosition(line: 8, column: 2))
    #expect(positions.position(of: bytes.count) == FilePosition(line: 8, column: 7))
  }

  @Test(
    "Quoted text",
    arguments: [
      ("a,b", "a", 1), ("a\\,b,c", "a,b", 4), ("\"a,b\"c,d", "a,bc", 6), ("a\\nb", "a\nb", 4),
      ("a\\", "a", 2), ("\"a", "a", 2), ("\\r\\f\\b\\x", "\r\u{c}\u{8}x", 8),
    ])
  func quotedText(_ text: String, _ expected: String, _ end: Int) {
    let result = QuotedText.take(Array(text.utf8)[...], until: ASCII.comma)
    #expect(result.text == Array(expected.utf8))
    #expect(result.end == end)
  }
}
