// SPDX-License-Identifier: GPL-3.0-or-later

/// Splits a line into words by the quoting rules of the POSIX shell, and by nothing else of it: there
/// are no variables, patterns, comments or operators.
///
/// Blanks (space, tab, line feed) stand between words. A backslash takes the next character as it is;
/// between `'` and `'` everything is as it is; between `"` and `"` a backslash only counts before `$`,
/// a backquote, `"`, a backslash and a line feed, which vanishes with it.
public enum WordSplitter {
  /// Why a line cannot be split.
  public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is left open: `'`, `"` or a backslash.
    public let opener: Unicode.Scalar
    /// The character of the line it is, counted from 1.
    public let column: Int

    /// What is wrong and where, such as `column 6: the quote " is not closed`.
    public var description: String {
      opener == "\\"
        ? "column \(column): nothing follows the backslash"
        : "column \(column): the quote \(opener) is not closed"
    }
  }

  /// The words of `line`; quotes with nothing between them are an empty word.
  ///
  /// - Throws: ``Failure`` when a quote is not closed or the line ends in a backslash.
  public static func split(_ line: String) throws(Failure) -> [String] {
    var words: [String] = []
    // The word that is being read, or `nil` between words.
    var word: String?
    var opened: (quote: Unicode.Scalar, column: Int)?
    var backslash: Int?
    for (index, character) in line.unicodeScalars.enumerated() {
      let column = index + 1
      if backslash != nil {
        backslash = nil
        if opened != nil, !isEscapable(character) { append("\\", to: &word) }
        // A line feed behind a backslash continues the line.
        if character != "\n" { append(character, to: &word) }
      } else if character == "\\", opened?.quote != "'" {
        backslash = column
      } else if let quote = opened?.quote {
        if character == quote {
          opened = nil
        } else {
          append(character, to: &word)
        }
      } else if character == "'" || character == "\"" {
        opened = (character, column)
        word = word ?? ""
      } else if character == " " || character == "\t" || character == "\n" {
        if let word { words.append(word) }
        word = nil
      } else {
        append(character, to: &word)
      }
    }
    if let backslash { throw Failure(opener: "\\", column: backslash) }
    if let opened { throw Failure(opener: opened.quote, column: opened.column) }
    if let word { words.append(word) }
    return words
  }

  private static func append(_ character: Unicode.Scalar, to word: inout String?) {
    var text = word ?? ""
    // Not shared with anything while it grows.
    word = nil
    text.unicodeScalars.append(character)
    word = text
  }

  private static func isEscapable(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "$", "`", "\"", "\\", "\n": true
    default: false
    }
  }
}
