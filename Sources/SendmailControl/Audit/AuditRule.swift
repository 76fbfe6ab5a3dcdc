// SPDX-License-Identifier: Apache-2.0

/// A rule of the audit, identified by its name.
package struct AuditRule: Sendable, Hashable {
  /// The identifier that scripts rely on: it never changes.
  package let name: String
  /// The severity of a finding of this rule.
  package let severity: AuditSeverity
  /// A word or two that mark a path component which breaks the rule.
  package let label: String
  /// The requirement; for a note, the fact that is worth knowing. One sentence.
  package let requirement: String
  /// The origin of the rule: a source file of sendmail or one of its documents.
  package let source: String
  /// The reason for the rule.
  package let reason: String

  init(
    _ name: String, _ severity: AuditSeverity, label: String, requirement: String, source: String,
    reason: String
  ) {
    self.name = name
    self.severity = severity
    self.label = label
    self.requirement = requirement
    self.source = source
    self.reason = reason
  }

  /// The rule with this name, in upper or lower case, or `nil`.
  package init?(name: String) {
    let name = name.lowercased()
    guard let rule = Self.all.first(where: { $0.name == name }) else { return nil }
    self = rule
  }

  /// Returns whether two rules have the same name.
  package static func == (left: AuditRule, right: AuditRule) -> Bool { left.name == right.name }

  /// Hashes the name.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Every rule, in the order of the manual.
  package static let all: [AuditRule] = [
    .socketNotSet, .socketUnused, .socketRelative, .socketPathTooLong, .socketUnreachable,
    .socketDirectoryWorldWritable, .socketDirectoryGroupWritable, .socketDirectoryStickyTrusted,
    .socketDirectoryGroupTrusted, .socketDirectoryOwner, .socketDirectoryMissing,
    .socketNotADirectory, .socketLinkLoop, .socketDirectoryRefuses, .socketSymbolicLink,
    .socketHardLinks, .socketExecutable, .socketForeignOwner, .socketFileRefused,
    .socketNotASocket, .socketWorldWritable, .socketMode, .socketOwner, .socketGroup,
    .socketModeUnheeded, .socketNoListener,
    .listenerMissing, .listenerForeignUser, .listenerNotSendmail, .commandLineControlSocket,
    .limitsIneffective, .configurationRelativeClassFile, .configurationClassFile,
    .mapMissing, .mapUnsafe, .mapOutOfDate, .tlsNotOffered,
    .filterRefusesMail, .filterPassedOver,
    .queueNotSet, .queueRelative, .queueMissing, .queueNoMatch, .queueMatchSkipped,
    .queueGroupOutside, .queueRefused, .queueOwner, .queueWritable, .queueOpen, .queueParentOwner,
    .queueParentWritable, .queueParentSticky, .queueBaseShared, .queueDebianScheme,
    .queueCoreFiles, .queueRelativeOption, .queueOtherDirectory, .queueStrayMessages,
    .queueFileSystem,
    .queueDaemonElsewhere,
    .clientQueueNotMSP, .clientQueueOthers, .clientQueueOwner, .clientQueueGroup,
    .clientQueueFileMode,
    .privacyMailqOpen, .privacyMailqRestricted,
  ]

  /// Names of documents and source files that several rules come from.
  enum Source {
    static let safefile = "libsmutil/safefile.c"
    static let control = "sendmail/control.c"
    static let queue = "sendmail/queue.c"
    static let guide = "Installation and Operation Guide"
    static let readme = "sendmail's README, Directory Permissions"
    static let security = "sendmail/SECURITY"
    static let platforms = "sendmail/README, ControlSocket permissions"
    static let book = "the book sendmail, 3rd edition, 11.1"
  }
}

/// The severity of a finding.
package enum AuditSeverity: String, Sendable, CaseIterable, Comparable {
  /// Unsafe, or refused by sendmail.
  case error
  /// Safe only under a condition, or not as it should be.
  case warning
  /// Correct, but worth knowing.
  case note

  /// Orders the more severe of two first.
  package static func < (left: AuditSeverity, right: AuditSeverity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}
