// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Bytes written to an empty screen, and what stands on it then.
struct ScreenCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let columns: Int
  let rows: Int
  let input: String
  let text: String
  let cursor: (row: Int, column: Int)

  init(
    _ description: String, columns: Int = 10, rows: Int = 4, _ input: String, _ text: String,
    cursor: (row: Int, column: Int)
  ) {
    testDescription = description
    self.columns = columns
    self.rows = rows
    self.input = input
    self.text = text
    self.cursor = cursor
  }

  static let writing = [
    ScreenCase("text", "ab", "ab", cursor: (0, 2)),
    ScreenCase("CR and LF", "ab\r\ncd\ne", "ab\ncd\n  e", cursor: (2, 3)),
    ScreenCase("BS", "abc\u{8}\u{8}X", "aXc", cursor: (0, 2)),
    ScreenCase("BS stays in the row", "\r\n\u{8}X", "\nX", cursor: (1, 1)),
    ScreenCase("TAB", "a\tb", "a       b", cursor: (0, 9)),
    ScreenCase("TAB ends in the last column", "a\t\t", "a", cursor: (0, 9)),
    ScreenCase("a full row", "0123456789", "0123456789", cursor: (0, 9)),
    ScreenCase("what follows a full row", "0123456789a", "0123456789\na", cursor: (1, 1)),
    ScreenCase("CR after a full row", "0123456789\rX", "X123456789", cursor: (0, 1)),
    ScreenCase("CR LF after a full row", "0123456789\r\nX", "0123456789\nX", cursor: (1, 1)),
    ScreenCase("BS after a full row", "0123456789\u{8}X", "01234567X9", cursor: (0, 9)),
    ScreenCase("erasing after a full row", "0123456789\u{1B}[KX", "012345678X", cursor: (0, 9)),
    ScreenCase("without autowrap", "\u{1B}[?7l0123456789ab", "012345678b", cursor: (0, 9)),
    ScreenCase("a wide character", "a漢b", "a漢b", cursor: (0, 4)),
    ScreenCase("a wide one in the last column", "012345678漢", "012345678\n漢", cursor: (1, 2)),
    ScreenCase("half of a wide one written over", "漢字\u{1B}[2Gx", " x字", cursor: (0, 2)),
    ScreenCase("a wide one over half of another", "a漢字\u{1B}[3G语", "a 语", cursor: (0, 4)),
    ScreenCase("a mark", "e\u{301}x", "e\u{301}x", cursor: (0, 2)),
    ScreenCase("a mark on a wide one", "漢\u{301}x", "漢\u{301}x", cursor: (0, 3)),
    ScreenCase("a mark at the end", "012345678e\u{301}", "012345678e\u{301}", cursor: (0, 9)),
    ScreenCase("scrolling", "1\r\n2\r\n3\r\n4\r\n5", "2\n3\n4\n5", cursor: (3, 1)),
    ScreenCase("DEL and NUL", "a\u{7F}\0b", "ab", cursor: (0, 2)),
    ScreenCase("a repeated character", "a\u{1B}[3b", "aaaa", cursor: (0, 4)),
    ScreenCase("a sequence with a control in it", "ab\u{1B}[\r1CX", "aX", cursor: (0, 2)),
  ]

  static let moving = [
    ScreenCase("CUP", "\u{1B}[2;3HX", "\n  X", cursor: (1, 3)),
    ScreenCase("CUP without numbers", "ab\u{1B}[HX", "Xb", cursor: (0, 1)),
    ScreenCase("HVP", "\u{1B}[3fX", "\n\nX", cursor: (2, 1)),
    ScreenCase("past the edges", "\u{1B}[99;99H", "", cursor: (3, 9)),
    ScreenCase("past all numbers", "\u{1B}[99999999999999999999B", "", cursor: (3, 0)),
    ScreenCase(
      "CUU, CUD, CUF, CUB", "\u{1B}[2;2H\u{1B}[A\u{1B}[2C\u{1B}[2B\u{1B}[DX", "\n\n  X",
      cursor: (2, 3)),
    ScreenCase("0 is 1", "\u{1B}[0B\u{1B}[0CX", "\n X", cursor: (1, 2)),
    ScreenCase("CNL and CPL", "ab\u{1B}[2EX\u{1B}[FY", "ab\nY\nX", cursor: (1, 1)),
    ScreenCase("CHA and VPA", "\u{1B}[5G\u{1B}[3dX", "\n\n    X", cursor: (2, 5)),
    ScreenCase("CHT and CBT", "\u{1B}[IX\u{1B}[ZY", "        Y", cursor: (0, 9)),
    ScreenCase("ESC 7 and 8", "ab\u{1B}7\u{1B}[3;3Hx\u{1B}8c", "abc\n\n  x", cursor: (0, 3)),
    ScreenCase("CSI s and u", "ab\u{1B}[s\u{1B}[3;3Hx\u{1B}[uc", "abc\n\n  x", cursor: (0, 3)),
    ScreenCase("a saved full row", "0123456789\u{1B}7\r\u{1B}8X", "0123456789\nX", cursor: (1, 1)),
    ScreenCase("ESC D, E and M", "a\u{1B}Db\u{1B}Ec\u{1B}Md", "a\n d\nc", cursor: (1, 2)),
    ScreenCase("ESC M at the top", "a\r\nb\u{1B}[H\u{1B}MX", "X\na\nb", cursor: (0, 1)),
    ScreenCase(
      "a region", "1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[3H\nX", "1\n3\nX\n4", cursor: (2, 1)),
    ScreenCase(
      "ESC M in a region", "1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[2H\u{1B}MX", "1\nX\n2\n4",
      cursor: (1, 1)),
    ScreenCase(
      "a region ends CUU and CUD", "\u{1B}[2;3r\u{1B}[2HA\u{1B}[9AB\u{1B}[9BC", "\nAB\n  C",
      cursor: (2, 3)),
    ScreenCase("below a region", "\u{1B}[1;2r\u{1B}[4HX\n\nY", "\n\n\nXY", cursor: (3, 2)),
    ScreenCase("no region", "\u{1B}[3;2r\u{1B}[4H1\r\n2", "\n\n1\n2", cursor: (3, 1)),
  ]

  static let erasing = [
    ScreenCase("EL 0", "abcd\u{1B}[2D\u{1B}[K", "ab", cursor: (0, 2)),
    ScreenCase("EL 1", "abcd\u{1B}[2D\u{1B}[1K", "   d", cursor: (0, 2)),
    ScreenCase("EL 2", "abcd\r\nef\u{1B}[2K", "abcd", cursor: (1, 2)),
    ScreenCase("ED 0", "ab\r\ncd\r\nef\u{1B}[2;2H\u{1B}[J", "ab\nc", cursor: (1, 1)),
    ScreenCase("ED 1", "ab\r\ncd\r\nef\u{1B}[2;1H\u{1B}[1J", "\n d\nef", cursor: (1, 0)),
    ScreenCase("ED 2", "ab\r\ncd\u{1B}[2J", "", cursor: (1, 2)),
    ScreenCase("ECH", "abcd\r\u{1B}[2X", "  cd", cursor: (0, 0)),
    ScreenCase("ECH past the end", "abcd\u{1B}[9X", "abcd", cursor: (0, 4)),
    ScreenCase("half of a wide one", "漢字\u{1B}[2G\u{1B}[X", "  字", cursor: (0, 1)),
    ScreenCase("ICH", "abcd\r\u{1B}[2@", "  abcd", cursor: (0, 0)),
    ScreenCase("ICH over the end", "0123456789\r\u{1B}[2@", "  01234567", cursor: (0, 0)),
    ScreenCase("DCH", "abcd\r\u{1B}[2P", "cd", cursor: (0, 0)),
    ScreenCase("DCH past the end", "abcd\u{1B}[2G\u{1B}[99P", "a", cursor: (0, 1)),
    ScreenCase("DCH of half a wide one", "漢字\r\u{1B}[P", " 字", cursor: (0, 0)),
    ScreenCase("IL", "1\r\n2\r\n3\r\n4\u{1B}[2;2H\u{1B}[L", "1\n\n2\n3", cursor: (1, 1)),
    ScreenCase("DL", "1\r\n2\r\n3\r\n4\u{1B}[2;2H\u{1B}[2M", "1\n4", cursor: (1, 1)),
    ScreenCase("DL past the end", "1\r\n2\r\n3\u{1B}[2;2H\u{1B}[99M", "1", cursor: (1, 1)),
    ScreenCase("SU", "1\r\n2\r\n3\u{1B}[2S", "3", cursor: (2, 1)),
    ScreenCase("SD", "1\r\n2\r\n3\u{1B}[T", "\n1\n2\n3", cursor: (2, 1)),
    ScreenCase("IRM", "abc\r\u{1B}[4hX漢\u{1B}[4lY", "X漢Ybc", cursor: (0, 4)),
    ScreenCase("RIS", "abc\u{1B}[4h\u{1B}[?7l\u{1B}cX", "X", cursor: (0, 1)),
  ]
}
