// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `use [SOCKET]`
struct UseCommand: Command {
  /// The options that name the daemon; none to show which one is meant.
  let names: [ParsedLine.Given]
  /// The same as values.
  let connection: ConnectionOptions

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    if !names.isEmpty {
      try check(in: context)
      do {
        try shell.use(names, in: context)
      } catch {
        throw CommandFailure(error, in: .shell)
      }
      guard shell.isInteractive else { return .ok }
    }
    try context.console.write(Self.description(of: shell.connection, in: context) + "\n")
    return .ok
  }

  /// Returns the daemon that `connection` names, in one line.
  static func description(
    of connection: ConnectionOptions, in context: CommandContext
  ) -> String {
    let choice = ConfigurationChoice(connection, in: context)
    let target: Target
    do {
      target = try Target(connection, context: context)
    } catch {
      return error.lines.first ?? ""
    }
    let file = choice.file.escaped
    let isNamed =
      connection.socket != nil || (!choice.isExplicit && context.environment.socket != nil)
    switch target.endpoint {
    case .socket(let socket):
      return "control socket \(socket)" + (isNamed ? "" : ", of \(file)")
    case .notConfigured:
      return "no control socket: \(file) does not set ControlSocketName"
    }
  }

  /// Ensures that nothing is taken for a daemon that cannot be one. A socket that is not there yet can.
  private func check(in context: CommandContext) throws(CommandFailure) {
    let target = try Target(connection, context: context)
    guard connection.socket != nil, let socket = target.socket,
      let file = try? SocketFile(at: socket), !file.isSocket
    else { return }
    throw CommandFailure(
      .configuration,
      "use: \(socket.escaped): is not a socket; a configuration file is named with -C")
  }
}

extension CommandSpec {
  static let use = CommandSpec(
    name: "use", summary: "Switch to another daemon.",
    discussion: """
      The daemon is named by its control socket, or by the configuration file that names that. \
      Without anything it says which daemon is meant.
      """,
    example: "use -C /etc/mail/sendmail-in.cf",
    options: [ConnectionOptions.socket.spec] + ConnectionOptions.file,
    arguments: [
      ArgumentSpec(
        name: "socket", help: "The control socket.", candidates: .socket, isOptional: true)
    ]
  ) { line throws(UsageError) in
    var wanted = ParsedLine()
    for name in line.daemon { wanted.add(name.option, name.value) }
    if let path = line.arguments.first {
      guard wanted.given.isEmpty else {
        throw UsageError("give a socket, or options that name one, not both")
      }
      wanted.add(ConnectionOptions.socket.spec, path)
    }
    return UseCommand(names: wanted.given, connection: try ConnectionOptions(wanted))
  }
}
