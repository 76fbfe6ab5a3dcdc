// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// The root of the command tree as the shell has it: the commands of argv, and the shell's own.
struct ShellTree: ParsableCommand {
  /// The commands that only the shell has, in the order in which they are listed.
  static let ownCommands: [any RunnableCommand.Type] = [
    UseCommand.self, FormatCommand.self, TimeoutCommand.self, HistoryCommand.self,
    QuitCommand.self,
  ]

  /// All commands, in the order in which they are listed.
  static let commands: [any RunnableCommand.Type] = SMControl.commands + ownCommands

  static let configuration = CommandConfiguration(
    commandName: SMControl.name, subcommands: commands)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var display: DisplayOptions

  /// Commands that are only run when their name is written whole: they stop or start the mail system.
  static let wholeNames: Set<String> = [
    RestartCommand.name, ShutdownCommand.name, StartCommand.name,
  ]

  /// All names, those that are another name of a command included.
  static var names: [String] { commands.flatMap { [$0.name] + $0.configuration.aliases } }

  /// The command that `word` means: its name in any case, or so much of the name's beginning that only
  /// one command has it.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage``, which says what it could be.
  static func command(
    for word: String
  ) throws(CommandFailure) -> any RunnableCommand.Type {
    let typed = word.lowercased()
    if let command = commands.first(where: { $0.isCalled(typed) }) { return command }
    let beginning = typed.isEmpty ? [] : names.filter { $0.hasPrefix(typed) }
    let possible = beginning.filter { !wholeNames.contains($0) }
    if possible.count == 1, let command = commands.first(where: { $0.isCalled(possible[0]) }) {
      return command
    }
    let shown = HarmlessText.make(word.utf8)
    if possible.count > 1 {
      throw CommandFailure(
        .usage, "\(shown): it could be \(beginning.sorted().joined(separator: ", "))")
    }
    if !beginning.isEmpty {
      throw CommandFailure(
        .usage,
        "\(shown): \(beginning.joined(separator: " or ")) must be written whole")
    }
    let nearest = NearestWord.find(word, in: names).map { "; did you mean \($0)?" } ?? ""
    throw CommandFailure(
      .usage, ["\(shown): no such command\(nearest)", #""help" lists the commands"#])
  }
}

extension RunnableCommand {
  /// Whether this is its name or another one of it.
  fileprivate static func isCalled(_ word: String) -> Bool {
    name == word || configuration.aliases.contains(word)
  }
}
