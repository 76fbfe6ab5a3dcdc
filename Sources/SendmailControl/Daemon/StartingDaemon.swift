// SPDX-License-Identifier: Apache-2.0

/// A sendmail that is to be the daemon and has no title yet: it reads its configuration, or tries for its ports.
package struct StartingDaemon: Sendable, Equatable {
  /// The time for which sendmail tries for a port: ten times more, after five seconds each
  /// (`opendaemonsocket` in `daemon.c`).
  static let patience = Duration.seconds(50)
  /// The time that a start takes at most where nothing delays it.
  private static let usualTime = Duration.seconds(3)

  /// The process.
  package let process: ObservedProcess
  /// The time since it was started; `nil` when it is not known: `-bD` keeps its process over a restart.
  package let age: Duration?
  /// The ports of its configuration; empty when they are not known.
  let ports: [PortObservation]

  /// A process of this age that tries for `ports`.
  package init(process: ObservedProcess, age: Duration?, ports: [PortObservation]) {
    self.process = process
    self.age = age
    self.ports = ports
  }

  /// A port that it cannot get, and the reason in words.
  package struct WantedPort: Sendable, Equatable {
    /// The port.
    package let port: PortObservation
    /// The reason.
    package let reason: String
  }

  /// The ports that it cannot get.
  package var wantedPorts: [WantedPort] {
    ports.compactMap { port in
      if case .taken = port.state { return WantedPort(port: port, reason: port.stateText) }
      if port.lacksAddress { return WantedPort(port: port, reason: PortObservation.noAddress) }
      // A socket of its own is another port's already.
      return port.sharedWith.map { name in
        WantedPort(port: port, reason: "which port \(TerminalEscaping.escape(name)) of it has")
      }
    }
  }

  /// The time until it gives up; `nil` when it is not known, or it tries for no port.
  package var timeLeft: Duration? {
    guard let age, age < Self.patience, !wantedPorts.isEmpty else { return nil }
    return Self.patience - age
  }

  /// The process and the reason why it is not the daemon yet, as a sentence without a prefix.
  package var text: String {
    let name = "process \(process.pid)"
    let wanted = wantedPorts
    guard wanted.isEmpty else {
      let list = wanted.map { wanted in
        let port = wanted.port
        return "port \(TerminalEscaping.escape(port.port.name)) (\(port.address), \(wanted.reason))"
      }
      // Without an optional port (M=O) sendmail goes on.
      let isOptional = wanted.allSatisfy { $0.port.port.modifiers.contains(UInt8(ascii: "O")) }
      let end = isOptional ? "goes on without" : "ends"
      let time = timeLeft.map { "in about \($0.components.seconds) s" } ?? "within 50 s"
      return """
        \(name) tries for \(list.joined(separator: " and ")), and \(end) \(time) when it \
        does not get \(wanted.count == 1 ? "it" : "them")
        """
    }
    guard let age, age >= Self.usualTime else { return "\(name) starts" }
    return """
      \(name) starts, for \(age.components.seconds) s now: it waits for a minute when the \
      host name has no domain
      """
  }
}

extension DaemonObservation {
  /// The sendmail processes that are to be the daemon of the place and have no title yet. Their arguments show
  /// until then, and name the configuration file of the place.
  package var startingProcesses: [ObservedProcess] {
    let listed = sendmailProcesses.value ?? []
    let named = namedProcess.value.map { named in
      listed.contains { $0.pid == named.pid } || named.hasEnded ? [] : [named]
    }
    return ((named ?? []) + listed).filter(isStarting)
  }

  private func isStarting(_ process: ObservedProcess) -> Bool {
    let line = DaemonCommandLine(arguments: process.arguments)
    guard process.isProgramSendmail, line.isDaemon else { return false }
    if process.pid == pidFileDaemonID { return true }
    guard let file = place.configurationFile else { return false }
    return Self.mayBe(line.effectiveConfigurationFile, file)
  }

  /// Returns whether the files may be the same: one of them may be relative to a directory that is not known.
  private static func mayBe(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    func ends(_ path: [UInt8], with name: [UInt8]) -> Bool {
      name.first != ASCII.slash && path.suffix(name.count + 1).elementsEqual([ASCII.slash] + name)
    }
    return one == other || ends(one, with: other) || ends(other, with: one)
  }

  /// The same processes with what they wait for.
  package var starting: [StartingDaemon] {
    startingProcesses.map { process in
      // One that the PID file names was the daemon before: it was restarted.
      let isNew = process.pid != pidFileDaemonID
      return StartingDaemon(
        process: process,
        age: isNew ? sinceBoot.map { max(.zero, $0 - process.start) } : nil, ports: wantedPorts)
    }
  }

  /// True if the daemon was restarted and has neither a new socket nor a new PID file yet: the time of the old one says
  /// nothing about the configuration that it has read.
  package var isReadingAgain: Bool {
    !startingProcesses.isEmpty && listeners.value?.isEmpty != false
  }

  /// The reasons why a process that is there has no control socket or does not answer there, a sentence each without
  /// a prefix: it starts, or it runs the queue only.
  package var explanations: [String] {
    starting.map(\.text) + [queueOnlyText].compactMap { $0 }
  }
}
