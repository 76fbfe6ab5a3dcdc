// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

enum TextProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    let line = TerminalEscaping.escape(bytes)
    let lines = TerminalEscaping.escape(bytes, layout: .lines)
    let value = ConfigurationValueText.escaped(bytes)
    return Harm.complaint(aboutLine: line, in: "text within a line")
      ?? Harm.complaint(about: lines, in: "lines")
      ?? Harm.complaint(aboutLine: value, in: "a value")
      ?? lengthComplaint(line, of: bytes)
      ?? partsComplaint(bytes)
  }

  /// The longest escape of a byte is `\xE4`; that of four bytes is `\u{10FFFF}`.
  private static func lengthComplaint(_ text: String, of bytes: [UInt8]) -> String? {
    text.utf8.count > 4 * bytes.count
      ? "\(text.utf8.count) bytes of text for \(bytes.count) bytes" : nil
  }

  /// A reply comes in parts of any length, and must be shown as if it had come at once.
  private static func partsComplaint(_ bytes: [UInt8]) -> String? {
    guard let first = bytes.first else { return nil }
    let whole = harmless(bytes, partLength: bytes.count)
    let parts = harmless(bytes, partLength: 1 + Int(first) % 17)
    if whole != parts {
      return "a reply that came in parts of \(1 + Int(first) % 17) bytes differs"
    }
    return Harm.complaint(about: String(decoding: whole, as: UTF8.self), in: "a reply")
  }

  private static func harmless(_ bytes: [UInt8], partLength: Int) -> [UInt8] {
    var filter = TerminalEscapingFilter()
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: partLength) {
      text += filter.take(bytes[start..<min(start + partLength, bytes.count)])
    }
    return text + filter.finish()
  }
}
