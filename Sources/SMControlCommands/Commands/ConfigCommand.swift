// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol config`
struct ConfigCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "config", _superCommandName: SMControl.name,
    abstract: "Explain the configuration: every option in force, and what set it.",
    discussion: """
      The file is read as sendmail itself reads it. Off a terminal each option is a line \
      "Name=value"; JSON and the table name the file and the line that set it. Then come the \
      control socket and the base queue directory, resolved. What sendmail would complain of is \
      said on standard error.
      """)

  static let onlyLooks = true

  static let example = "config -Ac --format json"

  @OptionGroup var connection: ConnectionOptions

  var formats: Formats { .finding }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let resolved = try ConfigurationChoice(connection, context.environment).read()
    let queues = QueueDirectories(of: resolved.configuration, in: .live)
    let status = try await output.show(Outcome(ConfigurationListing(resolved, queues: queues)))
    context.warn(of: resolved, queues: queues)
    return status
  }
}
