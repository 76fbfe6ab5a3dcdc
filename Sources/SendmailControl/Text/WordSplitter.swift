// SPDX-License-Identifier: GPL-3.0-or-later

/// Splits a line into words by the quoting rules of the POSIX shell, and by nothing else of it: there
/// are no variables, patterns, comments or operators.
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
    let scanned = ScannedLine(line, isCommand: false)
    try scanned.checkClosed()
    return scanned.tokens.map(\.text)
  }
}

extension ScannedLine {
  /// Sees to it that nothing stands open at the end.
  ///
  /// - Throws: ``WordSplitter/Failure``.
  func checkClosed() throws(WordSplitter.Failure) {
    guard let opening = backslash ?? quote else { return }
    throw WordSplitter.Failure(opener: opening.opener, column: opening.column)
  }
}
