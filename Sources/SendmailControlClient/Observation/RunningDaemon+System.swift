// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
package import SystemPackage

extension RunningDaemon {
  /// The facts about the daemon `process`, a sendmail that runs.
  ///
  /// - Parameters:
  ///   - process: its process id.
  ///   - configuration: its configuration, with the options of its command line.
  ///   - commandLine: its command line, if that is known.
  ///   - socket: the control socket at which it listens; `nil` when that is not known.
  ///   - pidFile: its PID file; `nil` when that is not known, or another's.
  package init(
    _ process: Int32, _ configuration: SendmailConfiguration, commandLine: DaemonCommandLine?,
    socket: FilePath?, pidFile: FilePath?
  ) {
    var place = DaemonPlace(titlePrefix: configuration.processTitlePrefix)
    place.note(configuration)
    let base = configuration.baseQueueDirectory
    self.init(
      ports: PortObserver().observe(configuration.servedPorts, daemon: process),
      configurationAge: ConfigurationAge(of: configuration, socket: socket, pidFile: pidFile),
      commandLine: commandLine,
      workingDirectory: base.isUsable ? WorkingDirectory(of: process, base: base.path) : nil,
      queueRuns: QueueRuns(commandLine, DaemonObserver(place).observe([.processTable])))
    idleGroups = configuration.queueGroups.filter { $0.maximumRunners == 0 }.map(\.name)
  }
}
