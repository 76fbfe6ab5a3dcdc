// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Text that no terminal obeys")
struct TerminalEscapingTests {
  static let cases: [(bytes: [UInt8], text: String)] = [
    (Array("plain ~ text \\ 100%".utf8), "plain ~ text \\ 100%"),
    (Array("caf\u{E9} \u{4E2D}\u{6587}".utf8), "caf\u{E9} \u{4E2D}\u{6587}"),
    (Array("\u{1B}]0;owned\u{7}".utf8), "\\x1B]0;owned\\x07"),
    ([0x00, 0x0A, 0x0D, 0x09, 0x7F], "\\x00\\x0A\\x0D\\x09\\x7F"),
    (Array("\u{85}\u{9B}31m".utf8), "\\x85\\x9B31m"),
    (Array("a\u{202E}b\u{2066}c\u{2069}".utf8), "a\\u{202E}b\\u{2066}c\\u{2069}"),
    (Array("\u{200B}\u{FEFF}\u{2028}\u{2029}".utf8), "\\u{200B}\\u{FEFF}\\u{2028}\\u{2029}"),
    (Array("\u{E000}".utf8), "\\u{E000}"),
    ([0x63, 0xE4, 0x64], "c\\xE4d"),
    ([0xC3], "\\xC3"),
    ([0xE2, 0x82], "\\xE2\\x82"),
    ([0xE2, 0x28, 0xA1], "\\xE2(\\xA1"),
    // Forms longer than needed, a surrogate, beyond Unicode: no character is hidden in them.
    ([0xC0, 0x9B], "\\xC0\\x9B"),
    ([0xE0, 0x80, 0x9B], "\\xE0\\x80\\x9B"),
    ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
    ([0xF4, 0x90, 0x80, 0x80], "\\xF4\\x90\\x80\\x80"),
    ([0xFF, 0xFE], "\\xFF\\xFE"),
  ]

  @Test("Controls, deceivers and invalid bytes are shown", arguments: cases)
  func escapes(bytes: [UInt8], text: String) {
    #expect(TerminalEscaping.escape(bytes) == text)
  }

  @Test("Text of several lines keeps its tabs and line feeds, and nothing more")
  func lines() {
    #expect(
      TerminalEscaping.escape(Array("a\tb\nc\r\u{1B}".utf8), layout: .lines) == "a\tb\nc\\x0D\\x1B")
  }

  @Test("No control character is left of any two bytes")
  func everyPair() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let text = TerminalEscaping.escape([first, second])
        let dangerous = text.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value)
        }
        if dangerous { Issue.record("\(first) \(second) became \(text.debugDescription)") }
      }
    }
  }

  @Test("In pieces it is the same as whole", arguments: [1, 2, 3, 7, 64, 1000])
  func pieces(size: Int) {
    let text = Array("one\r\ntwo \u{1B}[m\nthr\u{E9}\u{E9}\tx\n\u{202E}\nlast without end".utf8)
    let whole = "one\ntwo \\x1B[m\nthr\u{E9}\u{E9}\tx\n\\u{202E}\nlast without end"
    var filter = TerminalEscapingFilter()
    var result: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      result += filter.take(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    result += filter.finish()
    #expect(String(decoding: result, as: UTF8.self) == whole)
  }

  @Test("A line without end does not fill the memory")
  func endless() {
    var filter = TerminalEscapingFilter()
    var total = 0
    let chunk = [UInt8](repeating: 0x61, count: 65536)
    for _ in 0..<100 { total += filter.take(chunk[...]).count }
    #expect(total > 98 * 65536)
    #expect(total + filter.finish().count == 100 * 65536)
  }
}
