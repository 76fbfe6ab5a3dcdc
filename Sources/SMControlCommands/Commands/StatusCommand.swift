// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol status`
struct StatusCommand: StatusQuery {
  static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: SMControl.name,
    abstract: "Show the state of the daemon and of its children.",
    discussion: """
      sendmail counts each query as a child, against MaxDaemonChildren. With --passive no \
      connection is made: the PID file, the socket file and the process table are read.
      """)

  static let onlyLooks = true

  static let example = "status --sort age --older-than 10m"

  static let query = ControlCommand.status

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var children: SelectionOptions
  @OptionGroup var display: DisplayOptions

  @Flag(help: "Observe the daemon without a connection.")
  var passive = false

  var formats: Formats { passive ? .finding : children.formats }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    passive ? try await observe(in: context, output) : try await ask(in: context, output)
  }

  func validate() throws {
    if passive && children.areGiven {
      throw ValidationError(
        "--sort, --kind, --peer, --older-than and --by-peer need the daemon's answer, which "
          + "--passive does without")
    }
  }

  private func observe(
    in context: CommandContext, _ output: Output
  ) async throws(CommandFailure) -> ExitStatus {
    let observer = DaemonObserver(try Target(connection, context: context).place())
    let aspects: DaemonObservation.Aspects = [.files, .lock, .listeners, .process, .processTable]
    var observation = observer.observe(aspects)
    // Reading every process's descriptors takes the longest.
    if observation.daemonProcessID == nil {
      observation = observer.observe(aspects.union(.holders))
    }
    return try await output.show(
      Outcome(observation, status: ExitStatus(isAlive: observation.isAlive)))
  }
}

/// `smcontrol mstat`
struct MstatCommand: StatusQuery {
  static let configuration = CommandConfiguration(
    commandName: "mstat", _superCommandName: SMControl.name,
    abstract: "Show the same as status, with every queue and file system.")

  static let onlyLooks = true

  static let example = "mstat --kind smtp-server"

  static let query = ControlCommand.mstat

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var children: SelectionOptions
  @OptionGroup var display: DisplayOptions

  var formats: Formats { children.formats }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    try await ask(in: context, output)
  }
}

/// `status` and `mstat`: a query of the daemon's state.
protocol StatusQuery: DisplayingSubcommand {
  /// The command that is sent.
  static var query: ControlCommand { get }
  /// The children to show.
  var children: SelectionOptions { get }
}

extension StatusQuery {
  /// Asks the daemon once, shows its reply, and warns of what it shows.
  func ask(
    in context: CommandContext, _ output: Output
  ) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let reply: ControlReply
    do throws(CommandFailure) {
      reply = try target.exchange(Self.query.requestBytes)
    } catch {
      var failure = error
      if error.alive != nil || error.exitCode == ExitStatus.noPermission.rawValue {
        failure.classic = ClassicText.noReply(alive: error.alive)
      }
      throw failure
    }
    let replied = BootTime.now()
    let status = try parse(reply, from: target)
    context.shell?.record(status)
    let report = StatusReport(
      status, replyTo: Self.query, bytes: reply.bytes, socket: target.socket?.bytes ?? [],
      context: facts(around: status, replied: replied, target, output),
      selection: children.selection, byPeer: children.byPeer)
    return try await output.show(
      Outcome(report, remarks: StatusWarning.all(for: status).map { "warning: \($0.text)" }))
  }

  private func parse(
    _ reply: ControlReply, from target: Target
  ) throws(CommandFailure) -> DaemonStatus {
    var identity = DaemonIdentity(listener: reply.end.peer?.processID)
    // The PID file is only needed where the kernel cannot tell who listens.
    if identity.listener == nil { identity.pidFile = target.pidFileProcess() }
    do {
      return try DaemonStatus(parsing: reply.bytes, identity: identity)
    } catch {
      throw target.failure(of: error, in: reply)
    }
  }

  /// The facts around the reply: reading them takes longer than the exchange, so it is done only where
  /// they are shown or decide what is.
  private func facts(
    around status: DaemonStatus, replied: BootTime, _ target: Target, _ output: Output
  ) -> ReplyContext {
    if output.isForReading {
      return ReplyContext(
        around: status, replied: replied, configuration: target.configuration())
    }
    return ReplyContext(
      host: [], time: CalendarTime(),
      processes: children.selection.needsProcesses
        ? ReplyContext.processes(of: status, replied: replied) : nil)
  }
}
