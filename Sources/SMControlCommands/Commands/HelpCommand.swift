// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol help`
struct HelpCommand: Command {
  let connection: ConnectionOptions
  /// The command to explain.
  let command: Word?

  var formats: Formats? { command == nil ? nil : .finding }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    if let command {
      return try await output.show(Outcome(try explanation(of: command, in: context)))
    }
    if context.shell?.isInteractive == true, output.isForReading {
      return try await ShellHelp(connection: connection, context: context).show(output)
    }
    let target = try Target(connection, context: context)
    return try await output.show(
      try target.plainReply(to: "help", ControlCommand.help.requestBytes))
  }

  private func explanation(
    of word: Word, in context: CommandContext
  ) throws(CommandFailure) -> CommandExplanation {
    let place: CommandLineParser.Place = context.shell == nil ? .program : .shell
    do {
      let command = try CommandTable.command(for: word, in: place)
      return CommandExplanation(
        command: command.name, text: HelpText(place, in: context).text(of: command))
    } catch {
      throw CommandFailure(error.of(.help), in: place)
    }
  }
}

extension CommandSpec {
  static let help = CommandSpec(
    name: "help", summary: "Show the daemon's own help, or explain a command of smcontrol.",
    discussion: """
      Without an argument the daemon is asked; with the name of a command smcontrol explains that \
      command by itself. "smcontrol --help" is always smcontrol's.
      """,
    example: "help status", formats: .reply, options: ConnectionOptions.all,
    arguments: [
      ArgumentSpec(
        name: "command", help: "A command of smcontrol to explain.", candidates: .command,
        isOptional: true)
    ]
  ) { line throws(UsageError) in
    HelpCommand(connection: try ConnectionOptions(line), command: line.arguments.first)
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
    var schema = "smcontrol.help-command/1"
    let command: String
    let lines: [String]
  }
}
