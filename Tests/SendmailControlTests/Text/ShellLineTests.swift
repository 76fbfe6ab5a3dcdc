// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

/// `words` as the bytes that they are.
private func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

@Suite("Lines of the shell")
struct ShellLineTests {
  static let lines: [(String, [String], ShellLine.Destination)] = [
    ("", [], .standardOutput),
    ("  # nothing but a comment > | '", [], .standardOutput),
    ("status", ["status"], .standardOutput),
    ("status #now", ["status"], .standardOutput),
    ("status a#b", ["status", "a#b"], .standardOutput),
    (##"send "a # b" '#' \#"##, ["send", "a # b", "#", "#"], .standardOutput),
    ("status > out", ["status"], .file(Array("out".utf8), appending: false)),
    ("status>out", ["status"], .file(Array("out".utf8), appending: false)),
    ("status >>'my file' # x", ["status"], .file(Array("my file".utf8), appending: true)),
    ("send '>' \\> \"|\"", ["send", ">", ">", "|"], .standardOutput),
    ("mstat | grep -c 'a|b>'", ["mstat"], .program(bytes(["grep", "-c", "a|b>"]))),
    ("mstat|less", ["mstat"], .program(bytes(["less"]))),
    ("status > \"\"x", ["status"], .file(Array("x".utf8), appending: false)),
  ]

  @Test("A command, and where its output goes", arguments: lines)
  func parsing(line: String, words: [String], destination: ShellLine.Destination) throws {
    let parsed = try ShellLine(line)
    #expect(parsed.words == bytes(words))
    #expect(parsed.destination == destination)
  }

  @Test("Bytes that are not UTF-8 stay as they are")
  func bytesOfAnyKind() throws {
    let line = Array("status -f '/a".utf8) + [0xFF, 0xC3] + Array("' > ".utf8) + [0x80]
    let parsed = try ShellLine(line)
    #expect(parsed.words == bytes(["status", "-f"]) + [Array("/a".utf8) + [0xFF, 0xC3]])
    #expect(parsed.destination == .file([0x80], appending: false))
  }

  static let failures: [(String, String)] = [
    ("status 'x", "column 8: the quote ' is not closed"),
    ("é \"x\\", "column 5: nothing follows the backslash"),
    ("> x", "column 1: expected a command before >"),
    ("  | x", "column 3: expected a command before |"),
    ("status >", "column 8: expected the name of a file after >"),
    ("status >> ''", "column 11: expected the name of a file after >>"),
    ("status |", "column 8: expected a program after |"),
    ("status > a b", "column 12: expected nothing more after the file's name"),
    ("status > a > b", "column 12: > and > cannot be combined: the output goes to one place"),
    ("status >>> a", "column 10: >> and > cannot be combined: the output goes to one place"),
    ("status | a | b", "column 12: | and | cannot be combined: the output goes to one place"),
    ("status || a", "column 9: | and | cannot be combined: the output goes to one place"),
  ]

  @Test("Each error is reported with its column", arguments: failures)
  func failing(line: String, message: String) {
    do {
      _ = try ShellLine(line)
      Issue.record("\(line) was read")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test("A word says where it stands, in bytes, quotes included")
  func ranges() {
    let line = #"ü "a b"'c' \d>x"#
    let bytes = Array(line.utf8)
    let tokens = ScannedLine(line, isCommand: true).tokens
    #expect(tokens.map(\.text) == ["ü", "a bc", "d", ">", "x"])
    #expect(
      tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == ["ü", #""a b"'c'"#, #"\d"#, ">", "x"])
    #expect(tokens.map(\.column) == [1, 3, 12, 14, 15])
  }

  static let open: [(String, Unicode.Scalar?, Bool)] = [
    ("a 'b", "'", false), ("a \"b'", "\"", false), ("a \"b\\", "\"", true), ("a\\", nil, true),
    ("a 'b\\", "'", false), ("a", nil, false),
  ]

  @Test("A line that is still being typed says what stands open", arguments: open)
  func opening(line: String, quote: Unicode.Scalar?, backslash: Bool) {
    let scanned = ScannedLine(line, isCommand: true)
    #expect(scanned.quote?.opener == quote)
    #expect((scanned.backslash != nil) == backslash)
  }

  @Test("Escaped text is read back unchanged", arguments: [nil, "'", "\""] as [Unicode.Scalar?])
  func quoting(quote: Unicode.Scalar?) throws {
    let text = (UInt8(0x20)...0x7E).map { String(Character(Unicode.Scalar($0))) }.joined() + "\té"
    let mark = quote.map { String(Character($0)) } ?? ""
    let line = "x " + mark + ShellWord.escaped(text, inside: quote) + mark
    #expect(try ShellLine(line).words == bytes(["x", text]))
  }

  @Test(
    "A line feed within quotes is written as it is", arguments: ["'", "\""] as [Unicode.Scalar])
  func aLineFeedWithinQuotes(quote: Unicode.Scalar) throws {
    let mark = String(Character(quote))
    let line = mark + ShellWord.escaped("a\nb", inside: quote) + mark
    #expect(try ShellWord.split(line) == ["a\nb"])
  }
}

@Suite("Words that are nearly right")
struct NearestWordTests {
  static let words = ["status", "mstat", "help", "memdump", "restart", "shutdown", "use"]

  @Test(
    "Nearest",
    arguments: [
      ("sttaus", "status"), ("stats", "status"), ("Statuss", "status"), ("shutdwon", "shutdown"),
      ("hepl", "help"), ("helpp", "help"), ("uze", "use"), ("xyzzy", nil), ("", nil), ("x", nil),
      ("abcd", nil), ("memdmp", "memdump"),
    ] as [(String, String?)])
  func nearest(word: String, expected: String?) {
    #expect(NearestWord.find(word, in: Self.words) == expected)
  }

  @Test("Of words equally near it is the one with the longer common beginning")
  func equallyNear() {
    #expect(NearestWord.find("staa", in: ["mstat", "stats"]) == "stats")
  }

  @Test(
    "Distances",
    arguments: [
      ("", "", 0), ("a", "", 1), ("ab", "", 2), ("", "ab", 2), ("ab", "abcd", 2), ("xb", "abcd", 3),
      ("ba", "abcd", 3), ("xxab", "ab", 2), ("cba", "abc", 2),
    ])
  func distances(first: String, second: String, distance: Int) {
    #expect(NearestWord.distance(from: Array(first.utf8), to: Array(second.utf8)) == distance)
  }
}
