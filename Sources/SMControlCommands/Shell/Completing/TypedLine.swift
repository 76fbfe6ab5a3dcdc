// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// A line up to the cursor, and what can stand at its end.
struct TypedLine {
  /// The word at the cursor as far as it is typed, without its quotes; empty behind a blank.
  let word: String
  /// Whether the cursor is within quotes.
  let isQuoted: Bool
  /// What can stand there.
  let place: Place

  /// A place in a line.
  enum Place {
    /// A command.
    case command
    /// An option of a command, or one of its arguments, the next of which is given; the options of the
    /// line so far are not to be given again.
    case word(of: Grammar.Command, argument: Grammar.Argument?, options: [Grammar.Option])
    /// The value of an option, which may stand behind so much of the same word: `--format=`, `-A`.
    case value(of: Grammar.Option, prefix: String)
    /// The name of a file that the output goes into.
    case outputFile
    /// A program that the output goes to.
    case program
    /// An argument of that program.
    case programArgument
    /// Nothing: behind a complete redirection, in a comment, behind a backslash, or behind a word that
    /// is no command.
    case nothing
  }

  init(_ text: String, grammar: Grammar) {
    let scanned = ScannedLine(text, isCommand: true)
    var tokens = scanned.tokens
    var word = ""
    if let last = tokens.last, last.kind == .word, last.range.upperBound == text.utf8.count {
      word = last.text
      tokens.removeLast()
    }
    self.word = word
    isQuoted = scanned.quote != nil
    if scanned.endsInComment || scanned.backslash != nil {
      place = .nothing
    } else if let sign = tokens.firstIndex(where: { $0.kind != .word }) {
      place = Self.place(behind: tokens[sign...])
    } else {
      place = Self.place(of: word, behind: tokens.map(\.text), grammar)
    }
  }

  private static func place(behind tokens: ArraySlice<ScannedLine.Token>) -> Place {
    let operands = tokens.dropFirst()
    guard operands.allSatisfy({ $0.kind == .word }) else { return .nothing }
    if tokens.first?.kind == .pipe { return operands.isEmpty ? .program : .programArgument }
    return operands.isEmpty ? .outputFile : .nothing
  }

  private static func place(
    of word: String, behind words: [String], _ grammar: Grammar
  ) -> Place {
    var command: Grammar.Command?
    var used: [String] = []
    var argumentCount = 0
    var isBehindTerminator = false
    var awaiting: Grammar.Option?
    for earlier in words {
      let options = command?.options ?? grammar.options
      if awaiting != nil {
        awaiting = nil
      } else if isBehindTerminator {
        argumentCount += 1
      } else if earlier == "--" {
        isBehindTerminator = true
      } else if earlier.hasPrefix("-"), earlier.count > 1 {
        let name = String(earlier.prefix { $0 != "=" })
        let option = options.first { $0.names.contains(name) }
        used += option?.names ?? []
        if let option, option.valueName != nil, name == earlier { awaiting = option }
      } else if command == nil {
        guard let type = try? ShellTree.command(for: earlier),
          let found = grammar.command(named: type.name)
        else { return .nothing }
        command = found
      } else {
        argumentCount += 1
      }
    }
    if let awaiting { return .value(of: awaiting, prefix: "") }
    let options = command?.options ?? grammar.options
    if !isBehindTerminator, let place = joinedValue(word, options) { return place }
    let left = options.filter { $0.isRepeating || !used.contains($0.names[0]) }
    guard let command else {
      guard word.hasPrefix("-") else { return .command }
      let line = Grammar.Command(name: "", meaning: "", options: left, arguments: [])
      return .word(of: line, argument: nil, options: left)
    }
    return .word(
      of: command,
      argument: command.argument(number: argumentCount, isBehindTerminator: isBehindTerminator),
      options: isBehindTerminator ? [] : left)
  }

  /// `--format=js` and `-Ac`, where a value stands in the same word as its option.
  private static func joinedValue(_ word: String, _ options: [Grammar.Option]) -> Place? {
    if word.hasPrefix("--"), let sign = word.firstIndex(of: "=") {
      let name = String(word[..<sign])
      guard let option = options.first(where: { $0.names.contains(name) }),
        option.valueName != nil
      else { return .nothing }
      return .value(of: option, prefix: name + "=")
    }
    guard word.count >= 2, !word.hasPrefix("--"),
      let option = options.first(where: { option in
        option.isJoined && option.names.contains { word.hasPrefix($0) }
      })
    else { return nil }
    return .value(of: option, prefix: option.names[0])
  }
}

extension Grammar.Command {
  /// The argument that comes behind `count` others.
  fileprivate func argument(number count: Int, isBehindTerminator: Bool) -> Grammar.Argument? {
    let possible = arguments.filter { isBehindTerminator || !$0.isBehindTerminator }
    if count < possible.count { return possible[count] }
    return possible.last.flatMap { $0.isRepeating ? $0 : nil }
  }
}
