// SPDX-License-Identifier: Apache-2.0

/// A logical line after comments, escapes and macros have been dealt with, as `translate_dollars`
/// in sendmail's `readcf.c` does it.
///
/// Macros become internal bytes here, when the line is read, whether or not the value is ever
/// expanded; so a file name that must not be expanded keeps them.
struct LineTranslation {
  /// The byte before a macro's code.
  static let macroMark: UInt8 = 0x81
  /// The byte before a byte of the file that would otherwise be taken for one of sendmail's own.
  static let quoteMark: UInt8 = 0xFF
  /// The first configuration level at which `#` within a line begins a comment.
  static let firstLevelWithComments = 3

  /// The text sendmail goes on with.
  private(set) var bytes: [UInt8] = []
  /// sendmail's messages, in order.
  private(set) var errors: [[UInt8]] = []
  /// The offset in the source of each byte of ``bytes``; empty unless asked for.
  private var offsets: [Int] = []

  /// The source with its own high bytes quoted.
  private let source: [UInt8]
  private let recordsOffsets: Bool
  private var index = 0

  /// Translates `source` at the configuration level that is in force where it stands.
  init(_ source: [UInt8], level: Int, names: inout MacroNames, recordingOffsets: Bool = false) {
    recordsOffsets = recordingOffsets
    guard source.contains(where: Self.isTranslated) else {
      self.source = source
      bytes = source
      if recordsOffsets { offsets = Array(bytes.indices) }
      removeTrailingBlanks()
      return
    }
    self.source = Self.quoted(source)
    bytes.reserveCapacity(self.source.count)
    while index < self.source.count {
      takePlainText()
      if index < self.source.count { takeSpecial(level: level, names: &names) }
    }
    finish()
  }

  /// The offsets in `source` of the bytes of the translation.
  static func sourceOffsets(of source: [UInt8], level: Int) -> [Int] {
    // The codes do not matter here, only the lengths.
    var names = MacroNames()
    let translation = LineTranslation(source, level: level, names: &names, recordingOffsets: true)
    let unquoted = source.indices.flatMap { needsQuote(source[$0]) ? [$0, $0] : [$0] }
    return translation.offsets.map { unquoted[$0] }
  }

  private static func needsQuote(_ byte: UInt8) -> Bool {
    (0x80...0x9F).contains(byte) || byte == quoteMark
  }

  private static func quoted(_ source: [UInt8]) -> [UInt8] {
    guard source.contains(where: { $0 >= 0x80 }) else { return source }
    return source.flatMap { needsQuote($0) ? [quoteMark, $0] : [$0] }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == ASCII.numberSign || byte == ASCII.dollar
  }

  /// Returns whether `byte` can make a translation differ from its source.
  private static func isTranslated(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isSpecial(byte)
  }

  private mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    if recordsOffsets { offsets.append(index) }
  }

  private mutating func removeLast() {
    bytes.removeLast()
    if recordsOffsets { offsets.removeLast() }
  }

  private mutating func takePlainText() {
    // Byte by byte: between two macros of a rule there are five bytes.
    while index < source.count, !Self.isSpecial(source[index]) {
      append(source[index])
      index &+= 1
    }
  }

  private mutating func takeSpecial(level: Int, names: inout MacroNames) {
    let byte = source[index]
    if byte == ASCII.numberSign, !bytes.isEmpty, level >= Self.firstLevelWithComments {
      takeNumberSign()
    } else if byte == ASCII.dollar, index + 1 < source.count {
      takeDollar(names: &names)
    } else {
      append(byte)
      index += 1
    }
  }

  private mutating func takeNumberSign() {
    switch bytes.last {
    case Self.macroMark:
      append(ASCII.numberSign)
      index += 1
    case ASCII.backslash:
      removeLast()
      append(ASCII.numberSign)
      index += 1
    default:
      // A comment, with the blanks before it. The line feed that ends it is text again.
      while bytes.count > 1, let last = bytes.last, last != ASCII.lineFeed, ASCII.isSpace(last) {
        removeLast()
      }
      index = source[index...].firstIndex(of: ASCII.lineFeed) ?? source.count
    }
  }

  private mutating func takeDollar(names: inout MacroNames) {
    guard source[index + 1] != ASCII.dollar else {
      append(ASCII.dollar)
      index += 2
      return
    }
    append(Self.macroMark)
    index += 1
    switch Unicode.Scalar(source[index]) {
    case "=", "~", "&", "?":
      append(source[index])
      index += 1
    default: break
    }
    if index < source.count, source[index] != UInt8(ascii: "{") {
      // A name of one character is its own code, here as in MacroNames: most are.
      append(source[index])
      index += 1
      return
    }
    let result = names.take(source[index...])
    if !result.errors.isEmpty { errors += result.errors }
    append(result.code)
    // Without a name sendmail's line ends here.
    index = result.length == 0 ? source.count : index + result.length
  }

  /// Strips the blanks at the end, and cuts the line where an error has put a NUL.
  private mutating func finish() {
    removeTrailingBlanks()
    guard !errors.isEmpty, let null = bytes.firstIndex(of: ASCII.null) else { return }
    bytes.removeSubrange(null...)
    if recordsOffsets { offsets.removeSubrange(null...) }
  }

  private mutating func removeTrailingBlanks() {
    while bytes.count > 1, let last = bytes.last, ASCII.isSpace(last) { removeLast() }
  }
}
