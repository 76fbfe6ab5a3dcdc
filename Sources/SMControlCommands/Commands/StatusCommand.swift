// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import SendmailControl

/// `smcontrol status`
struct StatusCommand: DisplayingSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: SMControl.name,
    abstract: "Show the state of the daemon and of its children.",
    discussion: """
      Each look is a child to sendmail and counts against MaxDaemonChildren. With --passive no \
      connection is made: the PID file, the socket file and the process table are looked at.
      """)

  static let onlyLooks = true

  static let example = "status --sort age --older-than 10m"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var children: SelectionOptions
  @OptionGroup var display: DisplayOptions

  @Flag(help: "Look from outside, without a connection to the daemon.")
  var passive = false

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    if passive { return try look(in: context) }
    return try await StatusInquiry(
      command: .status, connection: connection, children: children, display: display,
      context: context
    ).run()
  }

  func validate() throws {
    if passive && children.areGiven {
      throw ValidationError(
        "--sort, --kind, --peer, --older-than and --by-peer need the daemon's answer, which "
          + "--passive does without")
    }
  }

  private func look(in context: CommandContext) throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let status = PassiveLook.look(socket: target.endpoint.path, pidFile: target.pidFile)
    switch target.format {
    case .json: try context.console.writeJSON(PassiveDocument(status))
    case .classic, .terminal, .raw: try context.console.write(PassiveText.status(status))
    }
    return status.isAlive ? .ok : .unavailable
  }
}
