// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol start`
struct StartCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "start", _superCommandName: SMControl.name,
    abstract: "Start sendmail as the daemon, when none answers.",
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

  var formats: Formats { .finding }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
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
      program: Array(([sendmail] + words).joined(separator: " ").utf8))
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
    start: the mail submission program (-Ac, submit.cf) has no daemon: name the daemon's \
    configuration file with -C, or none for sendmail.cf
    """)

  /// Refuses what names another daemon than the one that sendmail would become.
  private func refuseWhatSendmailWouldNotDo(_ target: Target) throws(CommandFailure) {
    guard target.configuration()?.usesMSP != true else { throw Self.submissionHasNoDaemon }
    guard target.isSocketNamed, let socket = target.socket else { return }
    let resolved = try? target.choice.read()
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
        its configuration file \(target.choice.file.harmlessText): \(opened)
        """,
        "name the daemon's configuration file with -C, or set ControlSocketName with -O",
      ])
  }

  private func refuseWhenRunning(_ target: Target) throws(CommandFailure) {
    if let path = target.pidFile(), let file = try? PIDFile(at: path), file.isLocked {
      let process = file.processID.map { "process \($0)" } ?? "a process"
      throw CommandFailure(
        .refused, "start: a daemon runs already: \(process) holds \(path.harmlessText)")
    }
    guard target.socket != nil else { return }
    let reply: ControlReply
    do throws(CommandFailure) {
      reply = try target.exchange(ControlCommand.status.requestBytes)
    } catch {
      guard error.socketError == .noSuchSocket || error.socketError == .nobodyListens else {
        throw error
      }
      return
    }
    let process = reply.end.peer.map { "process \($0.processID)" } ?? "a daemon"
    var failure = CommandFailure(
      .refused, "start: \(process) answers at \(target.socket?.harmlessText ?? "") already")
    failure.alive = true
    throw failure
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
}
