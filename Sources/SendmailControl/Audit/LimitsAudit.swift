// SPDX-License-Identifier: Apache-2.0

/// The audit of a daemon's limits, and of lines of the file that are not about paths of queues.
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
    group.findings =
      configuration.ineffectiveLimits.map { Finding(.limitsIneffective, file, $0) }
      + configuration.relativeClassFiles.map { classFile in
        Finding(
          .configurationRelativeClassFile, file, classFile.relativeText,
          remediation: [.advice("name the file by its absolute path in line \(classFile.line)")])
      }
    return group
  }
}
