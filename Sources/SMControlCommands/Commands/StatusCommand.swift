// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol status` and `smcontrol mstat`
struct StatusCommand: Command {
  static let passive = OptionSpec("--passive", help: "Observe the daemon without a connection.")

  /// The command that is sent.
  let query: ControlCommand
  let connection: ConnectionOptions
  /// The children to show.
  let children: SelectionOptions
  /// True if the daemon is observed without a connection.
  var passive = false

  var formats: Formats? { passive ? .finding : children.formats }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    passive ? try await observe(in: context, output) : try await ask(in: context, output)
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

  /// Asks the daemon once, shows its reply, and warns of what it shows.
  private func ask(
    in context: CommandContext, _ output: Output
  ) async throws(CommandFailure) -> ExitStatus {
    let target = try Target(connection, context: context)
    let reply: ControlReply
    do throws(CommandFailure) {
      reply = try target.exchange(query.requestBytes)
    } catch {
      var failure = error
      if error.isMissingReply { failure.classic = ClassicText.noReply(alive: error.alive) }
      throw failure
    }
    let replied = BootTime.now()
    let status = try parse(reply, from: target)
    context.shell?.record(status)
    let report = StatusReport(
      status, replyTo: query, bytes: reply.bytes, socket: target.socket?.bytes ?? [],
      context: facts(around: status, replied: replied, target, output),
      selection: children.selection, byPeer: children.byPeer)
    return try await output.show(
      Outcome(
        report,
        remarks: (StatusWarning.all(for: status).map(\.text)
          + [rivals(reply, target)?.text].compactMap { $0 }).map { "warning: \($0)" }))
  }

  /// The two daemons that share the socket. A socket that was named alone is that of whoever listens there.
  private func rivals(_ reply: ControlReply, _ target: Target) -> RivalDaemons? {
    target.isSocketNamed && !target.choice.isExplicit
      ? nil : target.rivals(listener: reply.end.peer)
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
      selectingBy: children.selection.needsProcesses
        ? ReplyContext.processes(of: status, replied: replied) : nil)
  }
}

extension CommandSpec {
  static let status = CommandSpec(
    name: "status", summary: "Show the state of the daemon and of its children.",
    discussion: """
      sendmail counts each query as a child, against MaxDaemonChildren. With --passive no \
      connection is made: the PID file, the socket file and the process table are read.
      """,
    example: "status --sort age --older-than 10m", formats: .reply,
    options: SelectionOptions.all + [StatusCommand.passive] + DisplayOptions.all
      + ConnectionOptions.all,
    rules: [.excludes(StatusCommand.passive, SelectionOptions.all)]
  ) { line throws(UsageError) in
    StatusCommand(
      query: .status, connection: try ConnectionOptions(line),
      children: try SelectionOptions(line), passive: line[StatusCommand.passive])
  }

  static let mstat = CommandSpec(
    name: "mstat", summary: "Show the same as status, with every queue and file system.",
    example: "mstat --kind smtp-server", formats: .reply,
    options: SelectionOptions.all + DisplayOptions.all + ConnectionOptions.all
  ) { line throws(UsageError) in
    StatusCommand(
      query: .mstat, connection: try ConnectionOptions(line), children: try SelectionOptions(line))
  }
}
