// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

extension Target {
  /// A daemon that runs: its process, its command line, and its configuration with the options of that command
  /// line.
  struct Daemon {
    let process: ObservedProcess
    let commandLine: DaemonCommandLine?
    let configuration: SendmailConfiguration
  }

  /// The daemon that replied; `nil` when its process or its configuration is not known, or it is not sendmail. For
  /// a socket that was named alone nothing more is read than for its reply.
  func daemon(of peer: PeerCredentials?) -> Daemon? {
    guard !isSocketNamed || choice.isExplicit, let peer,
      let process = ProcessTable.observe(peer.processID).value, process.isSendmail,
      let path = pidFile()
    else { return nil }
    let file = try? PIDFile(at: path, triesLock: false)
    // In another process id namespace the daemon has another number there.
    let isOwn = file?.processID == process.pid || FileLock.holder(at: path) == process.pid
    // Its command line may name another PID file than the configuration.
    let line = (isOwn ? file : PIDFile.held(by: process.pid))?.commandLine ?? []
    return self.daemon(
      process, commandLine: line.isEmpty ? nil : DaemonCommandLine(line: line))
  }

  /// The daemon of an observation; `nil` when it does not run, its configuration is not known, or it is not
  /// sendmail.
  func daemon(of observation: DaemonObservation) -> Daemon? {
    guard observation.isAlive != false, let process = observation.daemon, process.isSendmail else {
      return nil
    }
    return daemon(process, commandLine: observation.commandLine)
  }

  private func daemon(_ process: ObservedProcess, commandLine: DaemonCommandLine?) -> Daemon? {
    guard let own = configuration() else { return nil }
    // A file that the daemon names may not be readable to this user.
    let configuration = (try? choice.of(commandLine).read().configuration) ?? own
    return Daemon(process: process, commandLine: commandLine, configuration: configuration)
  }

  /// The facts about the daemon of a reply.
  func running(_ daemon: Daemon) -> RunningDaemon {
    RunningDaemon(
      daemon.process.pid, daemon.configuration, commandLine: daemon.commandLine, socket: socket,
      pidFile: nil)
  }

  /// The facts about the daemon of an observation: only its ports when it does not run; `nil` when its
  /// configuration is not known, or it is not sendmail.
  func running(_ observation: DaemonObservation) -> RunningDaemon? {
    guard let configuration = configuration() else { return nil }
    guard !configuration.usesMSP else {
      return RunningDaemon(queueRuns: QueueRuns(nil, observation))
    }
    guard observation.isAlive != false, observation.daemon != nil || observation.starting.isEmpty
    else {
      return RunningDaemon(ports: PortObserver().observe(configuration.servedPorts, daemon: nil))
    }
    guard let daemon = daemon(of: observation) else { return nil }
    let isOwnPIDFile = observation.pidFileDaemonID == daemon.process.pid
    var running = RunningDaemon(
      daemon.process.pid, daemon.configuration, commandLine: daemon.commandLine,
      socket: observation.listeners.value?.isEmpty == false ? socket : nil,
      pidFile: isOwnPIDFile ? observation.place.pidFile.map { FilePath(bytes: $0) } : nil)
    if observation.isReadingAgain { running.configurationAge = nil }
    return running
  }
}

extension ConfigurationChoice {
  /// The configuration with the options of the daemon that runs with it, and that daemon's working directory. The
  /// daemon is the process of the PID file: nothing is asked of it.
  ///
  /// `excluded` are options of its command line that are left out.
  ///
  /// - Throws: ``CommandFailure``, as ``read()`` does.
  func readAsRunning(
    without excluded: Set<OptionCode> = []
  ) throws(CommandFailure) -> (
    resolved: ResolvedConfiguration, commandLine: DaemonCommandLine?, directory: WorkingDirectory?
  ) {
    asRunning(try read(), without: excluded)
  }

  /// The same for the configuration `own`, which was read.
  private func asRunning(
    _ own: ResolvedConfiguration, without excluded: Set<OptionCode>
  ) -> (
    resolved: ResolvedConfiguration, commandLine: DaemonCommandLine?, directory: WorkingDirectory?
  ) {
    guard let (process, line) = daemon(own) else { return (own, nil, nil) }
    let commandLine = line?.without(excluded)
    let resolved = (try? of(commandLine).read()) ?? own
    let base = resolved.configuration.baseQueueDirectory
    return (
      resolved, commandLine,
      base.isUsable && process.isProgramSendmail
        ? WorkingDirectory(of: process.pid, base: resolved.baseQueueDirectory.bytes) : nil
    )
  }

  /// The daemon that runs with the configuration `own`, which was read, and its command line; `nil` when none is
  /// known, or it is not sendmail.
  func daemon(
    _ own: ResolvedConfiguration
  ) -> (process: ObservedProcess, commandLine: DaemonCommandLine?)? {
    let observation = Self.observation(of: own)
    guard let process = observation.daemon, process.isSendmail else { return nil }
    return (process, observation.commandLine)
  }

  /// The ports at which a sendmail with the configuration `own` could not listen now. Where no daemon with it is
  /// known, another sendmail that listens there may be the one that is to be replaced.
  func obstacles(of own: ResolvedConfiguration) -> [PortObstacle] {
    let daemon = daemon(own)?.process.pid
    return own.configuration.obstacles(daemon: daemon).map { obstacle in
      var obstacle = obstacle
      if daemon == nil, obstacle.isHeldBySendmail { obstacle.isDecisive = false }
      return obstacle
    }
  }

  /// The configuration `own`, which was read, and its daemon's working directory, for monitoring.
  func monitored(
    _ own: ResolvedConfiguration, isClient: Bool
  ) -> MonitoringObserver.Configuration {
    let (resolved, _, directory) = asRunning(own, without: [.controlSocketName, .pidFile])
    return MonitoringObserver.Configuration(
      resolved, isClient: isClient, workingDirectory: directory)
  }

  /// The observation of the daemon with the configuration `own`: its PID file, or else who listens.
  private static func observation(of own: ResolvedConfiguration) -> DaemonObservation {
    let observer = DaemonObserver(DaemonPlace(own))
    let observation = observer.observe([.files, .process])
    // Where the PID file names none, the process that listens at the socket is the daemon.
    guard observation.daemon == nil, observation.socketFile.value?.kind == .socket else {
      return observation
    }
    return observer.observe([.files, .process, .holders])
  }

  /// The options that the command line of the daemon with this configuration sets over the file, a line each.
  ///
  /// - Throws: ``CommandFailure``, as ``read()`` does.
  func notesOnCommandLine() throws(CommandFailure) -> [String] {
    let observation = DaemonObserver(DaemonPlace(try read())).observe([.files, .process])
    guard let process = observation.daemon, process.isSendmail else { return [] }
    return (observation.commandLine?.settingTexts ?? []).map { "\($0) (process \(process.pid))" }
  }
}

extension SendmailConfiguration {
  /// The ports at which a sendmail could not listen that was started in the place of `daemon`; `nil` when none runs.
  func obstacles(daemon: Int32?) -> [PortObstacle] {
    PortObserver().obstacles(
      servedPorts, daemon: daemon, bindsVersion6Only: bindsVersion6Only)
  }
}
