// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Logging
internal import SendmailControlDaemon
internal import SystemPackage

/// The command line of smcontrold.
struct DaemonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smcontrold",
    abstract: "A stand-in for the control socket of a sendmail daemon.",
    usage: "smcontrold {--socket PATH | --cf FILE} [options]",
    discussion: """
      Answers on a Unix-domain socket as a sendmail 8.17 daemon does on its control socket: help, \
      status, mstat, memdump, restart and shutdown, in the same bytes, with the same limits, and \
      with sendmail's checks of the socket's path. It takes no mail.

      Without --lively it is an idle daemon. It stays in the foreground, logs to standard error, and \
      ends on the command shutdown, on SIGTERM and on SIGINT, and then removes its socket and its \
      PID file. SIGHUP restarts it, as it does sendmail. A daemon whose state a program changes, and whose faults come and go, is in the \
      library SendmailControlDaemon.

      Exit status: 0 ended by command or signal, 64 wrong usage, 66 the configuration file cannot be \
      read, 70 or 78 the configuration file is one that sendmail would not start with, 71 the system \
      refused a call, 72 ended by a restart that failed, 73 the PID file cannot be made, 77 no \
      permission, 78 the socket's path is unsafe, no path for a socket, or taken \
      by another file.
      """)

  @OptionGroup(title: "Socket") var socket: SocketOptions
  @OptionGroup(title: "Behaviour") var behaviour: BehaviourOptions

  @Option(help: ArgumentHelp("Log what has at least this level.", valueName: "level"))
  var logLevel = LogLevel(level: .info)

  func validate() throws {
    try socket.validate()
    try behaviour.validate()
  }

  func run() async throws {
    var logger = Logger(label: "smcontrold") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = logLevel.level
    let reason: DaemonEvent.StopReason?
    do {
      var configuration = try socket.configuration()
      configuration.logger = logger
      let simulation = behaviour.apply(to: &configuration)
      reason = try await DaemonService.run(configuration, simulation: simulation)
    } catch {
      // Nothing more can be said where standard error cannot be written to.
      _ = try? FileDescriptor.standardError.writeAll("smcontrold: \(error)\n".utf8)
      throw ExitCode(DaemonExitStatus.code(for: error))
    }
    if reason == .failedRestart { throw ExitCode(DaemonExitStatus.osFile) }
  }
}

/// The name of a log level.
struct LogLevel: ExpressibleByArgument, CustomStringConvertible {
  let level: Logger.Level

  init(level: Logger.Level) {
    self.level = level
  }

  init?(argument: String) {
    guard let level = Logger.Level(rawValue: argument) else { return nil }
    self.level = level
  }

  static var allValueStrings: [String] { Logger.Level.allCases.map(\.rawValue) }

  var description: String { level.rawValue }
}
