// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol help`
struct HelpCommand: Command {
  static let daemon = OptionSpec("--daemon", help: "Show the daemon's own help.")

  let connection: ConnectionOptions
  /// The command to explain.
  let command: Word?
  /// True if the daemon is asked.
  let asksDaemon: Bool
  /// True if a query is made that makes the daemon refuse SMTP connections.
  let isForced: Bool

  var formats: Formats? { asksDaemon ? nil : .finding }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    if let command {
      return try await output.show(Outcome(try explanation(of: command, in: context)))
    }
    guard asksDaemon else { return try await output.show(Outcome(overview(in: context, output))) }
    let target = try Target(connection, context: context)
    try target.checkChildLimit(isForced: isForced)
    return try await output.show(
      try target.plainReply(to: "help", ControlCommand.help.requestBytes))
  }

  private func overview(in context: CommandContext, _ output: Output) -> CommandExplanation {
    let list = CommandList(place: context.shell == nil ? .program : .shell)
    return CommandExplanation(command: "help", text: list.text(output.style))
  }

  private func explanation(
    of word: Word, in context: CommandContext
  ) throws(CommandFailure) -> CommandExplanation {
    var place: CommandLineParser.Place = context.shell == nil ? .program : .shell
    // The commands of the shell can be explained outside it, too.
    if CommandTable.shellCommands.contains(where: { $0.isCalled(word) }) { place = .shell }
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
    name: "help", summary: "List the commands, or explain one.",
    discussion: "With --daemon the daemon is asked for its own help.",
    example: "help status", formats: .reply,
    options: [HelpCommand.daemon, QueryOption.query] + ConnectionOptions.all,
    arguments: [
      ArgumentSpec(
        name: "command", help: "The command to explain.", candidates: .command, isOptional: true)
    ],
    rules: [
      .needs(
        ConnectionOptions.all.filter { $0.traits.contains(.namesDaemon) }
          + [ConnectionOptions.timeout.spec, ConnectionOptions.verbose, QueryOption.query],
        oneOf: [HelpCommand.daemon])
    ]
  ) { line throws(UsageError) in
    guard !line[HelpCommand.daemon] || line.arguments.isEmpty else {
      throw UsageError("--daemon takes no command: the daemon's help is about all of its own")
    }
    return HelpCommand(
      connection: try ConnectionOptions(line), command: line.arguments.first,
      asksDaemon: line[HelpCommand.daemon], isForced: line[QueryOption.query])
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
