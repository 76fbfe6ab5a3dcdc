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
  /// True to go on with a configuration that sendmail would not start with.
  let isForced: Bool

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let target = try Target(connection, context: context)
    try refuseWhatSendmailWouldNotDo(target)
    // Whether the socket is configured is found out before anything is started.
    let client = waiting.wait ? try target.client() : nil
    let lock = try StartLock(for: target)
    defer { lock?.release() }
    try refuseWhenRunning(target)
    if !isForced { try await target.checkStart(of: sendmail, with: startArguments) }
    var watch = client.map { ListenerWatch(client: $0, interruption: context.interruption) }
    let time = ElapsedTime("waiting for the daemon", context: context)
    watch?.onPause = time.update
    defer { time.clear() }
    let words = target.choice.sendmailArguments + startArguments
    let deadline = waiting.wait ? Deadline(after: waiting.duration) : nil
    let others = ProcessTable.processIDs()
    try await runSendmail(
      words, until: deadline, interruption: context.interruption,
      DaemonCommandLine(arguments: words).isForeground && !waiting.wait ? nil : time,
      noting: DaemonObserver(target.place()), on: context.console)
    var report = OperationReport(
      .start, socket: target.socket?.bytes, waited: waiting.wait,
      program: Word(([sendmail.bytes] + words).joined(separator: [ASCII.space])))
    if let watch, let deadline {
      do {
        let started = try watch.waitForStart(timeout: deadline.timeLeft)
        report.newProcessID = started.newProcessID
        report.duration = started.away
      } catch {
        throw CommandFailure(error).explained(by: target)
      }
    } else {
      report.newProcessID = try startedProcess(target, since: others, context.interruption)
    }
    return try await output.show(Outcome(report))
  }

  /// The time that a daemon in the background has to lock its PID file, so that it can be named and no one starts
  /// another.
  private static let settling = Duration.seconds(2)

  /// The time after which it is told what a sendmail does that has not gone to the background.
  private static let quietTime = Duration.seconds(4)

  /// The daemon that sendmail has become: the process that holds the PID file, or else the one process of the
  /// same program that was not there before, and was not started by another such.
  private func startedProcess(
    _ target: Target, since others: [Int32], _ interruption: Interruption
  ) throws(CommandFailure) -> Int32? {
    let deadline = Deadline(after: Self.settling)
    // The name of a process has at most 15 bytes.
    let name = (sendmail.lastComponent?.string ?? "").utf8.prefix(15)
    while true {
      // The lock is not tried as long as sendmail may be about to take it.
      if let holder = target.pidFile().flatMap(FileLock.holder) { return holder }
      let new = ProcessTable.running(name, except: others)
      if new.isEmpty || deadline.hasPassed {
        let file = target.pidFile().flatMap { try? PIDFile(at: $0) }
        if let file, file.isLocked, let pid = file.processID { return pid }
        let pids = new.map(\.pid)
        let first = new.filter { !pids.contains($0.parent) }
        return first.count == 1 ? first[0].pid : nil
      }
      let pause = try? Readiness.pause(
        .milliseconds(10), until: deadline, interruption: interruption)
      if case .interrupted? = pause {
        throw CommandFailure(
          .interrupted, "start: interrupted; sendmail has been started and goes on")
      }
    }
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
    let origin =
      connection.socket == nil ? EnvironmentVariables.Name.socket.rawValue : "-f (or use)"
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

  /// Refuses where a process is there that holds the PID file, starts, or runs the queue only.
  private func refuseBesideAnother(_ target: Target) throws(CommandFailure) {
    let explanations = DaemonObserver(target.place()).observe([.files, .process, .processTable])
      .explanations
    if let path = target.pidFile(), let file = try? PIDFile(at: path), file.isLocked {
      let process = file.processID.map { "process \($0)" } ?? "a process"
      throw CommandFailure(
        .refused,
        ["start: a daemon runs already: \(process) holds \(path.escaped)"] + explanations)
    }
    guard !explanations.isEmpty else { return }
    var failure = CommandFailure(
      .refused, explanations.map { "start: \($0)" } + ["nothing was started"])
    failure.alive = true
    throw failure
  }

  private func refuseWhenRunning(_ target: Target) throws(CommandFailure) {
    try refuseBesideAnother(target)
    guard target.socket != nil else { return }
    let reply: ControlReply
    do throws(CommandFailure) {
      reply = try target.exchange(ControlCommand.status.requestBytes, triesAgain: false)
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

  /// The arguments after those for the configuration that smcontrol reads.
  private var startArguments: [Word] {
    arguments.isEmpty ? [Word("-bd".utf8), Word("-q30m".utf8)] : arguments
  }

  private func runSendmail(
    _ arguments: [Word], until deadline: Deadline?, interruption: Interruption,
    _ time: ElapsedTime?, noting observer: DaemonObserver, on console: Console
  ) async throws(CommandFailure) {
    let program = SendmailProgram(path: sendmail, arguments: arguments)
    let outcome: SendmailProgram.Outcome
    let shown = time?.shownWhileRunning()
    let note = time.map { time in
      Task {
        try await Task.sleep(for: Self.quietTime)
        time.clear()
        console.complain(observer.observe([.processTable]).explanations.map { "start: \($0)" })
      }
    }
    defer {
      shown?.cancel()
      note?.cancel()
    }
    do {
      outcome = try await program.run(until: deadline, interruption: interruption)
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
      "-bd -q30m" or those after "--". -f is refused unless the configuration names that socket. So \
      is a configuration that sendmail would not start with, unless --force is given.
      """,
    example: "start --wait -- -bd -q15m", effect: .disruptive,
    formats: .finding,
    options: WaitOptions.all + [StartCommand.sendmail.spec, ConfirmationOption.forceStart]
      + ConnectionOptions.all,
    arguments: [
      ArgumentSpec(
        name: "sendmail-argument", help: "An argument for sendmail.", isOptional: true,
        isRepeated: true, followsTerminator: true)
    ],
    rules: [WaitOptions.rule]
  ) { line throws(UsageError) in
    let sendmail = try line[StartCommand.sendmail] ?? SendmailProgram.usualPath
    guard sendmail.isAbsolute else {
      throw UsageError(
        """
        \(sendmail.escaped): expected an absolute path: sendmail cannot restart when it was \
        started by a relative one
        """)
    }
    return StartCommand(
      connection: try ConnectionOptions(line), waiting: try WaitOptions(line), sendmail: sendmail,
      arguments: line.arguments, isForced: line[ConfirmationOption.forceStart])
  }
}
