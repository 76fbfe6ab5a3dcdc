// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("Words for a shell")
struct ShellWordTests {
  @Test(
    arguments: [
      ("/var/spool/mqueue", "/var/spool/mqueue"), ("", "''"), ("a b", "'a b'"),
      ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"), ("a\nb", #"$'a\012b'"#),
      ("\u{1B}[31m'\\", #"$'\033[31m\'\\'"#), ("Post für", "'Post für'"),
      ("\u{202E}x", #"$'\342\200\256x'"#),
    ])
  func `is quoted`(text: String, expected: String) {
    #expect(ShellWord.quoted(Array(text.utf8)) == expected)
  }

  @Test func `means the same bytes to bash`() async throws {
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
