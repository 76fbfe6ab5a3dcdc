// SPDX-License-Identifier: Apache-2.0

/// A line cut into words by the quoting rules of the POSIX shell, finished or still being typed.
///
/// Blanks (space, tab, line feed) stand between words. A backslash takes the next character as it is;
/// between `'` and `'` everything is as it is; between `"` and `"` a backslash only counts before `$`,
/// a backquote, `"`, a backslash and a line feed, which vanishes with it.
package struct ScannedLine: Sendable, Equatable {
  /// A word or an operator.
  package struct Token: Sendable, Equatable {
    /// The kind of token.
    package var kind: Kind
    /// A word's bytes without its quotes; an operator as it stands.
    package var bytes: [UInt8]
    /// Its place: offsets in the bytes of the line.
    package var range: Range<Int>
    /// The character at which it begins, counted from 1.
    package var column: Int

    /// The bytes as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The kinds of tokens.
  package enum Kind: Sendable, Equatable {
    /// A word.
    case word
    /// `>`, or `>>` when the flag is set.
    case redirection(appending: Bool)
    /// `|`
    case pipe
  }

  /// A quote or a backslash that is open where a line ends.
  package struct Opening: Sendable, Equatable {
    /// `'`, `"` or a backslash.
    package var opener: Unicode.Scalar
    /// The character of the line it is, counted from 1.
    package var column: Int
  }

  /// The words and operators, in order.
  package private(set) var tokens: [Token] = []
  /// The quote around the end of the line, or `nil`.
  package private(set) var quote: Opening?
  /// The backslash that nothing follows, or `nil`.
  package private(set) var backslash: Opening?
  /// True if the line ends in a comment.
  package private(set) var endsInComment = false

  /// Cuts `line`.
  ///
  /// `isCommand` is true if `>`, `>>` and `|` are operators, and `#` at the beginning of a word
  /// begins a comment.
  package init(_ line: String, isCommand: Bool) {
    self.init(line.utf8, isCommand: isCommand)
  }

  /// Cuts `line`, which need not be UTF-8: all characters that mean something are ASCII.
  package init(_ line: some Sequence<UInt8>, isCommand: Bool) {
    // The word that is being read, or `nil` between words.
    var word: Token?
    var column = 0
    for (start, byte) in line.enumerated() {
      // Not the second byte of a character or a later one.
      if byte & 0xC0 != 0x80 { column += 1 }
      let character = Unicode.Scalar(byte)
      if backslash != nil {
        backslash = nil
        if quote != nil, !Self.isEscapable(character) { append(ASCII.backslash, to: &word) }
        // A line feed after a backslash continues the line.
        if character != "\n" {
          open(&word, at: start - 1, column - 1)
          append(byte, to: &word)
        }
      } else if character == "\\", quote?.opener != "'" {
        backslash = Opening(opener: "\\", column: column)
      } else if quote?.opener == character {
        quote = nil
      } else if quote != nil {
        append(byte, to: &word)
      } else if character == "'" || character == "\"" {
        quote = Opening(opener: character, column: column)
        open(&word, at: start, column)
      } else if character == " " || character == "\t" || character == "\n" {
        close(&word)
      } else if isCommand, word == nil, character == "#" {
        endsInComment = true
        return
      } else if isCommand, character == ">" || character == "|" {
        close(&word)
        addOperator(byte, at: start, column)
      } else {
        open(&word, at: start, column)
        append(byte, to: &word)
      }
      if let begin = word?.range.lowerBound { word?.range = begin..<start + 1 }
    }
    close(&word)
  }

  private func open(_ word: inout Token?, at offset: Int, _ column: Int) {
    guard word == nil else { return }
    word = Token(kind: .word, bytes: [], range: offset..<offset, column: column)
  }

  private mutating func close(_ word: inout Token?) {
    if let word { tokens.append(word) }
    word = nil
  }

  private mutating func addOperator(_ byte: UInt8, at offset: Int, _ column: Int) {
    let isPipe = byte == UInt8(ascii: "|")
    if !isPipe, let last = tokens.last, last.kind == .redirection(appending: false),
      last.range.upperBound == offset
    {
      tokens[tokens.count - 1].kind = .redirection(appending: true)
      tokens[tokens.count - 1].bytes.append(byte)
      tokens[tokens.count - 1].range = last.range.lowerBound..<offset + 1
      return
    }
    tokens.append(
      Token(
        kind: isPipe ? .pipe : .redirection(appending: false), bytes: [byte],
        range: offset..<offset + 1, column: column))
  }

  /// Checks that nothing stands open at the end.
  ///
  /// - Throws: ``ShellWord/Failure``.
  func checkClosed() throws(ShellWord.Failure) {
    guard let opening = backslash ?? quote else { return }
    throw ShellWord.Failure(opener: opening.opener, column: opening.column)
  }

  private func append(_ byte: UInt8, to word: inout Token?) {
    word?.bytes.append(byte)
  }

  /// Returns whether a backslash before `character` counts between `"` and `"`.
  static func isEscapable(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "$", "`", "\"", "\\", "\n": true
    default: false
    }
  }
}
