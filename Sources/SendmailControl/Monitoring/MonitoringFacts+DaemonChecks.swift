// SPDX-License-Identifier: Apache-2.0

extension MonitoringFacts {
  var stateResult: CheckResult {
    let finding = state
    let reason = finding.reason.isEmpty ? "" : ": \(finding.reason)"
    var result = CheckResult(check: .state, state: .unknown, text: "")
    switch finding.state {
    case .accepting:
      (result.state, result.text) =
        delay.map { (.warning, "accepting, \($0)") } ?? (.ok, "accepting")
    case .slowing: (result.state, result.text) = (.warning, "slowing" + reason)
    case .rejectingConnections:
      (result.state, result.text) = (.warning, "rejecting connections" + reason)
    case .rejectingMessages:
      (result.state, result.text) = (.warning, "rejecting new messages" + reason)
    case .noPortOpen where daemon.value?.place.isSubmission == true:
      (result.state, result.text) = (.ok, finding.reason)
    case .noPortOpen: (result.state, result.text) = (.warning, "no port open" + reason)
    case .notAnswering: (result.state, result.text) = (.critical, "not answering" + reason)
    case .down: (result.state, result.text) = (.critical, "down" + reason)
    case .unknown:
      result.text = "state not known"
      result.reasons = ["state not known" + reason]
      result.needsRights = daemon.value != nil
    }
    if case .withheld(let reason)? = reply.value { result.details.append("not queried: \(reason)") }
    if let observation = daemon.value {
      result.details += PassiveText.daemons(observation).map { "process title: \($0)" }
      result.details.append("PID file: \(PassiveText.pidFile(observation))")
      result.details.append("socket: \(PassiveText.socketFile(observation))")
    }
    return result
  }

  func childrenResult(_ given: Thresholds?) -> CheckResult {
    var limit = maximumChildren.value
    if case .replied(let status)? = reply.value { limit = status.maximumChildren }
    let maximum = limit.flatMap { $0 > 0 ? Double($0) : nil }
    var thresholds = given ?? Thresholds()
    if given == nil, let maximum {
      // With one child more than for the warning, a query makes sendmail refuse SMTP connections.
      thresholds.warning = ThresholdRange(to: max(0, maximum - 2))
      thresholds.critical = ThresholdRange(to: max(0, maximum - 1))
    }
    let count: Int
    switch children {
    case .known(let number): count = number
    case .absent:
      return CheckResult(
        check: .children, state: .unknown, text: "no children",
        reasons: ["children not known: the daemon does not run"])
    case .notAsked: return .unknown(.children, "children", Self.late)
    case .unknown(let reason, _):
      return .unknown(.children, "children", reason, needsRights: daemon.value != nil)
    }
    let of = maximum.map { "\(count) of \(ThresholdRange.text($0)) children" }
    return CheckResult(
      check: .children, state: thresholds.state(of: Double(count)),
      text: of ?? Self.counted(count, "child", "children"),
      values: [
        PerformanceValue(
          label: "children", value: Double(count), thresholds: thresholds, maximum: maximum)
      ])
  }

  /// The words for a daemon that delays SMTP commands because of the load; `nil` for one that does not, or
  /// where that is not known.
  private var delay: String? {
    guard let load = load.value, let limits = thresholds.value, limits.delays(at: load) else {
      return nil
    }
    return "delaying (DelayLA \(limits.delayLA))"
  }

  func loadResult(_ given: Thresholds?) -> CheckResult {
    guard let load = load.value else {
      return .unknown(.load, "load", load.reason ?? Self.late)
    }
    var thresholds = given ?? Thresholds()
    if given == nil, let limits = self.thresholds.value {
      thresholds.warning = ThresholdRange(to: Double(limits.queueLA))
      if limits.refuseLA > 0 { thresholds.critical = ThresholdRange(to: Double(limits.refuseLA)) }
    }
    let rounded = (load * 100).rounded() / 100
    var state = thresholds.state(of: rounded)
    let delay = given == nil ? delay : nil
    if delay != nil { state = CheckState.worst(of: [state, .warning]) }
    return CheckResult(
      check: .load, state: state,
      text: "load \(rounded)" + (delay.map { ", \($0)" } ?? ""),
      values: [PerformanceValue(label: "load", value: rounded, thresholds: thresholds)])
  }

  func portsResult(_ given: Thresholds?) -> CheckResult {
    guard let ports = ports.value else {
      return .unknown(
        .ports, "ports", ports.reason ?? Self.late, needsRights: daemon.value?.daemon == nil)
    }
    let missing = ports.count { $0.isMissing == true }
    let taken = ports.filter { if case .taken = $0.state { true } else { false } }
    let silent = missing - taken.count
    let unknown = ports.filter { $0.isMissing == nil }
    let thresholds = given ?? Thresholds(critical: ThresholdRange(to: 0))
    var result = CheckResult(
      check: .ports, state: thresholds.state(of: Double(missing)),
      text: missing == 0
        ? "all ports open"
        : ((silent > 0 ? ["\(Self.counted(silent, "port", "ports")) without a listener"] : [])
          + taken.map { "port \(TerminalEscaping.escape($0.port.name)) \($0.stateText)" })
          .joined(separator: ", "))
    // sendmail closes them itself, and opens them again.
    if state.state == .rejectingConnections, result.state == .critical { result.state = .warning }
    result.details = ports.map(\.text)
    guard unknown.isEmpty else {
      result.reasons = unknown.map(\.text)
      result.needsRights = true
      if result.state == .ok || !thresholds.areUpperBounds {
        result.state = .unknown
        result.text = "ports not known"
      }
      return result
    }
    result.values = [
      PerformanceValue(
        label: "ports_missing", value: Double(missing), thresholds: thresholds,
        maximum: Double(ports.count))
    ]
    return result
  }
}
