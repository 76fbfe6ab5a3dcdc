// SPDX-License-Identifier: GPL-3.0-or-later

/// What is said of a rule; see ``AuditRule``.
struct AuditRuleText {
  let severity: AuditSeverity
  let label: String
  let law: String
  let source: String
  let reason: String

  init(
    _ severity: AuditSeverity, _ label: String, _ law: String, source: String, reason: String
  ) {
    self.severity = severity
    self.label = label
    self.law = law
    self.source = source
    self.reason = reason
  }
}

/// Where the rules come from.
enum AuditSource {
  static let safefile = "libsmutil/safefile.c"
  static let control = "sendmail/control.c"
  static let queue = "sendmail/queue.c"
  static let guide = "Installation and Operation Guide"
  static let readme = "sendmail's README, Directory Permissions"
  static let security = "sendmail/SECURITY"
  static let platforms = "sendmail/README, ControlSocket permissions"
  static let book = "the book sendmail, 3rd edition, 11.1"
}

extension AuditRule {
  var text: AuditRuleText {
    switch self {
    case .socketNotSet: .socketNotSet
    case .socketUnused: .socketUnused
    case .socketRelative: .socketRelative
    case .socketPathTooLong: .socketPathTooLong
    case .socketUnreachable: .socketUnreachable
    case .socketDirectoryWorldWritable: .socketDirectoryWorldWritable
    case .socketDirectoryGroupWritable: .socketDirectoryGroupWritable
    case .socketDirectoryStickyTrusted: .socketDirectoryStickyTrusted
    case .socketDirectoryGroupTrusted: .socketDirectoryGroupTrusted
    case .socketDirectoryOwner: .socketDirectoryOwner
    case .socketDirectoryMissing: .socketDirectoryMissing
    case .socketNotADirectory: .socketNotADirectory
    case .socketLinkLoop: .socketLinkLoop
    case .socketDirectoryRefuses: .socketDirectoryRefuses
    case .socketSymbolicLink: .socketSymbolicLink
    case .socketHardLinks: .socketHardLinks
    case .socketExecutable: .socketExecutable
    case .socketForeignOwner: .socketForeignOwner
    case .socketFileRefused: .socketFileRefused
    case .socketNotASocket: .socketNotASocket
    case .socketWorldWritable: .socketWorldWritable
    case .socketMode: .socketMode
    case .socketOwner: .socketOwner
    case .socketGroup: .socketGroup
    case .socketModeUnheeded: .socketModeUnheeded
    case .socketNobodyListens: .socketNobodyListens
    case .listenerMissing: .listenerMissing
    case .listenerForeignUser: .listenerForeignUser
    case .listenerNotSendmail: .listenerNotSendmail
    case .commandLineControlSocket: .commandLineControlSocket
    case .queueNotSet: .queueNotSet
    case .queueRelative: .queueRelative
    case .queueMissing: .queueMissing
    case .queueNoMatch: .queueNoMatch
    case .queueMatchSkipped: .queueMatchSkipped
    case .queueGroupOutside: .queueGroupOutside
    case .queueRefused: .queueRefused
    case .queueOwner: .queueOwner
    case .queueWritable: .queueWritable
    case .queueOpen: .queueOpen
    case .queueParentOwner: .queueParentOwner
    case .queueParentWritable: .queueParentWritable
    case .queueParentSticky: .queueParentSticky
    case .queueBaseShared: .queueBaseShared
    case .queueDebianScheme: .queueDebianScheme
    case .queueCoreFiles: .queueCoreFiles
    case .queueRelativeOption: .queueRelativeOption
    case .clientQueueNotMSP: .clientQueueNotMSP
    case .clientQueueOthers: .clientQueueOthers
    case .clientQueueOwner: .clientQueueOwner
    case .clientQueueGroup: .clientQueueGroup
    case .clientQueueFileMode: .clientQueueFileMode
    case .privacyMailqOpen: .privacyMailqOpen
    case .privacyMailqRestricted: .privacyMailqRestricted
    }
  }
}
