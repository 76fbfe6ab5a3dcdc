// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// The root of the command tree: the one grammar that argv, `--help` and completions share.
struct SMControl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smcontrol",
    abstract: "Ask and steer the sendmail daemon through its control socket.",
    discussion: """
      Options may stand before or after the command. The socket is the one that -f names, else \
      SMCONTROL_SOCKET, else ControlSocketName in the configuration file.
      """,
    version: "smcontrol \(Version.text)",
    subcommands: [
      StatusCommand.self, MstatCommand.self, HelpCommand.self, MemdumpCommand.self,
      RestartCommand.self, ShutdownCommand.self, StartCommand.self, SendCommand.self,
      ConfigCommand.self,
    ])

  @OptionGroup var connection: ConnectionOptions

  /// The names of the commands, in the order in which they are listed.
  static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// The command of this name, in any case, or `nil`.
  static func command(named name: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0.configuration.commandName == name.lowercased() }
  }
}
