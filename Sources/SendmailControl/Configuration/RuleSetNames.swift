// SPDX-License-Identifier: Apache-2.0

/// The rule sets that have been named, and their numbers (`strtorwset` in sendmail's `readcf.c`).
struct RuleSetNames: Sendable {
  /// The numbers of unnamed rule sets are below this one, those that sendmail gives to names above.
  static let limit = 100

  /// The result of reading a name or a number.
  struct Result {
    /// The number; `nil` when there is none.
    var number: Int?
    /// The length of the name and its number in the text.
    var length = 0
    /// sendmail's message.
    var error: [UInt8]?
  }

  /// The numbers by name, in lower case.
  private var numbers: [String: Int] = [:]
  private var next = 2 * limit

  /// Takes the rule set at the start of `text`: a number, a name, or a name and its number.
  mutating func take(_ text: some Collection<UInt8>) -> Result {
    let text = Array(text)
    let start = text.firstIndex { !ASCII.isSpace($0) } ?? text.count
    let rest = text[start...]
    guard let first = rest.first, ASCII.isDigit(first) else { return take(name: rest) }
    let number = Int(Int32(truncatingIfNeeded: OptionValue.long(rest)))
    guard (0..<Self.limit).contains(number) else {
      return Result(error: Array("bad ruleset \(number) (\(Self.limit) max)".utf8))
    }
    return Result(number: number, length: rest.drop(while: ASCII.isDigit).startIndex)
  }

  private mutating func take(name rest: ArraySlice<UInt8>) -> Result {
    let name = rest.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.underscore }
    guard let first = name.first, ASCII.isLetter(first) else {
      return Result(
        error: Array("invalid ruleset name: \"".utf8) + rest.prefix(20) + [ASCII.doubleQuote])
    }
    let end = rest[name.endIndex...].drop(while: ASCII.isSpace)
    // Blanks after the name end the text that sendmail shows.
    let shown = end.startIndex > name.endIndex ? name : rest
    let key = OptionWords.folded(name)
    let known = numbers[key]
    var result = Result(number: known, length: end.startIndex)
    if end.first == ASCII.equals {
      result = Self.definition(end.dropFirst().drop(while: ASCII.isSpace), shown: shown)
    } else if known == nil {
      next -= 1
      if next < Self.limit {
        result.error = shown + Array(": too many named rulesets (\(Self.limit) max)".utf8)
      } else {
        result.number = next
      }
    }
    if let known, let number = result.number, number != known {
      result.error = shown + Array(": ruleset changed value (old \(known), new \(number))".utf8)
      result.number = known
    }
    if let number = result.number { numbers[key] = number }
    return result
  }

  private static func definition(_ text: ArraySlice<UInt8>, shown: ArraySlice<UInt8>) -> Result {
    guard let first = text.first, ASCII.isDigit(first) else {
      return Result(
        error: Array("bad ruleset definition \"".utf8) + shown
          + Array("\" (number required after `=')".utf8))
    }
    let number = Int(Int32(truncatingIfNeeded: OptionValue.long(text)))
    guard (0..<limit).contains(number) else {
      return Result(
        error: Array("bad ruleset number \(number) in \"".utf8) + shown
          + Array("\" (\(limit) max)".utf8))
    }
    return Result(number: number, length: text.drop(while: ASCII.isDigit).startIndex)
  }
}
