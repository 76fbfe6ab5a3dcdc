// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `smcontrol start`
struct StartCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "start", _superCommandName: SMControl.name,
    abstract: "Run sendmail as the daemon, when none answers.",
    discussion: """
      sendmail is run directly, not by a shell; what it says on standard error is passed on, and so \
      is its exit status. Its arguments are the -C, -O and -o that smcontrol was given, and then \
      "-bd -q30m" or those behind "--". -f is refused unless the configuration names that socket, \
      and so is -Ac: the mail submission program has no daemon.
      """)

  static let example = "start --wait -- -bd -q15m"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var waiting: WaitOptions

  @Option(
    help: ArgumentHelp(
      "The sendmail program, by its absolute path: it cannot restart without.", valueName: "path"),
    completion: .file())
  var sendmail = "/usr/sbin/sendmail"

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("Arguments for sendmail.", valueName: "sendmail-arguments"))
  var arguments: [String] = []

  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus {
    guard sendmail.hasPrefix("/") else {
      throw CommandFailure(
        .usage,
        """
        start: \(HarmlessText.make(sendmail.utf8)): expected an absolute path: sendmail cannot \
        restart when it was started by a relative one
        """)
    }
    guard connection.kind != .msp else { throw Self.submissionHasNoDaemon }
    let target = try Target(connection, context: context)
    try refuseWhatSendmailWouldNotDo(target, in: context)
    // Whether the socket is configured is found out before anything is started.
    let client = waiting.wait ? try target.client() : nil
    try refuseWhenRunning(target)
    let watch = client.map { ListenerWatch(client: $0, interruption: context.interruption) }
    let words = arguments(for: ConfigurationChoice(connection, context.environment))
    let deadline = waiting.wait ? Deadline(after: waiting.duration) : nil
    try await runSendmail(words, until: deadline, interruption: context.interruption)
    guard let watch, let client, let deadline else {
      try tell(words, target, console: context.console)
      return .ok
    }
    let started: ListenerWatch.Restarted
    do {
      started = try watch.waitForStart(timeout: deadline.timeLeft)
    } catch {
      throw CommandFailure(error)
    }
    try print(started, format: target.format, client: client, console: context.console)
    return .ok
  }

  private static let submissionHasNoDaemon = CommandFailure(
    .usage,
    """
    start: the mail submission program (-Ac, submit.cf) has no daemon: name the daemon's \
    configuration file with -C, or none for sendmail.cf
    """)

  /// Refuses what names another daemon than the one that sendmail would become.
  private func refuseWhatSendmailWouldNotDo(
    _ target: Target, in context: CommandContext
  ) throws(CommandFailure) {
    guard target.configuration?.usesMSP != true else { throw Self.submissionHasNoDaemon }
    guard target.isSocketNamed, let socket = target.endpoint.path else { return }
    let choice = ConfigurationChoice(connection, context.environment)
    let resolved = try? choice.read()
    guard resolved?.controlSocket != socket.absolute.bytes else { return }
    let origin = connection.socket == nil ? Environment.Name.socket.rawValue : "-f (or use)"
    let opened =
      resolved.map { $0.controlSocket.map { HarmlessText.make($0) } ?? "none" }
      ?? "it cannot be read"
    throw CommandFailure(
      .usage,
      [
        """
        start: \(origin) names the socket \(socket.harmlessText), but sendmail opens the one of \
        its configuration file \(choice.file.harmlessText): \(opened)
        """,
        "name the daemon's configuration file with -C, or set ControlSocketName with -O",
      ])
  }

  private func refuseWhenRunning(_ target: Target) throws(CommandFailure) {
    if let path = target.pidFile, let file = try? PIDFile(at: path), file.isLocked {
      let process = file.processID.map { "process \($0)" } ?? "a process"
      throw CommandFailure(
        .refused, "start: a daemon runs already: \(process) holds \(path.harmlessText)")
    }
    guard case .socket = target.endpoint else { return }
    let client = try target.client()
    do {
      let reply = try client.send(.status)
      let process = reply.end.peer.map { "process \($0.processID)" } ?? "a daemon"
      throw CommandFailure(
        .refused, "start: \(process) answers at \(client.path.harmlessText) already")
    } catch let error as ControlError {
      guard error.code == .noSuchSocket || error.code == .nobodyListens else {
        throw CommandFailure(error)
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.software, "start: \(error)")
    }
  }

  /// The configuration that smcontrol looks at, and then what stands behind `--`.
  private func arguments(for choice: ConfigurationChoice) -> [String] {
    choice.sendmailArguments + (arguments.isEmpty ? ["-bd", "-q30m"] : arguments)
  }

  private func runSendmail(
    _ arguments: [String], until deadline: Deadline?, interruption: Interruption
  ) async throws(CommandFailure) {
    let outcome: SendmailProgram.Outcome
    do {
      outcome = try await SendmailProgram(path: FilePath(sendmail), arguments: arguments)
        .run(until: deadline, interruption: interruption)
    } catch {
      throw CommandFailure(error)
    }
    let name = HarmlessText.make(sendmail.utf8)
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

  /// Says what was started, when nobody waits for its answer: the process that holds the PID file, or else
  /// the program.
  private func tell(
    _ arguments: [String], _ target: Target, console: Console
  ) throws(CommandFailure) {
    let file = target.pidFile.flatMap { try? PIDFile(at: $0) }
    let pid = file?.isLocked == true ? file?.processID : nil
    switch target.format {
    case .classic, .terminal, .raw:
      let words = HarmlessText.make(([sendmail] + arguments).joined(separator: " ").utf8)
      let process = pid.map { "process \($0), by its PID file" } ?? words
      try console.write("Started: \(process). Whether the daemon answers shows with --wait.\n")
    case .json:
      try console.writeJSON(
        WatchDocument(
          command: "start", socket: target.endpoint.path?.bytes, waited: false, oldPID: nil,
          newPID: pid))
    }
  }

  private func print(
    _ started: ListenerWatch.Restarted, format: OutputFormat, client: ControlClient,
    console: Console
  ) throws(CommandFailure) {
    let process = started.newProcessID.map { "process \($0)" } ?? "a daemon"
    switch format {
    case .classic, .terminal, .raw:
      try console.write(
        """
        Started: \(process) answers at \(client.path.harmlessText) \
        after \(started.away.inSeconds) s\n
        """)
    case .json:
      try console.writeJSON(
        WatchDocument(
          command: "start", socket: client.path.bytes, waited: true, oldPID: nil,
          newPID: started.newProcessID, duration: started.away))
    }
  }
}
