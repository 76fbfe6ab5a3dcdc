// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol status` and `smcontrol mstat`
struct StatusCommand: Command {
  static let passive = OptionSpec("--passive", help: "Observe the daemon without a connection.")
  static let state = Option(
    "--is", value: "state", ValueKind<ExpectedState>.words,
    help: "Print the state alone, and exit with 0 if it is this one, with 1 if not.")

  /// The command that is sent.
  let query: ControlCommand
  let connection: ConnectionOptions
  /// The children to show.
  let children: SelectionOptions
  /// True if a query is made that makes the daemon refuse SMTP connections.
  let isForced: Bool
  /// True if the daemon is observed without a connection.
  var passive = false
  /// The state that is asked for.
  var state: ExpectedState?

  var formats: Formats? {
    if passive { return .finding }
    return state == nil
      ? children.formats
      : Formats(
        list: [.classic, .terminal, .json],
        reason: "shows the whole reply, and --is prints the state alone")
  }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let target = try Target(connection, context: context)
    guard !passive else { return try await observe(target, output) }
    let warned: Bool
    do throws(CommandFailure) {
      warned = try target.checkChildLimit(isForced: isForced)
    } catch {
      guard state == nil, error.childLimit != nil else { throw error }
      return try await observe(target, output, withheld: error)
    }
    return try await ask(target, in: context, output, warned: warned)
  }

  /// Asks the daemon once, shows its reply, and warns of what it shows.
  ///
  /// `warned` is true if a warning about the limit came before.
  private func ask(
    _ target: Target, in context: CommandContext, _ output: Output, warned: Bool
  ) async throws(CommandFailure) -> ExitStatus {
    let reply: ControlReply
    do throws(CommandFailure) {
      reply = try target.exchange(query.requestBytes)
    } catch {
      var failure = error
      if let word = state?.word(for: error) { throw failure.answering(word) }
      if state == nil, error.isMissingReply {
        failure.classic = ClassicText.noReply(alive: error.alive)
      }
      throw failure
    }
    let replied = BootTime.now()
    let status = try parse(reply, from: target)
    context.shell?.record(status)
    let report = StatusReport(
      status, replyTo: query, bytes: reply.bytes, socket: target.socket?.bytes ?? [],
      context: facts(around: status, of: reply, replied: replied, target, output),
      selection: children.selection, byPeer: children.byPeer)
    if let state { return try await show(report, comparedWith: state, output) }
    let warnings =
      StatusWarning.all(for: status).filter { !(warned && $0.isAboutLimit) }.map(\.text)
      + [rivals(reply, target)?.text].compactMap { $0 }
    return try await output.show(
      Outcome(report, remarks: warnings.map { "warning: \($0)" }))
  }

  /// The two daemons that share the socket. A socket that was named alone is that of its listener.
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
    around status: DaemonStatus, of reply: ControlReply, replied: BootTime, _ target: Target,
    _ output: Output
  ) -> ReplyContext {
    let daemon = output.showsFacts && state == nil ? target.daemon(of: reply.end.peer) : nil
    let running = daemon.map(target.running)
    if output.isForReading {
      return ReplyContext(
        around: status, replied: replied,
        configuration: daemon?.configuration ?? target.configuration(), running: running)
    }
    return ReplyContext(
      selectingBy: children.selection.needsProcesses || children.byPeer
        ? ReplyContext.processes(of: status, replied: replied) : nil, running: running)
  }
}

extension CommandSpec {
  static let status = CommandSpec(
    name: "status", summary: "Show the state of the daemon and of its children.",
    discussion: """
      sendmail counts a query as a child, against MaxDaemonChildren. Where one more child makes it \
      refuse SMTP connections, the daemon is not queried without --query: what can be seen without \
      a connection is shown, as with --passive, and the exit status is 75.
      """,
    example: "status --sort age --older-than 10m", formats: .reply,
    options: SelectionOptions.all + [
      StatusCommand.passive, StatusCommand.state.spec, QueryOption.query, DisplayOptions.quiet,
    ] + DisplayOptions.all + ConnectionOptions.all,
    rules: [
      .excludes(
        StatusCommand.passive,
        SelectionOptions.all + [StatusCommand.state.spec, QueryOption.query]),
      .excludes(StatusCommand.state.spec, SelectionOptions.all),
    ]
  ) { line throws(UsageError) in
    StatusCommand(
      query: .status, connection: try ConnectionOptions(line),
      children: try SelectionOptions(line), isForced: line[QueryOption.query],
      passive: line[StatusCommand.passive], state: try line[StatusCommand.state])
  }

  static let mstat = CommandSpec(
    name: "mstat", summary: "Show the same as status, with every queue and file system.",
    example: "mstat --kind smtp-server", formats: .reply,
    options: SelectionOptions.all + [QueryOption.query] + DisplayOptions.all
      + ConnectionOptions.all
  ) { line throws(UsageError) in
    StatusCommand(
      query: .mstat, connection: try ConnectionOptions(line), children: try SelectionOptions(line),
      isForced: line[QueryOption.query])
  }
}
