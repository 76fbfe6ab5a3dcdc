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
    for classFile in configuration.classFiles where !classFile.isOptional && !classFile.isRelative {
      check(classFile, &group)
    }
    return group
  }

  private func check(_ classFile: ClassFile, _ group: inout AuditReport.Group) {
    let identity =
      classFile.checks.contains(.openedAsRoot) ? context.identity : context.identity.asRealUser
    let safe = SafeFile(identity: identity, checks: classFile.checks)
    guard let rule = safe.rule(brokenBy: classFile.path, in: context.files) else { return }
    guard rule != .notPermitted else {
      group.unchecked += [Unchecked(classFile.path, rule)].compactMap { $0 }
      return
    }
    group.findings.append(
      Finding(
        .configurationClassFile, classFile.path,
        "line \(classFile.line): sendmail does not start: \(rule.reason ?? "\(rule)")",
        remediation: [
          rule == .missing
            ? .advice("make the file, or write -o before its name in line \(classFile.line)")
            : .command("namei -l", classFile.path)
        ]))
  }
}
