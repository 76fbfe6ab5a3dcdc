// SPDX-License-Identifier: Apache-2.0

/// A line that begins with a name and goes on with equates, `name, X=value, Y=value`: an `M`, `Q` or
/// `X` line.
struct EquateLine {
  /// An equate.
  struct Equate {
    /// The first byte of what stands before the `=`, which alone counts; NUL at the end of the line.
    var letter: UInt8
    /// The value without its quotes and backslashes.
    var value: [UInt8]
    /// The place of the equate in the line.
    var offset: Int
  }

  /// The name; empty when there is none.
  let name: [UInt8]
  /// The equates in order, up to the first that lacks its `=`.
  private(set) var equates: [Equate] = []
  /// The place of an equate without a `=`, at which sendmail gives the line up.
  private(set) var incomplete: Int?

  /// Takes a line apart, its letter included.
  init(_ line: [UInt8]) {
    let text = line.dropFirst()
    name = Array(text.prefix { $0 != ASCII.comma && !ASCII.isSpace($0) })
    var rest = text.dropFirst(name.count).dropFirst()
    while !rest.isEmpty {
      rest = rest.drop { $0 == ASCII.comma || ASCII.isSpace($0) }
      let offset = rest.startIndex
      let letter = rest.first ?? ASCII.null
      rest = rest.drop { $0 != ASCII.equals && $0 != ASCII.comma }
      guard rest.first == ASCII.equals else {
        incomplete = offset
        return
      }
      rest = rest.dropFirst().drop(while: ASCII.isSpace)
      let (value, end) = QuotedText.take(rest, until: ASCII.comma)
      equates.append(Equate(letter: letter, value: value, offset: offset))
      rest = rest[end...]
    }
  }
}
