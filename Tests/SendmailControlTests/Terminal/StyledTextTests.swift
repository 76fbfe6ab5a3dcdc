// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

@Suite("Text in pieces")
struct StyledTextTests {
  static let folds: [(text: String, columns: Int, lines: [String])] = [
    ("", 5, [""]), ("ab cd", 5, ["ab cd"]), ("ab cd", 4, ["ab", "cd"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]), ("x abcdefgh", 3, ["x", "abc", "def", "gh"]),
    ("abcdef gh", 3, ["abc", "def", "gh"]), ("中文字", 3, ["中", "文", "字"]),
    // A character that is wider than the line is not cut.
    ("中文", 1, ["中文"]),
  ]

  @Test("Lines end at blanks, and a word that is longer than a line is broken", arguments: folds)
  func folding(text: String, columns: Int, lines: [String]) {
    let folded = StyledText(text).folded(into: columns).map { $0.text(TerminalStyle()) }
    #expect(folded == lines)
  }

  @Test("Blanks fill it up and have no colour")

  func blanksFillItUp() {
    let style = TerminalStyle(isColoured: true)
    #expect(StyledText("ab", .bold).padded(to: 4).text(style) == "\u{1B}[1mab\u{1B}[0m  ")
    #expect(StyledText("中", .bold).padded(to: 1).text(style) == "\u{1B}[1m中\u{1B}[0m")
  }

  @Test(
    "A bar is empty or full only for nothing and for all",
    arguments: [
      (0, 1000, 0), (1, 1000, 1), (500, 1000, 5), (999, 1000, 9), (1000, 1000, 10),
      (2000, 1000, 10), (.max - 1, .max, 9),
    ])
  func aBarIsEmptyOrFull(part: Int, whole: Int, filled: Int) {
    let bar = Bar(part: part, whole: whole)
    #expect(bar.filled(of: 10) == filled)
    let used = String(repeating: "#", count: filled)
    let rest = String(repeating: ".", count: 10 - filled)
    #expect(bar.plain(columns: 10, TerminalStyle(isColoured: true)) == "[\(used)\(rest)]")
  }

  @Test("A table without titles has no line of headings")

  func aTableWithoutTitles() {
    var table = TerminalTable([.init(), .init()])
    table.append(["a", "b"])
    table.append(["ccc", ""])
    #expect(table.text(TerminalStyle(isColoured: true)) == "a    b\nccc\n")
  }

  @Test("A table has its titles above the columns")

  func aTableHasItsTitlesAbove() {
    var table = TerminalTable([.init(title: "PID", isRight: true), .init(title: "TITLE")])
    table.append(["7", "x"])
    #expect(table.text(TerminalStyle()) == "PID  TITLE\n  7  x\n")
  }
}
