// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// `smcontrol queues`
struct QueuesCommand: DisplayingSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "queues", _superCommandName: SMControl.name,
    abstract: "Count what waits in the queue directories of the configuration.",
    discussion: """
      The directories themselves are read, so that it works while the daemon is down; where one \
      answers, its own counts stand beside them. Nothing is locked or changed. Control files are \
      only opened for --by-domain, --by-sender-domain and --by-status. Who may not see the queue by \
      mailq may not see it here.
      """)

  static let onlyLooks = true

  static let example = "queues --by-domain --top 5"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var queues: QueueOptions
  @OptionGroup var display: DisplayOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    try await QueuesInquiry(
      connection: connection, options: queues, display: display, context: context
    ).run()
  }

  func validate() throws {
    if queues.all && connection.kind != nil {
      throw ValidationError("--all looks at both queues, and -A names one")
    }
  }
}
