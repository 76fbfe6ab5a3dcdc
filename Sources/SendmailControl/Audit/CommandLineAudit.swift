// SPDX-License-Identifier: Apache-2.0

/// The audit of the command lines that daemons were started with.
struct CommandLineAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  /// The findings about command lines that set the control socket; `nil` when there are none.
  func group() -> AuditReport.Group? {
    // The program that runs the client queue is not a daemon and has no socket.
    guard !context.isClient else { return nil }
    let file = Array(context.configuration.file.utf8)
    var group = AuditReport.Group(.daemon, file)
    var processes: Set<Int32> = []
    for line in commandLines where processes.insert(line.pid).inserted {
      guard line.isOwn || line.commandLine.effectiveConfigurationFile == file,
        let name = line.commandLine.controlSocket
      else { continue }
      group.findings.append(
        Finding(
          .commandLineControlSocket, file,
          """
          process \(line.pid) was started with ControlSocketName=\(TerminalEscaping.escape(name)) \
          (\(line.origin))
          """,
          remediation: [
            .setting("O ControlSocketName=\(TerminalEscaping.escape(name))"),
            .advice("remove the option from the daemon's command line and restart the daemon"),
          ]))
    }
    return group.findings.isEmpty ? nil : group
  }

  /// The command lines of daemons. sendmail overwrites the arguments that the process table shows with
  /// its title, so that only the PID file still has them.
  private var commandLines: [CommandLine] {
    let observation = context.observation
    var lines: [CommandLine] = []
    if let commandLine = observation.commandLine, let pid = observation.pidFileDaemonID,
      let path = observation.place.pidFile
    {
      lines.append(
        CommandLine(
          pid: pid, origin: "PID file \(TerminalEscaping.escape(path))", commandLine: commandLine,
          isOwn: true))
    }
    return lines
      + (observation.sendmailProcesses.value ?? []).map {
        CommandLine(
          pid: $0.pid, origin: "process table",
          commandLine: DaemonCommandLine(arguments: $0.arguments), isOwn: false)
      }
  }

  /// A command line.
  private struct CommandLine {
    /// The process it belongs to.
    let pid: Int32
    /// The place where it was read, for a message.
    let origin: String
    /// Its arguments.
    let commandLine: DaemonCommandLine
    /// True if it is certain that the process is the configuration's own daemon. Another process is
    /// judged by the configuration file that its command line names.
    let isOwn: Bool
  }
}
