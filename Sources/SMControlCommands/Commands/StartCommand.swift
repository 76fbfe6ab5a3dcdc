// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import SendmailControl
internal import SystemPackage

/// `smcontrol start`
struct StartCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "start", _superCommandName: SMControl.name,
    abstract: "Run sendmail as the daemon, when none answers.",
    discussion: """
      sendmail is run directly, not by a shell; what it says on standard error is passed on, and so \
      is its exit status. Its arguments are "-bd -q30m", and "-C FILE" when smcontrol was given \
      one, unless others stand behind "--".
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
    let target = try Target(connection, context: context)
    // Whether the socket is configured is found out before anything is started.
    let client = waiting.wait ? try target.client() : nil
    try refuseWhenRunning(target)
    let watch = client.map { ListenerWatch(client: $0, interruption: context.interruption) }
    try await runSendmail()
    guard let watch, let client else { return .ok }
    let started: ListenerWatch.Restarted
    do {
      started = try watch.waitForStart(timeout: waiting.duration)
    } catch {
      throw CommandFailure(error)
    }
    try print(started, format: target.format, client: client, console: context.console)
    return .ok
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

  private func runSendmail() async throws(CommandFailure) {
    var arguments = arguments
    if arguments.isEmpty {
      arguments = ["-bd", "-q30m"]
      if let file = connection.configurationFile { arguments += ["-C", file] }
    }
    let ending: SendmailProgram.Ending
    do {
      ending = try await SendmailProgram(path: FilePath(sendmail), arguments: arguments).run()
    } catch {
      throw CommandFailure(error)
    }
    switch ending {
    case .exited(0): return
    case .exited(let code):
      throw CommandFailure(
        passingOn: code, "start: \(HarmlessText.make(sendmail.utf8)) exited with status \(code)")
    case .signalled(let signal):
      throw CommandFailure(
        passingOn: 128 + signal,
        "start: \(HarmlessText.make(sendmail.utf8)) was ended by signal \(signal)")
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
        after \(started.away.seconds) s\n
        """)
    case .json:
      try console.writeJSON(
        WatchDocument(
          command: "start", socket: client.path.bytes, waited: true, oldPID: nil,
          newPID: started.newProcessID, duration: started.away))
    }
  }
}
