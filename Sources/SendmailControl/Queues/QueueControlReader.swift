// SPDX-License-Identifier: Apache-2.0

/// A reader of control files that takes them in pieces, in constant memory for any contents.
///
/// The beginning of each line is kept. A line that begins with a blank continues the line before it.
/// Unknown lines have only their letter, and of what follows the end there is only that it is there.
package struct QueueControlReader: Sendable {
  /// The longest beginning of a line that is kept, in bytes: twice what sendmail writes (`MAXLINE`).
  package static let longestLine = 4096

  /// True if nothing more is to be read: there was a line after the end.
  package private(set) var isDone = false
  private var isEnded = false
  /// True if the file has a line that ends, as every line that sendmail writes does.
  private var hasLineEnd = false
  /// True if the file has any byte.
  private var hasLine = false

  private var version = 0
  private var letter: UInt8?
  private var text: [UInt8] = []
  private var isCut = false
  private var position = Position.lineStart

  private enum Position {
    case lineStart
    case keeping
    case skipping
  }

  /// A reader that has read nothing yet.
  package init() {
    text.reserveCapacity(Self.longestLine)
  }

  /// Prepares the reader for the next file, in the same memory.
  package mutating func reset() {
    isDone = false
    isEnded = false
    hasLineEnd = false
    hasLine = false
    version = 0
    letter = nil
    text.removeAll(keepingCapacity: true)
    isCut = false
    position = .lineStart
  }

  /// Reads the next bytes and passes the lines that they complete to `body`.
  package mutating func take(_ bytes: Span<UInt8>, _ body: (QueueControlLine) -> Void) {
    var index = 0
    while index < bytes.count, !isDone {
      let byte = bytes[index]
      switch position {
      case .lineStart:
        begin(byte, body)
        index += 1
      case .keeping, .skipping:
        let end = Self.lineEnd(in: bytes, from: index)
        if position == .keeping { keep(bytes, index..<end) }
        if end < bytes.count {
          position = .lineStart
          hasLineEnd = true
        }
        index = end + 1
      }
    }
  }

  /// Passes the last line to `body`, at the end of the file.
  package mutating func finish(_ body: (QueueControlLine) -> Void) {
    if !isEnded { deliver(body) }
    if hasLine, !hasLineEnd { body(.noLineEnd) }
  }

  /// Begins a line whose first byte is `byte`.
  private mutating func begin(_ byte: UInt8, _ body: (QueueControlLine) -> Void) {
    let isFirst = !hasLine
    hasLine = true
    if isEnded, byte != ASCII.space, byte != ASCII.tab {
      isDone = true
      return body(.afterEnd)
    }
    switch byte {
    case ASCII.space, ASCII.tab:
      // Continues the line before; where there is none, it is a line of its own.
      if isFirst { body(.other(byte)) }
      let isKept = letter.map(Self.isKept) ?? false
      position = isKept ? .keeping : .skipping
      if isKept { keep(byte) }
    case ASCII.lineFeed:
      hasLineEnd = true
      // An empty line has no letter that sendmail knows.
      deliver(body)
      body(.other(byte))
    default:
      deliver(body)
      letter = byte
      position = Self.isKept(byte) ? .keeping : .skipping
      if byte == ASCII.dot { deliver(body) }
    }
  }

  private mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let room = Self.longestLine - text.count
    if range.count > room { isCut = true }
    for index in range.prefix(room) { text.append(bytes[index]) }
  }

  private mutating func keep(_ byte: UInt8) {
    guard text.count < Self.longestLine else {
      isCut = true
      return
    }
    text.append(byte)
  }

  private static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != ASCII.lineFeed { index += 1 }
    return index
  }

  private static func isKept(_ letter: UInt8) -> Bool {
    switch Unicode.Scalar(letter) {
    case "V", "T", "K", "N", "P", "M", "R", "S", "q", "F", "A", "B", "d": true
    default: false
    }
  }

  /// Passes the kept line to `body`, if there is one.
  private mutating func deliver(_ body: (QueueControlLine) -> Void) {
    guard let letter else { return }
    self.letter = nil
    defer {
      text.removeAll(keepingCapacity: true)
      isCut = false
    }
    switch Unicode.Scalar(letter) {
    case "V":
      version = OptionValue.integer(text)
      body(.version(version))
    case "T": body(.created(OptionValue.long(text)))
    case "K": body(.lastAttempt(OptionValue.long(text)))
    case "N": body(.attempts(OptionValue.integer(text)))
    case "P": body(.priority(OptionValue.long(text)))
    case "M": body(.status(text))
    case "R": if let recipient { body(.recipient(recipient)) }
    case "S": body(.sender(text))
    case "q": body(.quarantine(text))
    case "F": body(.flags(text))
    case "A": body(.authParameter(text))
    case "B": body(.bodyType(text))
    case "d": body(.bodyDirectory(text))
    case ".":
      isEnded = true
      body(.end)
    default: body(.other(letter))
    }
  }

  /// The recipient of the line; `nil` for a line without a colon, which sendmail passes over since
  /// version 1 of the format.
  private var recipient: QueueRecipient? {
    guard version >= 1 else { return QueueRecipient(flags: [], address: text, isCut: isCut) }
    guard let colon = text.firstIndex(of: ASCII.colon) else { return nil }
    return QueueRecipient(
      flags: Array(text[..<colon]), address: Array(text[colon...].dropFirst()), isCut: isCut)
  }
}
