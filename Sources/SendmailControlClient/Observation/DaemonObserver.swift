// SPDX-License-Identifier: Apache-2.0

package import SendmailControl

/// Observes a daemon without a connection, so that sendmail notices nothing.
package struct DaemonObserver: Sendable {
  /// The place that is observed.
  package let place: DaemonPlace
  private let sources: ObservationSources

  /// An observer of `place` that asks `sources`.
  package init(_ place: DaemonPlace, sources: ObservationSources = .live) {
    self.place = place
    self.sources = sources
  }

  /// Observes the daemon.
  ///
  /// `aspects` are the facts to ask for. `followed` is a process that is already known to be the
  /// daemon.
  package func observe(
    _ aspects: DaemonObservation.Aspects, following followed: Int32? = nil
  ) -> DaemonObservation {
    var observation = DaemonObservation(of: place)
    if aspects.contains(.files) {
      let triesLock = aspects.contains(.lock)
      observation.pidFile = place.pidFile.map { sources.pidFile($0, triesLock) } ?? .notAsked
      observation.socketFile = place.socket.map(sources.socketFile) ?? .absent
      observation.mayConnect = place.socket.map(sources.mayConnect) ?? .absent
    }
    if aspects.contains(.process) {
      observation.namedProcess =
        observation.pidFile.value?.processID.map(sources.process) ?? .notAsked
      observation.followedProcess = followed.map(sources.process) ?? .notAsked
    }
    let table = aspects.contains(.processTable) ? sources.processes() : []
    if aspects.contains(.listeners) {
      observation.listeners = listeners(observation, table)
    }
    if aspects.contains(.holders) {
      var search = HolderSearch(at: place)
      for _ in 0..<HolderSearch.mostReadings where !search.isDecided {
        let listeners = listeners(observation, table)
        search.note(listeners, held: held(listeners))
      }
      observation.listeners = search.listeners
      observation.holders = search.holders
    }
    if aspects.contains(.processTable) {
      observation.note(processTable: table)
      observation.sinceBoot = sources.sinceBoot()
      observation.wantedPorts = wantedPorts(observation)
    }
    // Its command line may name another PID file than the configuration.
    if aspects.contains(.files), observation.commandLine == nil, let daemon = observation.daemon,
      daemon.isSendmail
    {
      observation.heldPIDFile = sources.heldPIDFile(daemon.pid)
    }
    return observation
  }

  /// Observes the daemon: its files, its process and its children, and who holds its socket where nothing
  /// else names the daemon, for to read every process's descriptors takes the longest.
  package func observeDaemon() -> DaemonObservation {
    let aspects: DaemonObservation.Aspects = [.files, .lock, .listeners, .process, .processTable]
    let observation = observe(aspects)
    return observation.daemonProcessID == nil ? observe(aspects.union(.holders)) : observation
  }

  /// The ports for which a sendmail that starts may try: those of the configuration, unless its command line sets
  /// others. Who has them is asked for only then.
  private func wantedPorts(_ observation: DaemonObservation) -> [PortObservation] {
    guard let process = observation.startingProcesses.first,
      !DaemonCommandLine(arguments: process.arguments).settings.contains(where: {
        $0.name == "DaemonPortOptions"
      })
    else { return [] }
    // Where its descriptors may not be read: before it opens its control socket it listens on no port.
    let mayListen =
      observation.listeners.value?.isEmpty == false || sources.socketsOf(process.pid).value != nil
    return PortObserver(sources: sources).observe(
      place.ports, daemon: mayListen ? process.pid : nil)
  }

  private func listeners(
    _ observation: DaemonObservation, _ table: [ObservedProcess]
  ) -> Fact<[ListeningSocket]> {
    ListeningSocket.at(
      place, file: observation.socketFile, among: sources.listeningSockets(),
      sharesNetwork: {
        observation.networkPeers(ancestors: sources.ancestors(), among: table)
          .map(sources.sharesNetwork)
      })
  }

  private func held(_ listeners: Fact<[ListeningSocket]>) -> HeldSockets {
    let inodes = Set((listeners.value ?? []).map(\.inode))
    return inodes.isEmpty ? HeldSockets() : sources.heldSockets(inodes)
  }
}
