// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `smcontrol status`
struct StatusCommand: DisplayingSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: SMControl.name,
    abstract: "Show the state of the daemon and of its children.",
    discussion: """
      sendmail counts each query as a child, against MaxDaemonChildren. With --passive no \
      connection is made: the PID file, the socket file and the process table are read.
      """)

  static let onlyLooks = true

  static let example = "status --sort age --older-than 10m"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var children: SelectionOptions
  @OptionGroup var display: DisplayOptions

  @Flag(help: "Observe the daemon without a connection.")
  var passive = false

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    if passive { return try observe(in: context) }
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

  private func observe(in context: CommandContext) throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let observer = DaemonObserver(target.place)
    let aspects: DaemonObservation.Aspects = [.files, .lock, .listeners, .process, .processTable]
    var observation = observer.observe(aspects)
    // Reading every process's descriptors takes the longest.
    if observation.daemonProcessID == nil {
      observation = observer.observe(aspects.union(.holders))
    }
    switch target.format {
    case .json: try context.console.writeJSON(PassiveDocument(observation))
    case .classic, .terminal, .raw: try context.console.write(PassiveText.status(observation))
    }
    return ExitStatus(isAlive: observation.isAlive)
  }
}
