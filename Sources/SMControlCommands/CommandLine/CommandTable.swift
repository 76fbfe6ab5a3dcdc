// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The commands there are.
enum CommandTable {
  /// The commands of smcontrol, in the order in which they are listed.
  static let commands: [CommandSpec] = [
    .status, .mstat, .help, .memdump, .restart, .shutdown, .start, .send, .config, .queues, .stats,
    .audit, .check, .metrics, .schema,
  ]

  /// The commands that only the shell has.
  static let shellCommands: [CommandSpec] = [.use, .format, .timeout, .history, .quit]

  /// The options of smcontrol without a command.
  static let startOptions = ShellOptions.all + SessionOptions.all

  /// The commands that can be typed at `place`.
  static func commands(in place: CommandLineParser.Place) -> [CommandSpec] {
    place == .program ? commands : commands + shellCommands
  }

  /// The command that `word` means: its name in upper or lower case, or in the shell so much of the
  /// beginning that only one command has it.
  ///
  /// - Throws: ``UsageError`` with the commands that it could be.
  static func command(
    for word: Word, in place: CommandLineParser.Place
  ) throws(UsageError) -> CommandSpec {
    let commands = commands(in: place)
    if let command = commands.first(where: { $0.isCalled(word) }) { return command }
    let shown = TerminalEscaping.escape(word)
    if place == .shell {
      let begun = commands.filter { $0.isBegun(by: word) }
      let possible = begun.filter { $0.effect != .disruptive && $0.takesAbbreviation }
      if possible.count == 1 { return possible[0] }
      let names = begun.map(\.name).sorted().alternatives
      if !possible.isEmpty { throw UsageError("'\(shown)' is ambiguous: \(names)") }
      if !begun.isEmpty { throw UsageError("'\(shown)': \(names) must be written in full") }
    }
    let nearest = NearestWord.suggestion(for: word, in: commands.flatMap(\.names))
    // As it would be typed in a shell of the system.
    let hint = word.last == UInt8(ascii: ";") ? "; give each command a line of its own" : nearest
    throw UsageError("unknown command '\(shown)'\(hint)")
  }
}

extension CommandSpec {
  /// Returns whether one of its names begins with `word`, in upper or lower case.
  func isBegun(by word: Word) -> Bool {
    !word.isEmpty && names.contains { $0.utf8.starts(with: word.lazy.map(ASCII.lowercased)) }
  }
}
