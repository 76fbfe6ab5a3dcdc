// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// `smcontrol mstat`
struct MstatCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "mstat", _superCommandName: SMControl.name,
    abstract: "Show the same as status, with every queue and file system.")

  @OptionGroup var connection: ConnectionOptions

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    return try StatusInquiry(command: .mstat, target: target, context: context).run()
  }
}
