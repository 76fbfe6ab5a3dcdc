// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// Reads a command line word by word; the same for argv, for lines of the shell, and for completion,
/// which reads the words before the cursor and then asks what can follow.
struct CommandLineParser {
  /// The place where the line was typed.
  let place: Place
  /// The command, once it has been read.
  private(set) var command: CommandSpec?
  /// The options and arguments so far.
  private(set) var line = ParsedLine()
  /// The option whose value is the next word.
  private(set) var pending: OptionSpec?
  /// True once `--` has been read.
  private(set) var hasTerminator = false
  private var question: Request?

  /// A place where lines are typed.
  enum Place: Sendable {
    /// The arguments of smcontrol.
    case program
    /// The shell, where commands can be abbreviated, and some are only there.
    case shell
  }

  /// The request that a line makes.
  enum Request {
    /// A command.
    case command(CommandSpec, ParsedLine)
    /// The shell, with options for all its lines.
    case shell(ParsedLine)
    /// Help, about a command or about all.
    case help(CommandSpec?)
    /// The version.
    case version
  }

  init(_ place: Place) {
    self.place = place
  }

  /// Returns the request that `words` make.
  ///
  /// - Throws: ``UsageError``.
  static func parse(
    _ words: some Sequence<Word>, in place: Place
  ) throws(UsageError) -> Request {
    var parser = CommandLineParser(place)
    do throws(UsageError) {
      for word in words { try parser.read(word) }
      return try parser.finish()
    } catch {
      throw error.of(parser.command)
    }
  }

  /// The command and the format that `words` ask for, whatever else is wrong with them.
  static func intent(
    of words: some Sequence<Word>, in place: Place
  ) -> (command: CommandSpec?, format: OutputFormat?) {
    var parser = CommandLineParser(place)
    for word in words { try? parser.read(word) }
    return (parser.command, try? parser.line[ConnectionOptions.format])
  }

  // MARK: Words

  /// Reads the next word.
  ///
  /// - Throws: ``UsageError``. Nothing that follows `--help` is an error.
  mutating func read(_ word: Word) throws(UsageError) {
    do throws(UsageError) {
      try take(word)
    } catch {
      guard question != nil else { throw error }
    }
  }

  private mutating func take(_ word: Word) throws(UsageError) {
    if let option = pending, option.traits.contains(.optionalValue), Self.isOption(word) {
      pending = nil
      line.add(withoutValue: option)
    }
    if let option = pending {
      guard option.traits.contains(.anyWord) || !Self.isOption(word) else {
        throw UsageError("\(option.name) needs a value, found '\(TerminalEscaping.escape(word))'")
      }
      pending = nil
      line.add(option, word)
    } else if hasTerminator || !Self.isOption(word) {
      try takeOperand(word)
    } else if word.elementsEqual("--".utf8) {
      hasTerminator = true
    } else if word[1] == ASCII.minus {
      try takeLongOption(word)
    } else {
      try takeLetters(word.dropFirst())
    }
  }

  /// Returns true for a word with the form of an option: a dash and more, but no negative number.
  static func isOption(_ word: Word) -> Bool {
    guard word.count > 1, word[0] == ASCII.minus else { return false }
    return !word.dropFirst().allSatisfy { ASCII.isDigit($0) || $0 == ASCII.dot }
  }

  private mutating func takeOperand(_ word: Word) throws(UsageError) {
    guard let command else { return try take(command: word) }
    guard command.argument(after: line.arguments.count, hasTerminator: hasTerminator) != nil else {
      let hint =
        command.arguments.contains(where: \.followsTerminator)
        ? "; \(command.arguments[0].name)s follow --" : ""
      throw UsageError("unexpected argument '\(TerminalEscaping.escape(word))'\(hint)")
    }
    line.add(argument: word)
  }

  private mutating func take(command word: Word) throws(UsageError) {
    let command = try CommandTable.command(for: word, in: place)
    self.command = command
    // What was typed before the command could be an option of any.
    for given in line.given where !command.takes(given.option) {
      if ShellOptions.all.contains(given.option) {
        throw UsageError("\(given.option.name) is for smcontrol without a command")
      }
      throw unknown(given.option.name)
    }
  }

  private mutating func takeLongOption(_ word: Word) throws(UsageError) {
    let name = word.prefix { $0 != ASCII.equals }
    guard let option = option(named: name) else { throw unknown(TerminalEscaping.escape(name)) }
    if name.count < word.count {
      guard option.valueName != nil else { throw UsageError("\(option.name) takes no value") }
      line.add(option, Word(word[name.endIndex...].dropFirst()))
    } else {
      note(option)
    }
  }

  /// Reads the letters of one word, the last of which may have a value.
  private mutating func takeLetters(_ letters: ArraySlice<UInt8>) throws(UsageError) {
    var value = letters
    while let letter = value.popFirst() {
      guard let option = option(named: [ASCII.minus, letter]) else {
        throw unknown("-" + TerminalEscaping.escape([letter]))
      }
      guard option.valueName != nil, !value.isEmpty else {
        note(option)
        continue
      }
      if value.first == ASCII.equals, !option.traits.contains(.verbatim) { value.removeFirst() }
      return line.add(option, Word(value))
    }
  }

  private mutating func note(_ option: OptionSpec) {
    if option == .help || option == .version {
      if question == nil { question = option == .help ? .help(nil) : .version }
    } else if option.valueName == nil {
      line.add(option)
    } else {
      pending = option
    }
  }

  // MARK: Options

  /// The options that can be given at this point.
  var options: [OptionSpec] {
    let general: [OptionSpec] = place == .program ? [.help, .version] : [.help]
    if let command { return command.options + general }
    return (place == .program ? CommandTable.startOptions : SessionOptions.all) + general
  }

  /// The option called `name` that can be given at this point; before the command it can be any command's.
  func option(named name: some Sequence<UInt8>) -> OptionSpec? {
    if let option = options.first(where: { $0.isCalled(name) }) { return option }
    guard command == nil else { return nil }
    return CommandTable.commands(in: place).lazy.flatMap(\.options).first { $0.isCalled(name) }
  }

  private func unknown(_ name: String) -> UsageError {
    let owners = CommandTable.commands(in: place)
      .filter { $0.options.contains { $0.isCalled(name.utf8) } }
    let hint =
      switch owners.count {
      case 0: NearestWord.suggestion(for: name.utf8, in: options.flatMap(\.names))
      case ...4: ", an option of \(owners.map(\.name).joined(with: "and"))"
      default: ", which other commands have"
      }
    return UsageError("unknown option '\(name)'\(hint)")
  }

  // MARK: The end

  /// Returns the request that the words make, after the last of them.
  ///
  /// - Throws: ``UsageError`` for what is missing.
  func finish() throws(UsageError) -> Request {
    switch question {
    case .help: return .help(command)
    case let question?: return question
    case nil: break
    }
    var line = line
    if let pending {
      guard pending.traits.contains(.optionalValue) else {
        throw UsageError("\(pending.name) needs a value")
      }
      line.add(withoutValue: pending)
    }
    guard let command else { return try finishWithoutCommand(line) }
    if let missing = command.arguments.dropFirst(line.arguments.count).first(where: {
      !$0.isOptional
    }) {
      throw UsageError("the argument \(missing.name) is missing")
    }
    return .command(command, line)
  }

  private func finishWithoutCommand(_ line: ParsedLine) throws(UsageError) -> Request {
    guard place == .program else { throw UsageError("expected a command after the options") }
    for given in line.given where !CommandTable.startOptions.contains(given.option) {
      throw UsageError("\(given.option.name) needs a command")
    }
    return .shell(line)
  }
}
