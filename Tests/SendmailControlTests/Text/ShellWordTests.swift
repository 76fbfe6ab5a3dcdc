// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("Words of a shell's line")
struct ShellWordTests {
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
    #expect(try ShellWord.split(line) == words)
    // The line has nothing that the shell would do more about than splitting it.
    let shell = try await ProcessRunner.run(
      "/bin/sh", ["-c", "for word in \(line)\ndo printf '%s\\0' \"$word\"; done"])
    guard !line.allSatisfy(\.isWhitespace) else { return }
    #expect(shell.output == words.map { $0 + "\0" }.joined())
  }

  @Test("Nothing is expanded", arguments: ["$HOME", "`id`", "$(id)", "~", "*", "a;b", "a|b", "#a"])
  func noExpansion(line: String) throws {
    #expect(try ShellWord.split(line) == [line])
  }

  static let failures: [(line: String, opener: Unicode.Scalar, column: Int, text: String)] = [
    ("less 'a b", "'", 6, "column 6: the quote ' is not closed"),
    ("\"", "\"", 1, "column 1: the quote \" is not closed"),
    ("'a' \"b'", "\"", 5, "column 5: the quote \" is not closed"),
    ("\u{E9}\u{E9} 'x", "'", 4, "column 4: the quote ' is not closed"),
    ("a \\", "\\", 3, "column 3: nothing follows the backslash"),
    ("\"a\\", "\\", 3, "column 3: nothing follows the backslash"),
  ]

  @Test("An unfinished quote or operator is named with its column", arguments: failures)
  func failure(line: String, opener: Unicode.Scalar, column: Int, text: String) {
    let failure = #expect(throws: ShellWord.Failure.self) { try ShellWord.split(line) }
    #expect(failure?.opener == opener)
    #expect(failure?.column == column)
    #expect(failure?.description == text)
  }

  @Test(
    "Is quoted",
    arguments: [
      ("/var/spool/mqueue", "/var/spool/mqueue"), ("", "''"), ("a b", "'a b'"),
      ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"), ("a\nb", #"$'a\012b'"#),
      ("\u{1B}[31m'\\", #"$'\033[31m\'\\'"#), ("Post für", "'Post für'"),
      ("\u{202E}x", #"$'\342\200\256x'"#),
    ])
  func isQuoted(text: String, expected: String) {
    #expect(ShellWord.quoted(Array(text.utf8)) == expected)
  }

  @Test("Means the same bytes to bash")

  func meansTheSameBytesToBash() async throws {
    var numbers = SeededNumbers(seed: 7)
    let words: [[UInt8]] = (0..<60).map { _ in
      (0..<Int.random(in: 0...20, using: &numbers)).map { _ in
        UInt8.random(in: 1...255, using: &numbers)
      }
    }
    let script = words.map { "printf '%s\\0' " + ShellWord.quoted($0) }.joined(separator: "\n")
    let outcome = try await ProcessRunner.run("/bin/bash", ["-c", script])
    let expected = words.reduce(into: [UInt8]()) { $0 += $1 + [0] }
    #expect(outcome.standardOutput == expected)
    #expect(outcome.errorOutput == "")
  }
}
