// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
internal import SystemPackage
package import SystemSupport

/// Gathers the facts that monitoring asks for, without a connection. It makes no decision about them.
package struct MonitoringObserver: Sendable {
  /// A configuration that monitoring is about.
  package struct Configuration: Sendable {
    /// The configuration.
    package let resolved: ResolvedConfiguration
    /// True if the file serves as the mail submission program's, even without UseMSP.
    package let isClient: Bool
    /// The directory in which its daemon works; `nil` when no daemon is known.
    package let workingDirectory: WorkingDirectory?

    /// A configuration.
    package init(
      _ resolved: ResolvedConfiguration, isClient: Bool = false,
      workingDirectory: WorkingDirectory? = nil
    ) {
      self.resolved = resolved
      self.isClient = isClient
      self.workingDirectory = workingDirectory
    }
  }

  private let place: DaemonPlace
  private let configurations: [Configuration]
  private let interruption: Interruption?
  private let deadline: Deadline?

  /// An observer of the daemon at `place`.
  ///
  /// `configurations` are the daemon's configuration, and others whose queues count, too; none for
  /// a socket that was named alone. `interruption` are the signals that end the gathering.
  /// `deadline` is the moment from which nothing more is gathered; `nil` for none.
  package init(
    _ place: DaemonPlace, _ configurations: [Configuration], interruption: Interruption?,
    until deadline: Deadline? = nil
  ) {
    self.place = place
    self.configurations = configurations
    self.interruption = interruption
    self.deadline = deadline
  }

  /// Gathers the facts in `parts`, those that are quick to read first.
  ///
  /// `note` is called with the facts so far after each part, for a caller that cannot wait for a
  /// system call that does not return.
  ///
  /// - Throws: ``QueueScanInterrupted`` after a signal.
  package func gather(
    _ parts: MonitoringFacts.Parts, noting note: (MonitoringFacts) -> Void = { _ in }
  ) throws(QueueScanInterrupted) -> MonitoringFacts {
    var facts = MonitoringFacts(time: WallClock.now, awaiting: parts)
    if !parts.isDisjoint(with: [.daemon, .load, .space]) { noteThresholds(&facts) }
    for part in Self.order where parts.contains(part) {
      guard interruption?.hasHappened != true else { throw QueueScanInterrupted() }
      guard deadline?.hasPassed != true else { break }
      switch part {
      case .load: noteLoad(&facts)
      case .daemon: noteDaemon(&facts)
      case .startup: noteStartup(&facts)
      case .space: noteSpace(&facts)
      case .ports: notePorts(&facts)
      case .configurationAge: noteConfigurationAge(&facts)
      case .statistics: noteStatistics(&facts)
      case .audit: noteAudit(&facts)
      default: try noteQueues(&facts)
      }
      note(facts)
    }
    return facts
  }

  /// The parts, those that are quick to read first.
  private static let order: [MonitoringFacts.Parts] = [
    .load, .daemon, .statistics, .ports, .configurationAge, .startup, .space, .audit, .queues,
  ]

  private static let noConfiguration = "the socket was named without a configuration file"

  private var main: SendmailConfiguration? { configurations.first?.resolved.configuration }

  private func noteThresholds(_ facts: inout MonitoringFacts) {
    facts.thresholds =
      main.map { .known(StatusThresholds($0)) } ?? .unknown(reason: Self.noConfiguration)
  }

  private func noteLoad(_ facts: inout MonitoringFacts) {
    facts.load = MachineLoad.average.map { .known($0) } ?? .unknown(reason: "getloadavg failed")
  }

  // MARK: The daemon

  /// The time that a connection which waits at the socket is given to be accepted.
  private static let acceptTime = Duration.milliseconds(300)

  private func noteDaemon(_ facts: inout MonitoringFacts) {
    let observer = DaemonObserver(place)
    var observation = observer.observeDaemon()
    // A daemon that is busy for a moment accepts it meanwhile.
    if let waiting = observation.waiting, waiting > 0 {
      let end = Deadline(after: Self.acceptTime)
      _ = try? Readiness.pause(
        Self.acceptTime, until: deadline.map { Deadline.earlier($0, end) } ?? end,
        interruption: interruption)
      observation = observer.observeDaemon()
    }
    facts.daemon = .known(observation)
    facts.maximumChildren =
      main.map { .known(observation.maximumChildren(configured: $0.maximumDaemonChildren)) }
      ?? .unknown(reason: Self.noConfiguration)
    facts.daemonStart = Self.start(of: observation)
  }

  private static func start(of observation: DaemonObservation) -> Fact<Int> {
    guard let daemon = observation.daemon else {
      return observation.isAlive == false ? .absent : observation.unknownDaemon()
    }
    guard let boot = BootTime.wallClockAtBoot else {
      return .unknown(reason: "/proc/stat: no time of the start of the machine")
    }
    return .known(boot + Int(daemon.start.components.seconds))
  }

  private func notePorts(_ facts: inout MonitoringFacts) {
    guard let main, let observation = facts.daemon.value else {
      return facts.ports = .unknown(reason: Self.noConfiguration)
    }
    guard
      observation.isAlive == false || observation.daemon != nil || !observation.starting.isEmpty
    else {
      return facts.ports = observation.unknownDaemon()
    }
    facts.ports = .known(
      PortObserver().observe(main.servedPorts, daemon: observation.daemon?.pid))
  }

  private func noteConfigurationAge(_ facts: inout MonitoringFacts) {
    guard let main, let observation = facts.daemon.value else {
      return facts.configurationAge = .unknown(reason: Self.noConfiguration)
    }
    guard observation.isAlive != false else { return facts.configurationAge = .absent }
    guard !observation.isReadingAgain else {
      return facts.configurationAge = .unknown(reason: "the daemon has not finished its start")
    }
    let listens = observation.listeners.value?.isEmpty == false
    let isOwnPIDFile = observation.pidFileDaemonID != nil
    facts.configurationAge = .known(
      ConfigurationAge(
        of: main, socket: listens ? place.socket.map { FilePath(bytes: $0) } : nil,
        pidFile: isOwnPIDFile ? place.pidFile.map { FilePath(bytes: $0) } : nil))
  }

  // MARK: The configuration

  private func noteStartup(_ facts: inout MonitoringFacts) {
    let files = LiveFiles(until: interruption)
    facts.startup =
      main.map {
        let queues = QueueDirectories(of: $0, in: files)
        return .known(
          StartupReport($0, queues: queues, as: $0.usualRole, unchecked: files.uncheckedPaths))
      } ?? .unknown(reason: Self.noConfiguration)
  }

  private func noteAudit(_ facts: inout MonitoringFacts) {
    guard !configurations.isEmpty else {
      return facts.audits = .unknown(reason: Self.noConfiguration)
    }
    let files = LiveFiles(until: interruption)
    facts.audits = .known(
      configurations.map { configuration in
        var observation = DaemonObserver(DaemonPlace(configuration.resolved)).observe(.all)
        observation.workingDirectory = configuration.workingDirectory
        return AuditReport(
          ofThisMachine: configuration.resolved, isClient: configuration.isClient,
          observation: observation, files: files)
      })
  }

  private func noteStatistics(_ facts: inout MonitoringFacts) {
    guard let resolved = configurations.first?.resolved else {
      return facts.statistics = .unknown(reason: Self.noConfiguration)
    }
    do {
      let (counts, _) = try StatisticsReader.read(resolved)
      facts.statistics = .known(
        NamedStatistics(counts, mailerNames: resolved.configuration.mailerNames))
    } catch {
      facts.statistics =
        error.isOff
        ? .absent
        : .unknown(reason: error.description, isForbidden: error.code == .notPermitted)
    }
  }

  // MARK: The queues

  private var queues: [(configuration: Configuration, directories: QueueDirectories)] {
    let files = LiveFiles(until: interruption)
    return configurations.map {
      ($0, QueueDirectories(of: $0.resolved.configuration, in: files))
    }
  }

  private func noteSpace(_ facts: inout MonitoringFacts) {
    guard !configurations.isEmpty else {
      return facts.space = .unknown(reason: Self.noConfiguration)
    }
    var systems: [QueueFileSystem] = []
    for group in queues.flatMap(\.directories.groups) {
      for directory in group.directories {
        let path = FilePath(bytes: directory.path)
        let device = (try? path.stat()).map { UInt64($0.deviceID.rawValue) }
        if let known = systems.firstIndex(where: { device != nil && $0.device == device }) {
          if !systems[known].groups.contains(group.name) {
            systems[known].groups.append(group.name)
          }
        } else {
          systems.append(
            QueueFileSystem(
              path: directory.path, device: device, info: FileSystemInfo(of: path),
              groups: [group.name],
              isForbidden: directory.state == .inaccessible(.notPermitted)))
        }
      }
    }
    facts.space = .known(systems)
  }

  private func noteQueues(_ facts: inout MonitoringFacts) throws(QueueScanInterrupted) {
    guard !configurations.isEmpty else {
      return facts.queues = .unknown(reason: Self.noConfiguration)
    }
    var scanner = QueueScanner(
      readsContents: false, interruption: interruption, deadline: deadline)
    facts.time = scanner.now
    var found: [QueueReport.Queues] = []
    for (configuration, directories) in queues {
      var report = try scanner.scan(configuration.resolved, directories: directories)
      // Whatever is counted here, the daemon's messages are elsewhere.
      if let difference = configuration.workingDirectory?.difference {
        report.problems.insert(QueueReport.Problem(.notThere, difference), at: 0)
      }
      found.append(report)
    }
    facts.queues = .known(found)
  }
}
