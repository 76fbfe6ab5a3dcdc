// SPDX-License-Identifier: Apache-2.0

extension MonitoringFacts {
  func auditResult(_ given: Thresholds?) -> CheckResult {
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

  var startupResult: CheckResult {
    guard let report = startup.value else {
      return .unknown(.config, "config", startup.reason ?? Self.late)
    }
    var result = CheckResult(check: .config, state: .ok, text: "sendmail would start")
    result.details =
      ConfigurationReport.lines(of: report.startup.messages, file: report.file)
      .map(\.text) + report.obstacleLines.map(\.text)
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

  func configurationAgeResult(_ given: Thresholds?) -> CheckResult {
    guard let age = configurationAge.value else {
      let reason =
        configurationAge == .absent ? "the daemon does not run" : configurationAge.reason
      return .unknown(
        .configAge, "config age", reason ?? Self.late,
        needsRights: daemon.value != nil && configurationAge != .absent)
    }
    let thresholds = given ?? Thresholds(warning: ThresholdRange(to: 0))
    let changes = age.changes.map { file, change in
      let moment = change == .replaced ? file.replaced : file.modified.value
      return max(1, moment.map { time - Int($0.sinceEpoch.components.seconds) } ?? 1)
    }
    let value = changes.max() ?? 0
    var result = CheckResult(
      check: .configAge, state: thresholds.state(of: Double(value)),
      text: changes.isEmpty
        ? "configuration unchanged"
        : "configuration changed \(Duration.seconds(value).inTwoUnits) ago")
    result.details = age.lines
    guard age.isCurrent != nil else {
      result.state = .unknown
      result.text = "config age not known"
      result.reasons = age.unknown
      result.needsRights = true
      return result
    }
    result.values = [
      PerformanceValue(
        label: "config_age", value: Double(value), unit: .seconds, thresholds: thresholds)
    ]
    return result
  }
}
