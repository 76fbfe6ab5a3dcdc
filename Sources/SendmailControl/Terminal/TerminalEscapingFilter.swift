// SPDX-License-Identifier: Apache-2.0

/// Makes a reply of any length harmless as it comes, in constant memory: what
/// ``TerminalEscaping/make(_:layout:)`` does to lines, with CRLF become LF.
package struct TerminalEscapingFilter: Sendable {
  /// The longest part of a line that is kept back to see its end, in bytes. A longer line is made
  /// harmless in parts, which at worst shows a character cut in two as bytes.
  private static let longestPart = 65536

  private var pending: [UInt8] = []

  /// A filter that has seen nothing yet.
  package init() {}

  /// Takes the next bytes in and returns the text that is complete.
  package mutating func take(_ chunk: ArraySlice<UInt8>) -> [UInt8] {
    if pending.isEmpty, chunk.last == ASCII.lineFeed, chunk.allSatisfy(Self.isPlain) {
      return Array(chunk)
    }
    pending += chunk
    guard let end = pending.lastIndex(of: ASCII.lineFeed) else {
      return pending.count > Self.longestPart ? finish() : []
    }
    let lines = Array(pending[...end])
    pending.removeFirst(end + 1)
    return Self.harmless(lines)
  }

  /// Returns what is left at the end: the part of a line that has no end.
  package mutating func finish() -> [UInt8] {
    defer { pending = [] }
    return Self.harmless(pending)
  }

  private static func harmless(_ lines: [UInt8]) -> [UInt8] {
    guard !lines.allSatisfy(isPlain) else { return lines }
    var text = ""
    var rest = lines[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: ASCII.lineFeed)
      var line = rest[..<(end ?? rest.endIndex)]
      if end != nil, line.last == ASCII.carriageReturn { line.removeLast() }
      TerminalEscaping.append(line, layout: .lines, to: &text)
      if end != nil { text += "\n" }
      rest = rest[(end ?? rest.endIndex)...].dropFirst()
    }
    return Array(text.utf8)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || byte == ASCII.lineFeed || byte == ASCII.tab
  }
}
