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

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let console = context.console
    let resolved = try ConfigurationChoice(connection, context.environment).read()
    let queues = QueueDirectories(of: resolved.configuration, in: .live)
    let listing = ConfigurationListing(resolved)
    switch connection.format ?? console.defaultFormat {
    case .json: try console.writeJSON(ConfigurationReport(resolved, queues: queues))
    case .terminal: try console.write(listing.terminal)
    case .classic, .raw: try console.write(listing.classic)
    }
    context.warn(of: resolved, queues: queues)
    return .ok
  }
}
