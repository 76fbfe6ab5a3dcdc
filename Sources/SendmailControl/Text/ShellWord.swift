// SPDX-License-Identifier: Apache-2.0

/// Words of a line by the quoting rules of the POSIX shell: reading them, and writing them so that
/// they are read as they are.
package enum ShellWord {
  /// The reason why a line cannot be split.
  package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The part that is left open: `'`, `"` or a backslash.
    package let opener: Unicode.Scalar
    /// The character of the line it is, counted from 1.
    package let column: Int

    /// The fault and its place, such as `column 6: the quote " is not closed`.
    package var description: String {
      opener == "\\"
        ? "column \(column): nothing follows the backslash"
        : "column \(column): the quote \(opener) is not closed"
    }
  }

  /// The words of `line`; quotes with nothing between them are an empty word. There are no variables,
  /// patterns, comments or operators.
  ///
  /// - Throws: ``Failure`` when a quote is not closed or the line ends in a backslash.
  package static func split(_ line: String) throws(Failure) -> [String] {
    let scanned = ScannedLine(line, isCommand: false)
    try scanned.checkClosed()
    return scanned.tokens.map(\.text)
  }

  /// `text` as it is to be written inside `quote` (`'` or `"`), or outside of quotes for `nil`, so that
  /// ``split(_:)`` and ``ShellLine`` read it as it is.
  package static func escaped(_ text: String, inside quote: Unicode.Scalar?) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch quote {
      case "'":
        result += character == "'" ? #"'\''"# : String(Character(character))
      case .some:
        // A line feed after a backslash would vanish.
        if ScannedLine.isEscapable(character), character != "\n" { result += "\\" }
        result.unicodeScalars.append(character)
      case nil:
        if isSpecial(character) { result += "\\" }
        result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// Returns whether a shell may take the character for more than itself; a line feed cannot be written.
  private static func isSpecial(_ character: Unicode.Scalar) -> Bool {
    #" "'\|>#<&;()$`*?[]{}~!"#.unicodeScalars.contains(character) || character == "\t"
  }

  /// `bytes` as one word for a line that an administrator may hand to a shell (POSIX.1-2024; bash, ksh
  /// and zsh take it as well): plain where it can be, in quotes, or as `$'…'` when there are bytes that
  /// a terminal may obey.
  package static func quoted(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "''" }
    if bytes.allSatisfy(isPlain) { return TerminalEscaping.escape(bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    let isReadable =
      Array(text.utf8) == bytes
      && text.unicodeScalars.allSatisfy { TerminalEscaping.isHarmless($0) }
    return isReadable ? "'\(escaped(text, inside: "'"))'" : "$'\(escaped(bytes))'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || "/._-+:@%,=".utf8.contains(byte)
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var word = ""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "'"), ASCII.backslash: word += "\\" + String(Unicode.Scalar(byte))
      case 0x20...0x7E: word.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        // Always three digits, so that a digit after them is one of its own.
        let digits = String(byte, radix: 8)
        word += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
      }
    }
    return word
  }
}
