// SPDX-License-Identifier: Apache-2.0

extension MonitoringFacts {
  /// Returns the result of `request`.
  ///
  /// - Parameter groups: the names of the queue groups that are asked about; empty for all.
  package func result(of request: CheckRequest, groups: [[UInt8]] = []) -> CheckResult {
    switch request.check {
    case .state: stateResult
    case .children: childrenResult(request.thresholds)
    case .load: loadResult(request.thresholds)
    case .space: spaceResult(request.thresholds, groups)
    case .messages, .oldest, .quarantined, .lost, .incomplete: queueResult(request, groups)
    case .audit: auditResult(request.thresholds)
    case .config: startupResult
    }
  }

  // MARK: The daemon

  private var stateResult: CheckResult {
    let finding = state
    let reason = finding.reason.isEmpty ? "" : ": \(finding.reason)"
    var result = CheckResult(check: .state, state: .unknown, text: "")
    switch finding.state {
    case .accepting: (result.state, result.text) = (.ok, "accepting")
    case .slowing: (result.state, result.text) = (.warning, "slowing" + reason)
    case .rejectingConnections:
      (result.state, result.text) = (.warning, "rejecting connections" + reason)
    case .rejectingMessages:
      (result.state, result.text) = (.warning, "rejecting new messages" + reason)
    case .noPortOpen: (result.state, result.text) = (.warning, "no port open")
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

  private func childrenResult(_ given: Thresholds?) -> CheckResult {
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
    case .unknown(let reason):
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

  private func loadResult(_ given: Thresholds?) -> CheckResult {
    guard let load = load.value else {
      return .unknown(.load, "load", load.reason ?? Self.late)
    }
    var thresholds = given ?? Thresholds()
    if given == nil, let limits = self.thresholds.value {
      thresholds.warning = ThresholdRange(to: Double(limits.queueLA))
      if limits.refuseLA > 0 { thresholds.critical = ThresholdRange(to: Double(limits.refuseLA)) }
    }
    let rounded = (load * 100).rounded() / 100
    return CheckResult(
      check: .load, state: thresholds.state(of: rounded), text: "load \(rounded)",
      values: [PerformanceValue(label: "load", value: rounded, thresholds: thresholds)])
  }

  // MARK: The queues

  private func spaceResult(_ given: Thresholds?, _ groups: [[UInt8]]) -> CheckResult {
    guard let all = space.value else {
      return .unknown(.space, "space", space.reason ?? Self.late)
    }
    if let missing = Self.missing(groups, among: all.flatMap(\.groups)) {
      return .unknown(.space, "space", missing)
    }
    let systems = all.filter { groups.isEmpty || !Set($0.groups).isDisjoint(with: groups) }
    let unread = systems.filter { $0.info == nil }
    guard unread.isEmpty, !systems.isEmpty else {
      let paths = unread.map { "\(TerminalEscaping.escape($0.path)): its space cannot be read" }
      return CheckResult(
        check: .space, state: .unknown, text: "space not known",
        reasons: paths.isEmpty ? ["space not known: there is no queue directory"] : paths,
        needsRights: !paths.isEmpty)
    }
    var result = CheckResult(check: .space, state: .ok, text: "")
    for system in systems {
      guard let info = system.info else { continue }
      let free = Double(info.freeSpace) * 1024
      let thresholds = given ?? minimumSpace(on: info)
      let state = thresholds.state(of: free)
      let text = "\(Units.size(kibibytes: info.freeSpace)) free"
      let isWorse = state.rank > result.state.rank
      let isLess = state == result.state && result.values.allSatisfy { free < $0.value }
      if result.text.isEmpty || isWorse || isLess { result.text = text }
      result.state = CheckState.worst(of: [result.state, state])
      let path = TerminalEscaping.escape(system.path)
      result.details.append("\(path): \(text)")
      let label = systems.count == 1 ? "space" : "space_\(result.values.count + 1)"
      result.values.append(
        PerformanceValue(label: label, value: free, unit: .bytes, thresholds: thresholds))
    }
    return result
  }

  /// The space at which sendmail refuses messages, and twice as much for a warning.
  private func minimumSpace(on info: FileSystemInfo) -> Thresholds {
    guard let blocks = thresholds.value?.minimumFreeBlocks, blocks > 0 else { return Thresholds() }
    let bytes = Double(blocks) * Double(info.blockSize)
    return Thresholds(
      warning: ThresholdRange(2 * bytes), critical: ThresholdRange(bytes))
  }

  private func queueResult(_ request: CheckRequest, _ groups: [[UInt8]]) -> CheckResult {
    let check = request.check
    guard let found = queues.value else {
      return .unknown(check, check.rawValue, queues.reason ?? Self.late)
    }
    if let missing = Self.missing(groups, among: found.flatMap(\.groups).map(\.name)) {
      return .unknown(check, check.rawValue, missing)
    }
    let thresholds = request.thresholds ?? Self.standardThresholds(check)
    let counts = counts(of: Set(groups))
    let value = counts.map { self.value(of: check, in: $0) } ?? 0
    let problems = queueProblems(of: Set(groups))
    var result = CheckResult(
      check: check, state: thresholds.state(of: Double(value)),
      text: Self.text(of: check, value, isEmpty: counts?.messages == 0))
    let directories = directories(of: Set(groups))
    result.details = directories.map { directory in
      let path = TerminalEscaping.escape(directory.path)
      let text = directory.counts.map {
        Self.text(of: check, self.value(of: check, in: $0), isEmpty: $0.messages == 0)
      }
      return "\(path): \(text ?? "not read")"
    }
    guard problems.isEmpty, counts != nil else {
      // What was read is bad by itself, whatever else there is.
      let isCertain = counts != nil && thresholds.areUpperBounds && result.state != .ok
      if isCertain {
        result.text = "at least \(result.text)"
      } else {
        result.state = .unknown
        result.text = "\(check.rawValue) not known"
      }
      result.reasons =
        problems.isEmpty ? ["there is no queue directory"] : problems.map(\.text)
      result.groups = directories.compactMap(\.readingGroup).reduce(into: []) {
        if !$0.contains($1) { $0.append($1) }
      }
      result.needsRights = problems.contains { $0.kind == .noPermission }
      return result
    }
    result.values = [
      PerformanceValue(
        label: check.rawValue, value: Double(value), unit: check.unit ?? .number,
        thresholds: thresholds)
    ]
    return result
  }

  private func value(of check: MonitoringCheck, in counts: QueueCounts) -> Int {
    switch check {
    case .oldest: counts.oldest.map { AgeHistogram.age(of: $0, at: time) } ?? 0
    case .quarantined: counts.quarantined
    case .lost: counts.lost
    case .incomplete: counts.unfinished + counts.orphans
    default: counts.messages
    }
  }

  private static func text(of check: MonitoringCheck, _ value: Int, isEmpty: Bool) -> String {
    switch check {
    case .oldest: isEmpty ? "no message waits" : "oldest \(Duration.seconds(value).inTwoUnits)"
    case .messages: counted(value, "message", "messages")
    default: "\(value) \(check.rawValue)"
    }
  }

  /// sendmail warns the sender of a message after 4 hours, by default, and returns it after 5 days.
  private static func standardThresholds(_ check: MonitoringCheck) -> Thresholds {
    switch check {
    case .oldest:
      Thresholds(warning: ThresholdRange(to: 4 * 3600), critical: ThresholdRange(to: 48 * 3600))
    case .quarantined, .lost, .incomplete: Thresholds(warning: ThresholdRange(to: 0))
    default: Thresholds()
    }
  }

  /// The complaint about the first of `groups` that does not exist; `nil` when all do.
  private static func missing(_ groups: [[UInt8]], among all: [[UInt8]]) -> String? {
    guard let group = groups.first(where: { !all.contains($0) }) else { return nil }
    let names = Set(all.map { TerminalEscaping.escape($0) }).sorted().joined(separator: ", ")
    return "there is no queue group \(TerminalEscaping.escape(group)), only \(names)"
  }

  // MARK: The configuration

  private func auditResult(_ given: Thresholds?) -> CheckResult {
    guard let audits = audits.value else {
      return .unknown(.audit, "audit", audits.reason ?? Self.late)
    }
    let errors = audits.reduce(0) { $0 + $1.count(.error) }
    let warnings = audits.reduce(0) { $0 + $1.count(.warning) }
    let thresholds =
      given ?? Thresholds(warning: ThresholdRange(to: 0), critical: ThresholdRange(to: 0))
    var result = CheckResult(
      check: .audit, state: .ok,
      text: "audit: \(Self.counted(errors, "error", "errors")), "
        + Self.counted(warnings, "warning", "warnings"))
    // An error is a reason for a warning, too.
    if thresholds.warning?.alerts(on: Double(errors + warnings)) == true { result.state = .warning }
    if thresholds.critical?.alerts(on: Double(errors)) == true { result.state = .critical }
    result.details = audits.flatMap(\.findings).filter { $0.rule.severity != .note }.map {
      "\($0.rule.severity.rawValue) \($0.rule.name): \(TerminalEscaping.escape($0.path)): \($0.found)"
    }
    let unchecked = audits.flatMap(\.unchecked)
    guard unchecked.isEmpty else {
      result.reasons = unchecked.map {
        "not checked: \(TerminalEscaping.escape($0.path)): \($0.reason)"
      }
      result.needsRights = true
      guard result.state == .ok || !thresholds.areUpperBounds else { return result }
      result.state = .unknown
      result.text = "audit not complete"
      return result
    }
    result.values = [
      PerformanceValue(
        label: "audit_errors", value: Double(errors),
        thresholds: Thresholds(critical: thresholds.critical)),
      PerformanceValue(
        label: "audit_warnings", value: Double(warnings),
        thresholds: Thresholds(warning: thresholds.warning)),
    ]
    return result
  }

  private var startupResult: CheckResult {
    guard let report = startup.value else {
      return .unknown(.config, "config", startup.reason ?? Self.late)
    }
    var result = CheckResult(check: .config, state: .ok, text: "sendmail would start")
    result.details = ConfigurationReport.lines(of: report.startup.messages, file: report.file)
      .map(\.text)
    if !report.wouldStart {
      result.state = report.isCertain ? .critical : .unknown
      result.text = "sendmail would not start"
      result.reasons = report.isCertain ? [] : report.reasons
    } else if !report.isComplete {
      result.state = .unknown
      result.text = "config not known"
      result.reasons = report.uncheckedLines
      result.needsRights = true
    }
    return result
  }

  private static func counted(_ count: Int, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }
}

extension CheckResult {
  /// A check without a value, for this reason.
  fileprivate static func unknown(
    _ check: MonitoringCheck, _ name: String, _ reason: String, needsRights: Bool = false
  ) -> CheckResult {
    CheckResult(
      check: check, state: .unknown, text: "\(name) not known",
      reasons: ["\(name) not known: \(reason)"], needsRights: needsRights)
  }
}
