// SPDX-License-Identifier: Apache-2.0

/// One side of a rewriting rule as sendmail takes it apart (`prescan` in `parseaddr.c`), as far as it matters whether
/// the rule is valid: the operators among its tokens.
struct RuleTokens {
  /// A token that is an operator.
  enum Operator: Equatable {
    /// `$*`, `$+`, `$-`, `$=` or `$~`: matches, and can be put in on the other side.
    case match(UInt8)
    /// `$1` to `$9`, and `$0`.
    case replacement(UInt8)
    /// `$@`
    case canonicalHost
    /// `$:`
    case canonicalUser
    /// `$[` or `$(`
    case lookupBegin(UInt8)
    /// `$]` or `$)`
    case lookupEnd(UInt8)
    /// `$>` or `$.`
    case other(UInt8)

    init?(_ mark: UInt8, followedBy next: UInt8?) {
      switch mark {
      case 0x90: self = .match(UInt8(ascii: "*"))
      case 0x91: self = .match(UInt8(ascii: "+"))
      case 0x92: self = .match(UInt8(ascii: "-"))
      case 0x93: self = .match(UInt8(ascii: "="))
      case 0x94: self = .match(UInt8(ascii: "~"))
      case 0x95: self = .replacement(next ?? 0)
      case 0x97: self = .canonicalHost
      case 0x98: self = .canonicalUser
      case 0x99: self = .other(UInt8(ascii: ">"))
      case 0x9A: self = .other(UInt8(ascii: "?"))
      case 0x9C: self = .other(UInt8(ascii: "."))
      case 0x9D: self = .lookupBegin(UInt8(ascii: "["))
      case 0x9E: self = .lookupEnd(UInt8(ascii: "]"))
      case 0x85: self = .lookupBegin(UInt8(ascii: "("))
      case 0x86: self = .lookupEnd(UInt8(ascii: ")"))
      default: return nil
      }
    }
  }

  /// A side that sendmail does not take apart.
  enum Failure: Error, Equatable {
    /// It has no token.
    case empty
    /// It has too many, or one that is too long; the text is sendmail's.
    case tooLong(String)
  }

  /// The first configuration level at which parentheses in a rule are no comment.
  private static let firstLevelWithoutComments = 9
  /// The most tokens (`MAXATOM`).
  private static let most = 1000
  /// The longest token, in bytes (`MAXNAME`).
  private static let longest = 256
  /// The operators that take the next byte with them, whatever it is: `$=`, `$~`, `$1` and `$&`.
  private static let marksWithArgument: Set<UInt8> = [0x82, 0x93, 0x94, 0x95]

  /// The operators, in order.
  private(set) var operators: [Operator] = []

  private var tokens = 0
  private var length = 0
  private var isInToken = false

  /// The tokens of `text`, whose macros have been put in.
  ///
  /// - Throws: ``Failure``.
  init(_ text: [UInt8], level: Int) throws(Failure) {
    let hasComments = level < Self.firstLevelWithoutComments
    var comments = 0
    var angles = 0
    var isQuoted = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == ASCII.backslash, index == text.count {
        break
      } else if byte == ASCII.backslash || byte == LineTranslation.quoteMark {
        // The next byte means nothing by itself.
        let end = min(index + 1, text.count)
        if comments == 0 { try take(end - index + 1) }
        index = end
      } else if isQuoted {
        try take(1)
        if byte == ASCII.doubleQuote { (isQuoted, isInToken) = (false, false) }
      } else if hasComments, byte == UInt8(ascii: "(") {
        comments += 1
      } else if comments > 0 {
        if byte == UInt8(ascii: ")") { comments -= 1 }
      } else if hasComments, byte == UInt8(ascii: ")") {
        // Nothing was opened.
      } else if byte == ASCII.doubleQuote {
        try begin()
        isQuoted = true
      } else if byte == ASCII.tab, angles == 0 {
        // It can only come of a macro.
        break
      } else if ASCII.isSpace(byte) {
        isInToken = false
      } else if (0x80...0x9F).contains(byte) {
        let next = index < text.count ? text[index] : nil
        try begin()
        isInToken = false
        if let found = Operator(byte, followedBy: next) { operators.append(found) }
        if Self.marksWithArgument.contains(byte) { index += 1 }
      } else {
        if byte == UInt8(ascii: "<") { angles += 1 }
        if byte == UInt8(ascii: ">"), angles > 0 { angles -= 1 }
        try take(1)
      }
    }
    guard tokens > 0 else { throw .empty }
  }

  /// Begins a token, with one byte.
  private mutating func begin() throws(Failure) {
    guard tokens < Self.most else { throw .tooLong("too many tokens") }
    tokens += 1
    length = 1
    isInToken = true
  }

  /// Adds `count` bytes to the token, or begins one with them.
  private mutating func take(_ count: Int) throws(Failure) {
    if isInToken {
      length += count
    } else {
      try begin()
      length = count
    }
    guard length <= Self.longest else { throw .tooLong("token too long") }
  }
}
