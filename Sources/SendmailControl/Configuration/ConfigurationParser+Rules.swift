// SPDX-License-Identifier: Apache-2.0

/// `R` lines: rewriting rules. sendmail takes both sides apart when it reads them.
extension ConfigurationParser {
  /// The most operators on the left side that match something (`MAXMATCH`).
  private static let mostMatches = 9
  /// The arguments of a map lookup, its key included (`MAX_MAP_ARGS`).
  private static let mostLookupArguments = 10
  /// The bytes of a text that a message shows at most (`MAXSHORTSTR`).
  private static let shortText = 203

  mutating func takeRule() {
    guard hasRuleset else {
      report(Array("missing valid ruleset for \"".utf8) + text + [ASCII.doubleQuote], at: 0)
      return
    }
    guard let tab = text.firstIndex(of: ASCII.tab) else {
      report(
        Array("invalid rewrite line \"".utf8) + text + Array("\" (tab expected)".utf8), at: 0)
      return
    }
    let matches = takeLeftSide(text[1..<tab])
    // Another tab begins a comment.
    let right = text[tab...].drop { $0 == ASCII.tab }
    takeRightSide(right.prefix { $0 != ASCII.tab }, matches: matches)
  }

  /// Takes the left side in, and returns the number of operators that match something.
  private mutating func takeLeftSide(_ side: ArraySlice<UInt8>) -> Int {
    var matches = 0
    for found in ruleOperators(side, nullMessage: "R line: null LHS") ?? [] {
      let unsuitable: String
      switch found {
      case .match:
        matches += 1
        continue
      case .canonicalHost: continue
      case .replacement: unsuitable = "1-$9"
      case .canonicalUser: unsuitable = ":"
      case .lookupBegin(let sign), .lookupEnd(let sign), .other(let sign):
        unsuitable = String(Character(Unicode.Scalar(sign)))
      }
      report("Inappropriate use of $\(unsuitable) on LHS", at: side.startIndex)
    }
    if matches > Self.mostMatches { report("R line: too many wildcards", at: side.startIndex) }
    return matches
  }

  private mutating func takeRightSide(_ side: ArraySlice<UInt8>, matches: Int) {
    guard let operators = ruleOperators(side, nullMessage: "R line: null RHS") else { return }
    var isInLookup = false
    // The sign that ends the lookup that was begun last.
    var end: UInt8?
    var arguments = 0
    for found in operators {
      switch found {
      case .replacement(let digit):
        guard digit <= UInt8(ascii: "0") || Int(digit - UInt8(ascii: "0")) > matches else { break }
        report(
          "replacement $\(Character(Unicode.Scalar(digit))) out of bounds", at: side.startIndex)
      case .match(let sign):
        report(
          "Inappropriate use of $\(Character(Unicode.Scalar(sign))) on RHS", at: side.startIndex)
      case .lookupBegin(let sign):
        if isInLookup { report("cannot nest map lookups", at: side.startIndex) }
        isInLookup = true
        end = sign == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ")")
        arguments = 0
      case .lookupEnd(let sign):
        guard sign == end else { break }
        (isInLookup, end) = (false, nil)
      case .canonicalHost where isInLookup:
        arguments += 1
        guard arguments >= Self.mostLookupArguments else { break }
        report("too many arguments for map lookup", at: side.startIndex)
      case .canonicalHost, .canonicalUser, .other: break
      }
    }
    if isInLookup { report("missing map closing token", at: side.startIndex) }
  }

  /// Returns the operators of one side of a rule; `nil` when sendmail does not take it apart, which is reported.
  private mutating func ruleOperators(
    _ side: ArraySlice<UInt8>, nullMessage: String
  ) -> [RuleTokens.Operator]? {
    let expansion = expand(side)
    do {
      return try RuleTokens(expansion, level: configuration.level).operators
    } catch {
      if case .tooLong(let reason) = error {
        report(
          Self.shortened(expansion) + Array("... prescan: \(reason)".utf8), at: side.startIndex,
          effect: .warning)
      }
      report(nullMessage, at: side.startIndex)
      return nil
    }
  }

  /// The text with its middle left out, when it is long (`shortenstring`).
  private static func shortened(_ text: [UInt8]) -> [UInt8] {
    guard text.count > shortText else { return text }
    let half = (shortText - 3) / 2
    return text.prefix(half) + Array("...".utf8) + text.suffix(half)
  }
}
