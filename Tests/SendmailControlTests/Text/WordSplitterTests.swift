// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("Splitting a line into words")
struct WordSplitterTests {
  static let lines: [(line: String, words: [String])] = [
    ("", []), (" \t\n ", []), ("less -FRX", ["less", "-FRX"]), ("  a\tb  c ", ["a", "b", "c"]),
    ("'a b' c", ["a b", "c"]), ("\"a b\"c", ["a bc"]), ("''", [""]), ("a '' \"\"", ["a", "", ""]),
    ("a\\ b", ["a b"]), ("\\\\", ["\\"]), ("'\\'", ["\\"]), ("\"\\\"\\$\\`\\\\\"", ["\"$`\\"]),
    ("\"\\a\\'\"", ["\\a\\'"]), ("a\\\nb", ["ab"]), ("\"a\\\nb\"", ["ab"]), ("'a\nb'", ["a\nb"]),
    ("'it'\\''s'", ["it's"]), ("\\'", ["'"]), ("a#b", ["a#b"]),
    ("gr\u{FC}n '\u{4E2D} \u{6587}'", ["gr\u{FC}n", "\u{4E2D} \u{6587}"]),
    ("e'\u{301}'", ["e\u{301}"]),
  ]

  @Test("Words, as the shell has them", arguments: lines)
  func words(line: String, words: [String]) async throws {
    #expect(try WordSplitter.split(line) == words)
    // The line has nothing that the shell would do more about than splitting it.
    let shell = try await ProcessRunner.run(
      "/bin/sh", ["-c", "for word in \(line)\ndo printf '%s\\0' \"$word\"; done"])
    guard !line.allSatisfy(\.isWhitespace) else { return }
    #expect(shell.output == words.map { $0 + "\0" }.joined())
  }

  @Test("Nothing is expanded", arguments: ["$HOME", "`id`", "$(id)", "~", "*", "a;b", "a|b", "#a"])
  func noExpansion(line: String) throws {
    #expect(try WordSplitter.split(line) == [line])
  }

  static let failures: [(line: String, opener: Unicode.Scalar, column: Int, text: String)] = [
    ("less 'a b", "'", 6, "column 6: the quote ' is not closed"),
    ("\"", "\"", 1, "column 1: the quote \" is not closed"),
    ("'a' \"b'", "\"", 5, "column 5: the quote \" is not closed"),
    ("\u{E9}\u{E9} 'x", "'", 4, "column 4: the quote ' is not closed"),
    ("a \\", "\\", 3, "column 3: nothing follows the backslash"),
    ("\"a\\", "\\", 3, "column 3: nothing follows the backslash"),
  ]

  @Test("What is left open is named with its column", arguments: failures)
  func failure(line: String, opener: Unicode.Scalar, column: Int, text: String) {
    let failure = #expect(throws: WordSplitter.Failure.self) { try WordSplitter.split(line) }
    #expect(failure?.opener == opener)
    #expect(failure?.column == column)
    #expect(failure?.description == text)
  }
}
