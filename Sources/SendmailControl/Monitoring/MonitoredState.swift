// SPDX-License-Identifier: Apache-2.0

/// The state of the daemon as monitoring tells it.
package enum MonitoredState: String, Sendable, CaseIterable {
  /// At least one SMTP port is open.
  case accepting
  /// Connections are answered late, or put off.
  case slowing
  /// SMTP connections are refused.
  case rejectingConnections = "rejecting-connections"
  /// SMTP connections are accepted, and new messages refused.
  case rejectingMessages = "rejecting-messages"
  /// No SMTP port is open.
  case noPortOpen = "no-port-open"
  /// It runs and does not answer: its process is stopped, connections wait at its socket, or a query had no
  /// reply.
  case notAnswering = "not-answering"
  /// It does not run.
  case down
  /// Not known.
  case unknown

  /// The state for a condition that the daemon reports.
  init(_ condition: DaemonCondition) {
    self =
      switch condition {
      case .accepting: .accepting
      case .slowing: .slowing
      case .rejectingConnections: .rejectingConnections
      case .rejectingMessages: .rejectingMessages
      case .noPortOpen: .noPortOpen
      case .unknown: .unknown
      }
  }
}

/// The state of the daemon, and in words what tells it.
package struct StateFinding: Sendable, Equatable {
  /// The state.
  package let state: MonitoredState
  /// The words that follow the state: sendmail's reason for refusing, or why the state is not known; empty
  /// for none.
  package let reason: String

  init(_ state: MonitoredState, _ reason: String = "") {
    self.state = state
    self.reason = reason
  }
}

extension MonitoringFacts {
  /// The state of the daemon: by its reply where it was queried, else by the observation.
  package var state: StateFinding {
    switch reply.value {
    case .replied(let status)?: return StateFinding(reported: status.daemon?.condition)
    case .silent(let reason)?:
      return StateFinding(.notAnswering, daemon.value?.explanations.first ?? reason)
    // A daemon without its socket file runs all the same.
    case .down(let reason)? where daemon.value?.isAlive != true: return StateFinding(.down, reason)
    case .down?, .withheld?, nil: break
    }
    switch daemon {
    case .notAsked, .absent: return StateFinding(.unknown)
    case .unknown(let reason, _): return StateFinding(.unknown, reason)
    case .known(let observation): return observation.stateFinding
    }
  }
}

extension StateFinding {
  /// The state by a condition that the daemon reports.
  fileprivate init(reported condition: DaemonCondition?) {
    guard let condition, condition != .unknown else {
      self.init(.unknown, "the daemon's words are not known")
      return
    }
    self.init(MonitoredState(condition), condition.reason?.description ?? "")
  }
}

extension DaemonObservation {
  /// The state by what was observed.
  fileprivate var stateFinding: StateFinding {
    switch isAlive {
    case false?:
      return StateFinding(.down, place.isSubmission ? "no process runs this queue" : "")
    case nil: return StateFinding(.unknown, daemonProblem ?? "nothing tells whether it runs")
    case true?: break
    }
    if daemon?.isStopped == true { return StateFinding(.notAnswering, "its process is stopped") }
    if let waiting, waiting > 0, startingProcesses.isEmpty {
      return StateFinding(.notAnswering, PassiveText.waiting(waiting))
    }
    // One that has a state of its own goes on beside another that starts.
    if condition == nil, let finding = unfinished { return finding }
    guard let condition else {
      let problem = daemonProblem ?? "its process title does not tell"
      return StateFinding(.unknown, "it runs, but \(problem)")
    }
    return StateFinding(MonitoredState(condition), condition.reason?.description ?? "")
  }

  /// The state of a process that is not a daemon, or not yet; `nil` for a daemon.
  private var unfinished: StateFinding? {
    if let starting = starting.first {
      // One that tries for its port may end, and takes no mail until then.
      return StateFinding(
        starting.wantedPorts.isEmpty ? .noPortOpen : .notAnswering, starting.text)
    }
    if place.isSubmission, let runner = queueRunners.first {
      return StateFinding(.noPortOpen, runner.text)
    }
    return queueOnlyText.map { StateFinding(.noPortOpen, $0) }
  }
}
