// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol help`
struct HelpCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "help", _superCommandName: SMControl.name,
    abstract: "Show the daemon's own help, or explain a command of smcontrol.",
    discussion: """
      Without an argument the daemon is asked; with the name of a command smcontrol explains that \
      command by itself. "smcontrol --help" is always smcontrol's.
      """)

  static let onlyLooks = true

  static let example = "help status"

  @OptionGroup var connection: ConnectionOptions

  @Argument(
    help: "A command of smcontrol to explain.",
    completion: .list(SMControl.commandNames))
  var command: String?

  var formats: Formats { command == nil ? .reply : .finding }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    if let command {
      return try await output.show(Outcome(try explanation(of: command, context.shell)))
    }
    if context.shell?.isInteractive == true, output.isForReading {
      return try await ShellHelp(connection: connection, context: context).show(output)
    }
    let target = try Target(connection, context: context)
    return try await output.show(
      try target.plainReply(to: "help", ControlCommand.help.requestBytes))
  }

  private func explanation(
    of name: String, _ shell: ShellSession?
  ) throws(CommandFailure) -> CommandExplanation {
    if shell != nil {
      let command = try ShellTree.command(for: name)
      return CommandExplanation(
        command: command.name,
        text: ShellHelp.withoutProgramName(ShellTree.helpMessage(for: command))
          + "\n\nEXAMPLE:\n  \(command.example)\n")
    }
    guard let command = SMControl.command(named: name) else {
      throw CommandFailure(
        .usage,
        [
          "help: \(HarmlessText.make(name.utf8)): no such command",
          "there are: \(SMControl.commandNames.joined(separator: ", "))",
        ])
    }
    return CommandExplanation(
      command: command.name,
      text: SMControl.helpMessage(for: command)
        + "\n\nEXAMPLE:\n  \(SMControl.name) \(command.example)\n")
  }
}

/// The explanation of a command.
struct CommandExplanation: Report {
  let command: String
  let text: String

  var classic: String { text }

  var document: Document {
    Document(
      command: command,
      lines: text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
        String.init))
  }

  /// The explanation in JSON. Members are only ever added.
  struct Document: Encodable, Sendable {
    let schema = "smcontrol.help-command/1"
    let command: String
    let lines: [String]

    private enum CodingKeys: CodingKey { case schema, command, lines }
  }
}
