// SPDX-License-Identifier: Apache-2.0

/// The audit of a daemon's limits.
struct LimitsAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  func group() -> AuditReport.Group? {
    guard !context.isClient else { return nil }
    let configuration = context.configuration
    let file = Array(configuration.file.utf8)
    var group = AuditReport.Group(.configuration, file)
    group.findings = configuration.ineffectiveLimits.map { Finding(.limitsIneffective, file, $0) }
    return group
  }
}
