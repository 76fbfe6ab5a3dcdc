// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import SendmailControl

/// `smcontrol status`
struct StatusCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: SMControl.name,
    abstract: "Show the state of the daemon and of its children.",
    discussion: """
      Each look is a child to sendmail and counts against MaxDaemonChildren. With --passive no \
      connection is made: the PID file, the socket file and the process table are looked at.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Look from outside, without a connection to the daemon.")
  var passive = false

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    return passive
      ? try look(at: target, in: context)
      : try StatusInquiry(command: .status, target: target, context: context).run()
  }

  private func look(
    at target: Target, in context: CommandContext
  ) throws(CommandFailure) -> ExitStatus {
    let status = PassiveLook.look(socket: target.endpoint.path, pidFile: target.pidFile)
    switch target.format {
    case .json: try context.console.writeJSON(PassiveDocument(status))
    case .classic, .terminal, .raw: try context.console.write(PassiveText.status(status))
    }
    return status.isAlive ? .ok : .unavailable
  }
}
