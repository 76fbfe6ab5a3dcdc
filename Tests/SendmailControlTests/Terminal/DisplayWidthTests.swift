// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Columns of text")
struct DisplayWidthTests {
  static let cases: [(text: String, columns: Int)] = [
    ("", 0), ("plain ~", 7), ("\\x1B", 4), ("été", 3), ("e\u{301}", 1), ("中文", 4), ("한글", 4),
    ("\u{1100}\u{1161}", 2), ("ｱ", 1), ("Ａ", 2), ("…", 1), ("✔█░", 3), ("😀", 2), ("\u{20000}", 2),
    ("\u{5D0}\u{5B0}", 1), ("ไทย", 3),
  ]

  @Test("Wide characters take two, marks over others none", arguments: cases)
  func columns(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  static let cuts: [(text: String, columns: Int, result: String)] = [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("中文字", 5, "中文…"), ("中文字", 4, "中…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ]

  @Test("Text is cut between characters, and says so", arguments: cuts)
  func cut(text: String, columns: Int, result: String) {
    #expect(DisplayWidth.fit(text, into: columns, mark: "…") == result)
  }
}
