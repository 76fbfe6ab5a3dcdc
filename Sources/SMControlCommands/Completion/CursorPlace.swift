// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The end of a line up to the cursor: the word that is begun there, and what it can become.
struct CursorPlace {
  /// The word as far as it is typed, without its quotes; empty after a blank.
  let word: String
  /// True if the cursor is within quotes.
  let isQuoted: Bool
  /// The kind of word that can stand there.
  let expected: Expected

  /// A kind of word that can stand at a place in a line.
  enum Expected {
    /// A command.
    case command
    /// The value of an option, which may follow so much of the same word: `--format=`, `-A`.
    case value(OptionSpec, Candidates, prefix: String)
    /// An argument, or an option that has not been given yet.
    case word(ArgumentSpec?, [OptionSpec])
    /// A file that the output goes into.
    case outputFile
    /// A program that the output goes to.
    case program
    /// An argument of that program.
    case programArgument
    /// Nothing: after a complete redirection, in a comment, after a backslash or a word that is wrong.
    case nothing
  }

  /// The end of `text`, a line of the shell.
  init(shellLine text: String) {
    let scanned = ScannedLine(text, isCommand: true)
    var tokens = scanned.tokens
    word = Self.removeWord(from: &tokens, endOfLine: text.utf8.count)
    isQuoted = scanned.quote != nil
    expected =
      if scanned.endsInComment || scanned.backslash != nil {
        .nothing
      } else if let sign = tokens.firstIndex(where: { $0.kind != .word }) {
        Self.destination(tokens[sign...])
      } else {
        Self.expected(word, after: tokens.map { Array($0.text.utf8) }, in: .shell)
      }
  }

  /// The end of `text`, a command line of another shell: the program's name, with anything before it such
  /// as `sudo`, and its arguments.
  init(programLine text: String) {
    let scanned = ScannedLine(text, isCommand: false)
    var tokens = scanned.tokens
    word = Self.removeWord(from: &tokens, endOfLine: text.utf8.count)
    isQuoted = scanned.quote != nil
    let program = tokens.firstIndex { $0.text == "smcontrol" || $0.text.hasSuffix("/smcontrol") }
    let words = tokens[(program ?? tokens.startIndex)...].dropFirst()
    expected =
      scanned.backslash != nil || tokens.isEmpty
      ? .nothing : Self.expected(word, after: words.map { Array($0.text.utf8) }, in: .program)
  }

  private static func removeWord(
    from tokens: inout [ScannedLine.Token], endOfLine end: Int
  ) -> String {
    guard let last = tokens.last, last.kind == .word, last.range.upperBound == end else {
      return ""
    }
    tokens.removeLast()
    return last.text
  }

  private static func destination(_ tokens: ArraySlice<ScannedLine.Token>) -> Expected {
    let operands = tokens.dropFirst()
    guard operands.allSatisfy({ $0.kind == .word }) else { return .nothing }
    if tokens.first?.kind == .pipe { return operands.isEmpty ? .program : .programArgument }
    return operands.isEmpty ? .outputFile : .nothing
  }

  private static func expected(
    _ word: String, after words: [Word], in place: CommandLineParser.Place
  ) -> Expected {
    var parser = CommandLineParser(place)
    for earlier in words {
      do {
        try parser.read(earlier)
      } catch {
        // An option that is wrong changes nothing for the words after it.
        guard CommandLineParser.isOption(earlier) else { return .nothing }
      }
    }
    return parser.expected(word)
  }
}

extension CommandLineParser {
  /// Returns the kind of word that can follow the words so far, where `word` has been typed of it.
  fileprivate func expected(_ word: String) -> CursorPlace.Expected {
    // A value that may be left out is typed when its word is begun.
    let mayHaveValue = pending?.traits.contains(.optionalValue) == true
    if let pending, !mayHaveValue || !(word.isEmpty || word.hasPrefix("-")) {
      return .value(pending, candidates(for: pending), prefix: "")
    }
    let left = options.filter { $0.traits.contains(.repeated) || !(line[$0] || $0 == pending) }
    if !hasTerminator, let value = joinedValue(word) { return value }
    guard let command else { return word.hasPrefix("-") ? .word(nil, left) : .command }
    return .word(
      command.argument(after: line.arguments.count, hasTerminator: hasTerminator),
      hasTerminator ? [] : left)
  }

  /// The value in a word with its option: `--format=js`, `-Ac`, `-vf/tmp`.
  private func joinedValue(_ word: String) -> CursorPlace.Expected? {
    if word.hasPrefix("--") {
      guard let sign = word.firstIndex(of: "=") else { return nil }
      let name = word[..<sign]
      guard let option = option(named: name.utf8), option.valueName != nil else { return .nothing }
      return .value(option, candidates(for: option), prefix: name + "=")
    }
    guard word.hasPrefix("-") else { return nil }
    for (index, letter) in zip(word.utf8.indices, word.utf8).dropFirst() {
      guard let option = option(named: [ASCII.minus, letter]) else { return nil }
      guard option.valueName != nil else { continue }
      let end = word.utf8.index(after: index)
      let isSeparate = end == word.endIndex && option.name.hasPrefix("--")
      return isSeparate
        ? nil : .value(option, candidates(for: option), prefix: String(word[..<end]))
    }
    return nil
  }

  private func candidates(for option: OptionSpec) -> Candidates {
    command?.candidates(for: option) ?? option.candidates
  }
}
