// SPDX-License-Identifier: Apache-2.0

extension MonitoringFacts {
  /// Returns the result of `request`.
  ///
  /// `groups` are the names of the queue groups that are asked about; empty for all.
  package func result(of request: CheckRequest, groups: [[UInt8]] = []) -> CheckResult {
    switch request.check {
    case .state: stateResult
    case .children: childrenResult(request.thresholds)
    case .load: loadResult(request.thresholds)
    case .space: spaceResult(request.thresholds, groups)
    case .messages, .oldest, .quarantined, .lost, .incomplete: queueResult(request, groups)
    case .audit: auditResult(request.thresholds)
    case .ports: portsResult(request.thresholds)
    case .config: startupResult
    case .configAge: configurationAgeResult(request.thresholds)
    }
  }

  /// `1 message` or `2 messages`.
  static func counted(_ count: Int, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }
}

extension CheckResult {
  /// A check without a value, for this reason.
  static func unknown(
    _ check: MonitoringCheck, _ name: String, _ reason: String, needsRights: Bool = false
  ) -> CheckResult {
    CheckResult(
      check: check, state: .unknown, text: "\(name) not known",
      reasons: ["\(name) not known: \(reason)"], needsRights: needsRights)
  }
}
