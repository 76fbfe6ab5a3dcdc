// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `use [SOCKET]`
struct UseCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", _superCommandName: SMControl.name,
    abstract: "Speak to another daemon from now on.",
    discussion: """
      The daemon is named by its control socket, or by the configuration file that names that: with \
      -C, or with -A as sendmail has it. Without anything it says which daemon is meant.
      """)

  static let example = "use -Ac"

  @OptionGroup var connection: ConnectionOptions

  @Argument(
    help: ArgumentHelp("The control socket.", valueName: "socket"), completion: .file())
  var path: String?

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    var wanted = connection
    if let path { wanted.setSocket(path) }
    if wanted.namesTarget {
      try check(wanted, in: context)
      shell.use(wanted, in: context)
      guard shell.isInteractive else { return .ok }
    }
    try context.console.write(
      Self.description(of: shell.options.connection, in: context) + "\n")
    return .ok
  }

  func validate() throws {
    if path != nil, connection.namesTarget {
      throw ValidationError("a socket and an option that names one do not go together")
    }
  }

  /// Which daemon `connection` means, in one line.
  static func description(
    of connection: ConnectionOptions, in context: CommandContext
  ) -> String {
    let choice = ConfigurationChoice(connection, context.environment)
    let target: Target
    do {
      target = try Target(connection, context: context)
    } catch {
      return error.lines.first ?? ""
    }
    let file = choice.file.harmlessText
    let isNamed =
      connection.socket != nil || (!choice.isExplicit && context.environment.socket != nil)
    switch target.endpoint {
    case .socket(let socket, _):
      return "control socket \(socket.harmlessText)" + (isNamed ? "" : ", of \(file)")
    case .notConfigured:
      return "no control socket: \(file) does not set ControlSocketName"
    }
  }

  /// Sees to it that nothing is taken for a daemon that cannot be one. A socket that is not there yet can.
  private func check(
    _ wanted: ConnectionOptions, in context: CommandContext
  ) throws(CommandFailure) {
    let target = try Target(wanted, context: context)
    guard wanted.socket != nil, let socket = target.socket,
      let file = try? SocketFile(at: socket), !file.isSocket
    else { return }
    throw CommandFailure(
      .configuration,
      "use: \(socket.harmlessText): is not a socket; a configuration file goes behind -C")
  }
}
