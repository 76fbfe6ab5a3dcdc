// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// The root of the command tree: the one grammar that argv, `--help` and completions share.
struct SMControl: ParsableCommand {
  /// The program's name.
  static let name = "smcontrol"

  /// The commands, in the order in which they are listed.
  static let commands: [any ControlSubcommand.Type] = [
    StatusCommand.self, MstatCommand.self, HelpCommand.self, MemdumpCommand.self,
    RestartCommand.self, ShutdownCommand.self, StartCommand.self, SendCommand.self,
    ConfigCommand.self, QueuesCommand.self, AuditCommand.self,
  ]

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Ask and steer the sendmail daemon through its control socket.",
    discussion: """
      Without a command it is a shell, where the same commands are typed; its standard input may \
      be a file of them. Options may stand before or after the command. The socket is the one that -f names, else \
      SMCONTROL_SOCKET, else ControlSocketName in the configuration file.
      """,
    version: "\(name) \(Version.text)",
    subcommands: commands)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var display: DisplayOptions
  @OptionGroup var shell: ShellStartOptions

  /// The names of the commands, in the order in which they are listed.
  static var commandNames: [String] {
    commands.compactMap { $0.configuration.commandName }
  }

  /// The command of this name, in any case, or `nil`.
  static func command(named name: String) -> (any ControlSubcommand.Type)? {
    commands.first { $0.configuration.commandName == name.lowercased() }
  }
}
