// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// `smcontrol mstat`
struct MstatCommand: DisplayingSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "mstat", _superCommandName: SMControl.name,
    abstract: "Show the same as status, with every queue and file system.")

  static let onlyLooks = true

  static let example = "mstat --kind smtp-server"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var children: SelectionOptions
  @OptionGroup var display: DisplayOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    try await StatusInquiry(
      command: .mstat, connection: connection, children: children, display: display,
      context: context
    ).run()
  }
}
