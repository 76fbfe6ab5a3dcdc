// SPDX-License-Identifier: Apache-2.0

/// The audit of the users who may list the queue with mailq.
struct PrivacyAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  func group() -> AuditReport.Group {
    let configuration = context.configuration
    let file = Array(configuration.file.utf8)
    var group = AuditReport.Group(.privacy, file)
    guard configuration.privacyOptions.contains(.restrictmailq) else {
      group.findings = [
        Finding(
          .privacyMailqOpen, file, "PrivacyOptions does not contain restrictmailq",
          remediation: [.setting("O PrivacyOptions=restrictmailq")])
      ]
      return group
    }
    guard configuration.baseQueueDirectory.isUsable else { return group }
    var listed: Set<[UInt8]> = []
    for directory in context.queues.groups.flatMap(\.directories)
    where listed.insert(directory.path).inserted {
      guard case .directory(let facts) = directory.state else { continue }
      group.findings.append(
        Finding(
          .privacyMailqRestricted, directory.path,
          """
          \(TerminalEscaping.escape(directory.path)) may be listed by root and by \
          \(context.accounts.groupWithMembers(facts.group))
          """))
    }
    return group
  }
}

/// The audit of the options that submit.cf must set.
struct ClientAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  func group() -> AuditReport.Group? {
    guard context.isClient else { return nil }
    let configuration = context.configuration
    let file = Array(configuration.file.utf8)
    var group = AuditReport.Group(.configuration, file)
    if !configuration.usesMSP {
      group.findings.append(
        Finding(
          .clientQueueNotMSP, file, "\(context.file) does not set UseMSP",
          remediation: [.setting("O UseMSP=True")]))
    }
    let mode = configuration.queueFileMode
    if mode != 0o660 {
      group.findings.append(
        Finding(
          .clientQueueFileMode, file, "QueueFileMode is 0\(String(mode, radix: 8))",
          remediation: [.setting("O QueueFileMode=0660")]))
    }
    return group
  }
}
