// SPDX-License-Identifier: Apache-2.0

/// The lines of a reply, ended by LF or CRLF, without their ends.
///
/// The last line may lack its end; an empty rest after the last line end is no line.
package struct ReplyLines: Sequence, Sendable {
  private let bytes: [UInt8]

  /// The lines of `bytes`.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// True if the last line ends as a line should, so that the reply is not visibly cut short.
  package var isEnded: Bool { bytes.last == ASCII.lineFeed }

  /// An iterator over the lines.
  package func makeIterator() -> Iterator {
    Iterator(rest: bytes[...])
  }

  /// Takes one line after the other off the front.
  package struct Iterator: IteratorProtocol, Sendable {
    var rest: ArraySlice<UInt8>

    /// The next line, or `nil` at the end of the reply.
    package mutating func next() -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { return nil }
      let end = rest.firstIndex(of: ASCII.lineFeed) ?? rest.endIndex
      var line = rest[..<end]
      rest = rest[end...].dropFirst()
      if line.last == ASCII.carriageReturn { line.removeLast() }
      return line
    }
  }
}
