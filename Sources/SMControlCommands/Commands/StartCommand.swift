// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol start`
struct StartCommand: Command {
  static let sendmail = Option(
    "--sendmail", value: "path", .file,
    help: "The absolute path of the sendmail program.")

  let connection: ConnectionOptions
  let waiting: WaitOptions
  /// The program.
  let sendmail: FilePath
  /// Its arguments after those of the configuration.
  let arguments: [Word]

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let target = try Target(connection, context: context)
    try refuseWhatSendmailWouldNotDo(target)
    // Whether the socket is configured is found out before anything is started.
    let client = waiting.wait ? try target.client() : nil
    try refuseWhenRunning(target)
    let watch = client.map { ListenerWatch(client: $0, interruption: context.interruption) }
    let words = arguments(for: target.choice)
    let deadline = waiting.wait ? Deadline(after: waiting.duration) : nil
    try await runSendmail(words, until: deadline, interruption: context.interruption)
    var report = OperationReport(
      .start, socket: target.socket?.bytes, waited: waiting.wait, newProcessID: lockHolder(target),
      program: Word(([sendmail.bytes] + words).joined(separator: [ASCII.space])))
    if let watch, let deadline {
      do {
        let started = try watch.waitForStart(timeout: deadline.timeLeft)
        report.newProcessID = started.newProcessID
        report.duration = started.away
      } catch {
        throw CommandFailure(error)
      }
    }
    return try await output.show(Outcome(report))
  }

  /// The process that holds the PID file.
  private func lockHolder(_ target: Target) -> Int32? {
    let file = target.pidFile().flatMap { try? PIDFile(at: $0) }
    return file?.isLocked == true ? file?.processID : nil
  }

  private static let submissionHasNoDaemon = CommandFailure(
    .usage,
    """
    start: the mail submission program (submit.cf) has no daemon: name the daemon's \
    configuration file with -C, or none for sendmail.cf
    """)

  /// Refuses what names another daemon than the one that sendmail would become.
  private func refuseWhatSendmailWouldNotDo(_ target: Target) throws(CommandFailure) {
    guard target.configuration()?.usesMSP != true else { throw Self.submissionHasNoDaemon }
    guard target.isSocketNamed, let socket = target.socket else { return }
    let resolved = try? target.choice.read()
    guard resolved?.controlSocket?.bytes != socket.absolute.bytes else { return }
    let origin = connection.socket == nil ? Environment.Name.socket.rawValue : "-f (or use)"
    let opened =
      resolved.map { $0.controlSocket.map { "\($0)" } ?? "none" }
      ?? "it cannot be read"
    throw CommandFailure(
      .usage,
      [
        """
        start: \(origin) names the socket \(socket.escaped), but sendmail opens the one of \
        its configuration file \(target.choice.file.escaped): \(opened)
        """,
        "name the daemon's configuration file with -C, or set ControlSocketName with -O",
      ])
  }

  private func refuseWhenRunning(_ target: Target) throws(CommandFailure) {
    if let path = target.pidFile(), let file = try? PIDFile(at: path), file.isLocked {
      let process = file.processID.map { "process \($0)" } ?? "a process"
      throw CommandFailure(
        .refused, "start: a daemon runs already: \(process) holds \(path.escaped)")
    }
    guard target.socket != nil else { return }
    let reply: ControlReply
    do throws(CommandFailure) {
      reply = try target.exchange(ControlCommand.status.requestBytes)
    } catch {
      guard error.socketError == .noSuchSocket || error.socketError == .noListener else {
        throw error
      }
      return
    }
    let process = reply.end.peer.map { "process \($0.processID)" } ?? "a daemon"
    var failure = CommandFailure(
      .refused, "start: \(process) answers at \(target.socket?.escaped ?? "") already")
    failure.alive = true
    throw failure
  }

  /// The configuration that smcontrol reads, and then the arguments after `--`.
  private func arguments(for choice: ConfigurationChoice) -> [Word] {
    choice.sendmailArguments
      + (arguments.isEmpty ? [Word("-bd".utf8), Word("-q30m".utf8)] : arguments)
  }

  private func runSendmail(
    _ arguments: [Word], until deadline: Deadline?, interruption: Interruption
  ) async throws(CommandFailure) {
    let outcome: SendmailProgram.Outcome
    do {
      outcome = try await SendmailProgram(path: sendmail, arguments: arguments)
        .run(until: deadline, interruption: interruption)
    } catch {
      throw CommandFailure(error)
    }
    let name = sendmail.escaped
    switch outcome {
    case .ended(.exited(0)): return
    case .ended(.exited(let code)):
      throw CommandFailure(passingOn: code, "start: \(name) exited with status \(code)")
    case .ended(.signalled(let signal)):
      throw CommandFailure(
        passingOn: 128 + signal, "start: \(name) was ended by signal \(signal)")
    case .interrupted:
      throw CommandFailure(
        .interrupted, "start: interrupted: \(name) had not gone to the background and was ended")
    case .deadlinePassed:
      throw CommandFailure(
        .temporaryFailure,
        [
          """
          start: \(name) did not go to the background within \(waiting.duration.inSeconds) s \
          and was ended
          """,
          "a daemon goes there with -bd, and stays in the foreground with -bD",
        ])
    }
  }
}

extension CommandSpec {
  static let start = CommandSpec(
    name: "start", summary: "Start sendmail as the daemon, unless it runs.",
    discussion: """
      sendmail is run directly, not by a shell; what it says on standard error is passed on, and so \
      is its exit status. Its arguments are the -C, -O and -o that smcontrol was given, and then \
      "-bd -q30m" or those after "--". -f is refused unless the configuration names that socket.
      """,
    example: "start --wait -- -bd -q15m", effect: .disruptive,
    formats: .finding,
    options: WaitOptions.all + [StartCommand.sendmail.spec] + ConnectionOptions.all,
    arguments: [
      ArgumentSpec(
        name: "sendmail-argument", help: "An argument for sendmail.", isOptional: true,
        isRepeated: true, followsTerminator: true)
    ],
    rules: [WaitOptions.rule]
  ) { line throws(UsageError) in
    let sendmail = try line[StartCommand.sendmail] ?? "/usr/sbin/sendmail"
    guard sendmail.isAbsolute else {
      throw UsageError(
        """
        \(sendmail.escaped): expected an absolute path: sendmail cannot restart when it was \
        started by a relative one
        """)
    }
    return StartCommand(
      connection: try ConnectionOptions(line), waiting: try WaitOptions(line), sendmail: sendmail,
      arguments: line.arguments)
  }
}
