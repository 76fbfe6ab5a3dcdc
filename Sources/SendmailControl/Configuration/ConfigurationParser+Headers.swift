// SPDX-License-Identifier: Apache-2.0

/// `H` lines (`dochompheader` in sendmail's `headers.c`).
extension ConfigurationParser {
  /// The byte for `$>`.
  private static let ruleSetCall: UInt8 = 0x99
  /// The most bytes of a header's value in which sendmail searches for a rule set.
  private static let longestCall = 49

  mutating func takeHeader() {
    let line = text.dropFirst()
    guard let name = Self.afterFlags(line).map({ $0.prefix(while: Self.isNameByte) }),
      !name.isEmpty
    else { return reportHeader(line) }
    let rest = text[name.endIndex...].drop(while: ASCII.isSpace)
    guard rest.first == ASCII.colon else { return reportHeader(line) }
    guard name.count <= 100 else { return }
    // A rule set that checks the header: `$>name` or `$>+name`.
    let value = expand(rest.dropFirst()).prefix(Self.longestCall)
      .drop(while: ASCII.isSpace)
    guard value.first == Self.ruleSetCall else { return }
    let ruleSet =
      value.dropFirst().first == UInt8(ascii: "+") ? value.dropFirst(2) : value.dropFirst()
    if let error = ruleSets.take(ruleSet).error { report(error, at: rest.startIndex) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && byte != ASCII.colon
  }

  /// Returns the text after `?flags?` or `?$x?`; `nil` when that is not well-formed.
  private static func afterFlags(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard line.first == UInt8(ascii: "?") else { return line }
    let start = line.dropFirst()
    let flags = start.prefix { $0 != UInt8(ascii: "?") }
    guard flags.endIndex < line.endIndex else { return nil }
    if flags.first == LineTranslation.macroMark {
      // The macro is one byte by now.
      guard flags.count == 2 else { return nil }
    } else if flags.contains(where: { $0 >= 0x80 }) {
      return nil
    }
    return line[(flags.endIndex + 1)...]
  }

  private mutating func reportHeader(_ line: ArraySlice<UInt8>) {
    // sendmail ends its text after a complete `?flags`.
    var shown = line
    if line.first == UInt8(ascii: "?"), Self.afterFlags(line) != nil {
      let end = line.dropFirst().firstIndex(of: UInt8(ascii: "?")) ?? line.endIndex
      shown = line[..<end]
    }
    report(Array("header syntax error, line \"".utf8) + shown + [ASCII.doubleQuote], at: 1)
  }
}
