// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Testing

@testable import SMControlCommands

@Suite("Values of options")
struct ValueKindTests {
  static let ages: [(text: String, seconds: Int64?)] = [
    ("0", 0), ("90", 90), ("90s", 90), ("5m", 300), ("1h30m", 5400), ("2d", 172_800),
    ("1d1h1m1s", 90061), ("90m", 5400), ("", nil), ("m", nil), ("-1", nil), ("1.5h", nil),
    ("1s1m", nil), ("1m1m", nil), (" 1", nil), ("1h ", nil), ("\u{663}", nil),
    ("999999999d", 86_399_999_913_600), ("9999999999", nil), ("1w", nil),
  ]

  @Test("Ages", arguments: ages)
  func age(text: String, seconds: Int64?) {
    #expect(ValueKind.age.parse(Array(text.utf8)) == seconds.map { .seconds($0) })
  }

  @Test(
    "Seconds",
    arguments: [
      ("5", 5000), ("0.5", 500), ("1e1", 10_000), ("0", nil), ("-5", nil), ("", nil), ("x", nil),
      ("nan", nil), ("inf", nil), ("1000001", nil),
    ] as [(String, Int?)])
  func seconds(text: String, milliseconds: Int?) {
    #expect(
      ValueKind<Duration>.seconds.parse(Array(text.utf8))
        == milliseconds.map { .milliseconds($0) })
  }

  @Test("A path is not empty and holds no NUL; any other byte may be in it")
  func paths() {
    #expect(ValueKind<FilePath>.file.parse([]) == nil)
    #expect(ValueKind<FilePath>.file.parse([0x2F, 0]) == nil)
    #expect(ValueKind<FilePath>.file.parse([0x2F, 0xFF]) != nil)
  }
}
