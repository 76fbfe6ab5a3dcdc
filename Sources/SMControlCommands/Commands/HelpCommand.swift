// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

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

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    if let command {
      try context.console.write(try explanation(of: command, context.shell) + "\n")
      return .ok
    }
    let target = try Target(connection, context: context)
    if context.shell?.isInteractive == true, target.format == .terminal {
      return try await ShellHelp(connection: connection, context: context).show()
    }
    return try PlainInquiry(
      command: "help", request: ControlCommand.help.requestBytes, target: target, context: context
    ).run()
  }

  private func explanation(
    of name: String, _ shell: ShellSession?
  ) throws(CommandFailure) -> String {
    if shell != nil {
      let command = try ShellTree.command(for: name)
      return ShellHelp.withoutProgramName(ShellTree.helpMessage(for: command))
        + "\n\nEXAMPLE:\n  \(command.example)"
    }
    guard let command = SMControl.command(named: name) else {
      throw CommandFailure(
        .usage,
        [
          "help: \(HarmlessText.make(name.utf8)): no such command",
          "there are: \(SMControl.commandNames.joined(separator: ", "))",
        ])
    }
    return SMControl.helpMessage(for: command)
      + "\n\nEXAMPLE:\n  \(SMControl.name) \(command.example)"
  }
}
