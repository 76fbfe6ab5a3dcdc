// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import InteractiveShell

@Suite("Candidates written into a line")
struct InsertionTests {
  /// readline replaces what stands after the last blank before the cursor.
  static func insert(_ candidates: [Candidate], into line: String) -> String? {
    let bytes = Array(line.utf8)
    let start = (bytes.lastIndex(of: UInt8(ascii: " ")) ?? -1) + 1
    guard let insertion = Insertion(candidates, line: bytes, from: start) else { return nil }
    return String(decoding: bytes[..<start] + insertion.common, as: UTF8.self)
      + (insertion.addsBlank ? " " : "")
  }

  static let uniqueOnes: [(line: String, candidate: String, result: String)] = [
    ("st", "status", "status "),
    ("", "status", "status "),
    ("status --f", "--format", "status --format "),
    ("status --format=j", "--format=json", "status --format=json "),
    ("source a", "a b", #"source a\ b "#),
    (#"source a\ "#, "a b", #"source a\ b "#),
    (#"source a\ b/c"#, "a b/cd e", #"source a\ b/cd\ e "#),
    ("source \"a ", "a b", "source \"a b\" "),
    ("source \"a ", "a $b", "source \"a \\$b\" "),
    ("source 'a", "a'b c", #"source 'a'\''b c' "#),
    (#"source a"b"'c'"#, "abcd", #"source a"b"'c'd "#),
    ("source \"é", "éa", "source \"éa\" "),
    ("STAT", "status", "status "),
  ]

  @Test("One candidate is written whole, quotes closed, a blank after it", arguments: uniqueOnes)
  func unique(line: String, candidate: String, result: String) throws {
    #expect(Self.insert([Candidate(candidate)], into: line) == result)
    // What stands there then is the candidate.
    #expect(try ShellLine(result).words.last == Array(candidate.utf8))
  }

  @Test("After a directory neither the quote is closed nor a blank added")
  func directory() {
    let directory = Candidate("a b/", isWhole: false)
    #expect(Self.insert([directory], into: "source \"a") == "source \"a b/")
    #expect(Self.insert([directory], into: "source a") == #"source a\ b/"#)
  }

  @Test("Of several candidates the common beginning is inserted")
  func several() {
    let candidates = ["a b1", "a b2"].map { Candidate($0) }
    #expect(Self.insert(candidates, into: "source a") == #"source a\ b"#)
    #expect(Self.insert(candidates, into: "source 'a") == "source 'a b")
    #expect(Self.insert(candidates, into: "source a\\ b") == #"source a\ b"#)
    let different = ["mstat", "memdump"].map { Candidate($0) }
    #expect(Self.insert(different, into: "m") == "m")
    #expect(Self.insert(different, into: "") == "m")
    #expect(Self.insert(["x", "y"].map { Candidate($0) }, into: "") == "")
  }

  @Test("After a backslash or in a comment there is nothing to write", arguments: ["a\\", "a #b"])
  func nothing(line: String) {
    #expect(Self.insert([Candidate("ab")], into: line) == nil)
  }
}
