// SPDX-License-Identifier: GPL-3.0-or-later

/// Who may list the queue with mailq.
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
          .privacyMailqOpen, file, "PrivacyOptions does not have restrictmailq",
          mending: [.setting("O PrivacyOptions=restrictmailq")])
      ]
      return group
    }
    guard configuration.baseQueueDirectory.isUsable else { return group }
    for place in QueuePlaces(configuration, in: context.world).places {
      guard case .directory = place.content,
        case .found(let facts) = context.world.directory(at: place.path)
      else { continue }
      group.findings.append(
        Finding(
          .privacyMailqRestricted, place.path,
          """
          root may list \(HarmlessText.make(place.path)), and \
          \(context.world.groupWithMembers(facts.group))
          """))
    }
    return group
  }
}

/// What submit.cf sets, and should.
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
          .clientQueueNotMSP, file, "\(context.file) does not set it",
          mending: [.setting("O UseMSP=True")]))
    }
    let mode = configuration.queueFileMode
    if mode != 0o660 {
      group.findings.append(
        Finding(
          .clientQueueFileMode, file, "it is 0\(String(mode, radix: 8))",
          mending: [.setting("O QueueFileMode=0660")]))
    }
    return group
  }
}
