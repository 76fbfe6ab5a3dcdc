// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

@Suite struct JSONTextTests {
  /// The encoder of JSON leaves DEL, C1 and bidirectional controls as they are, and JSON goes to
  /// terminals too.
  @Test(
    "Escapes",
    arguments: [
      ("\u{7F}", #"["\u007f"]"#), ("\u{9B}31m", #"["\u009b31m"]"#), ("\u{202E}x", #"["\u202ex"]"#),
      ("\u{E0041}", #"["\udb40\udc41"]"#), ("caf\u{E9} \u{1F600}", "[\"caf\u{E9} \u{1F600}\"]"),
    ])
  func escapes(_ value: String, expected: String) throws {
    let text = try JSONText.make([value])
    #expect(text == expected + "\n")
    let read = try JSONDecoder().decode([String].self, from: Data(text.utf8))
    #expect(read == [value])
  }

  @Test("C0 controls are escaped, and no program sees another value")

  func c0ControlsAreEscaped()
    throws
  {
    let value = String(String.UnicodeScalarView((0..<0x100).compactMap { Unicode.Scalar($0) }))
    let text = try JSONText.make([value])
    #expect(text.unicodeScalars.dropLast().allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == [value])
  }

  private struct Long: Encodable {
    var a = "\"items\":[]"
    var items: [String]
    var z: [Int] = []
  }

  @Test("An array encoded in parts is the same text", arguments: [0, 1, 999, 1000, 1001, 2500])
  func parts(count: Int) throws {
    let items = (0..<count).map { "\u{9B}\($0)" }
    let parts = try JSONText.make(Long(items: []), with: items, as: "items")
    #expect(try parts == JSONText.make(Long(items: items)))
  }
}
