// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

extension Target {
  /// Checks that the sendmail at `program` would start with `arguments` after those for the configuration. It is
  /// asked for its version when it is sendmail by its name: another program may do something else.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/refused`` when it would not start.
  func checkStart(
    of program: FilePath, with arguments: [Word]
  ) async throws(CommandFailure) {
    guard configuration() != nil else { return noteUnchecked("start") }
    let commandLine = DaemonCommandLine(arguments: arguments)
    let choice = choice.started(with: commandLine).lookingUpHosts()
    let isSendmail = ObservedProcess.isSendmail(program: program.bytes)
    try check(
      isSendmail ? await choice.asking(program) ?? choice : choice, for: "start",
      as: commandLine.isDaemon ? .daemon : .queueRunner, obstacles: { $0.obstacles(daemon: nil) })
  }

  /// Checks that the daemon would start again, with its own command line. Of a socket that was named alone no
  /// configuration is known, unless sendmail's own file names the same socket.
  ///
  /// - Parameter operation: the operation that restarts it, for messages.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/refused`` when it would not start.
  func checkRestart(for operation: String) async throws(CommandFailure) {
    guard configuration() != nil, let own = try? choice.read() else {
      if isSocketNamed, !choice.isExplicit, (try? Stat(choice.file)) == nil { return }
      return noteUnchecked(operation)
    }
    let daemon = choice.daemon(own)
    var choice = choice.of(daemon?.commandLine).lookingUpHosts()
    if let program = daemon?.process.ownProgram, let asked = await choice.asking(program) {
      choice = asked
    }
    try check(choice, for: operation, as: .daemon) { configuration in
      // Which listeners are the daemon's is not known without it.
      configuration.obstacles(daemon: daemon?.process.pid)
        .filter { daemon != nil || !$0.isHeld }
    }
  }

  /// Checks that sendmail would start with the configuration of `choice`. A user who may not read it is informed and
  /// not refused: a daemon reads its configuration as root.
  ///
  /// `role` is the part that it would be started for. `obstacles` returns the ports of a daemon at which it could
  /// not listen now.
  private func check(
    _ choice: ConfigurationChoice, for operation: String, as role: StartupRole,
    obstacles: (SendmailConfiguration) -> [PortObstacle]
  ) throws(CommandFailure) {
    let interrupted = CommandFailure(
      .interrupted, "\(operation): interrupted; nothing was sent or started")
    guard !context.interruption.hasHappened else { throw interrupted }
    let configuration: SendmailConfiguration
    do throws(CommandFailure) {
      configuration = try choice.read().configuration
    } catch {
      return note("\(operation): \(Self.unchecked)\(error.lines[0])")
    }
    let queues = QueueDirectories(of: configuration, in: choice.files)
    let report = StartupReport(
      configuration, queues: queues, as: role, unchecked: choice.files.uncheckedPaths,
      obstacles: role == .daemon ? obstacles(configuration) : [])
    guard !context.interruption.hasHappened else { throw interrupted }
    for line in report.uncheckedLines { note("\(operation): \(line)") }
    guard !report.wouldStart else { return }
    guard !report.isCertain else { throw CommandFailure(report, refusing: operation) }
    for reason in report.reasons {
      note("\(operation): not checked whether sendmail has this class of maps: \(reason)")
    }
  }

  private static let unchecked = "not checked whether sendmail would start: "

  private func noteUnchecked(_ operation: String) {
    let reason: String
    do throws(CommandFailure) {
      _ = try choice.read()
      reason = "\(choice.file.escaped) is for another socket; name the daemon's file with -C"
    } catch {
      reason = error.lines[0]
    }
    note("\(operation): \(Self.unchecked)\(reason)")
  }

  private func note(_ text: String) {
    if context.shell?.shouldWarn(text) != false { context.console.complain([text]) }
  }
}

extension ObservedProcess {
  /// The path of its program, when that is sendmail and this user may run it without care: the process already runs
  /// it as this user, and sees the same file systems. After an upgrade it is the new program, as for a restart.
  fileprivate var ownProgram: FilePath? {
    guard isProgramSendmail, let program, realUser == geteuid(),
      WorkingDirectory.sharesFileSystems(with: pid) == true
    else { return nil }
    return FilePath(bytes: program)
  }
}
