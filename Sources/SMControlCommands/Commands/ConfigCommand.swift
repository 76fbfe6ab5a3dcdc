// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// `smcontrol config`
struct ConfigCommand: Command {
  static let check = OptionSpec(
    "--check",
    help: "Print only what is wrong, and whether a daemon would start; exit with 1 when not.")

  let connection: ConnectionOptions
  /// True if only the outcome of a start is asked for.
  let checks: Bool

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let choice = ConfigurationChoice(connection, in: context)
    let resolved = try choice.read()
    let queues = QueueDirectories(of: resolved.configuration, in: choice.files)
    guard !context.interruption.hasHappened else { throw CommandFailure(.interrupted, []) }
    if checks {
      let report = StartupReport(
        resolved.configuration, queues: queues, unseen: choice.files.unseenPaths)
      return try await output.show(Outcome(report, status: ExitStatus(report)))
    }
    let status = try await output.show(Outcome(ConfigurationReport(resolved, queues: queues)))
    let configuration = resolved.configuration
    context.warn(of: configuration.startup(with: queues).messages, file: configuration.file)
    for note in configuration.notes where context.shell?.shouldWarn(note) != false {
      context.console.complain(["note: \(note)"])
    }
    return status
  }
}

extension CommandSpec {
  static let config = CommandSpec(
    name: "config", summary: "List every option in force, and the line that sets it.",
    discussion: """
      The file is read as sendmail itself reads it. Off a terminal each option is a line \
      "Name=value"; JSON and the table name the file and the line that set it. Then come the \
      control socket and the base queue directory, resolved. What sendmail would complain of is \
      said on standard error. With --check only that is printed, and whether a daemon would start: \
      use it before a restart, as in "smcontrol config --check && smcontrol restart --wait".
      """,
    example: "config -Ac --format json", formats: .finding,
    options: [ConfigCommand.check] + ConnectionOptions.local
  ) { line throws(UsageError) in
    ConfigCommand(
      connection: try ConnectionOptions(line), checks: line[ConfigCommand.check])
  }
}
