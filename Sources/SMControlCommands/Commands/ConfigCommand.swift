// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol config`
struct ConfigCommand: Command {
  let connection: ConnectionOptions

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let resolved = try ConfigurationChoice(connection, context.environment).read()
    let queues = QueueDirectories(of: resolved.configuration, in: .live)
    let status = try await output.show(Outcome(ConfigurationListing(resolved, queues: queues)))
    context.warn(of: resolved, queues: queues)
    return status
  }
}

extension CommandSpec {
  static let config = CommandSpec(
    name: "config", summary: "Explain the configuration: every option in force, and what set it.",
    discussion: """
      The file is read as sendmail itself reads it. Off a terminal each option is a line \
      "Name=value"; JSON and the table name the file and the line that set it. Then come the \
      control socket and the base queue directory, resolved. What sendmail would complain of is \
      said on standard error.
      """,
    example: "config -Ac --format json", formats: .finding, options: ConnectionOptions.local
  ) { line throws(UsageError) in
    ConfigCommand(connection: try ConnectionOptions(line))
  }
}
