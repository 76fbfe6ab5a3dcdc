// SPDX-License-Identifier: Apache-2.0

/// An observation of the daemon, and the machine and the time at which it was made.
package struct PassiveReport: Report {
  /// The observation.
  package let observation: DaemonObservation
  /// The name of the machine.
  package let host: [UInt8]
  /// The time of the observation.
  package let time: CalendarTime
  /// The same time since the machine was booted.
  package let sinceBoot: Duration
  /// The daemon's children and their limit, as far as they can be seen.
  package let limit: ChildLimit?
  /// True if the daemon was not queried because of the limit.
  package let isWithheld: Bool
  /// The facts about what the daemon really uses; `nil` when its configuration is not known.
  package let running: RunningDaemon?

  /// A report of `observation`.
  package init(
    _ observation: DaemonObservation, host: [UInt8], time: CalendarTime, sinceBoot: Duration,
    limit: ChildLimit?, isWithheld: Bool = false, running: RunningDaemon? = nil
  ) {
    self.observation = observation
    self.host = host
    self.time = time
    self.sinceBoot = sinceBoot
    self.limit = limit
    self.isWithheld = isWithheld
    self.running = running
  }

  /// The facts, each with its source.
  package var classic: String { PassiveText.status(observation, running: running) }

  /// The facts in the form of a status.
  package func terminal(_ style: TerminalStyle) -> String {
    PassiveScreen(report: self, style: style).text
  }

  /// The observation.
  package var document: PassiveDocument {
    var document = PassiveDocument(observation)
    document.maximumChildren = Nullable(limit?.maximum)
    document.queryWithheld = isWithheld
    document.running = Nullable(running.map(RunningDocument.init))
    return document
  }
}

extension DaemonObservation {
  /// The state of the daemon by its title; `nil` when that is not known.
  var condition: DaemonCondition? {
    guard isAlive == true, let title = daemon?.title else { return nil }
    let condition = DaemonCondition(title: TitleState.read(title, prefix: place.titlePrefix))
    return condition == .unknown ? nil : condition
  }
}
