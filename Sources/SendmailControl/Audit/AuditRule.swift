// SPDX-License-Identifier: GPL-3.0-or-later

/// A rule of the audit. The raw values are the identifiers that scripts rely on: they never change.
public enum AuditRule: String, Sendable, CaseIterable {
  case socketNotSet = "socket.not-set"
  case socketUnused = "socket.unused"
  case socketRelative = "socket.relative"
  case socketPathTooLong = "socket.path-too-long"
  case socketUnreachable = "socket.unreachable"
  case socketDirectoryWorldWritable = "socket.directory-world-writable"
  case socketDirectoryGroupWritable = "socket.directory-group-writable"
  case socketDirectoryStickyTrusted = "socket.directory-sticky-trusted"
  case socketDirectoryGroupTrusted = "socket.directory-group-trusted"
  case socketDirectoryOwner = "socket.directory-owner"
  case socketDirectoryMissing = "socket.directory-missing"
  case socketNotADirectory = "socket.not-a-directory"
  case socketLinkLoop = "socket.link-loop"
  case socketDirectoryRefuses = "socket.directory-refuses"
  case socketSymbolicLink = "socket.symbolic-link"
  case socketHardLinks = "socket.hard-links"
  case socketExecutable = "socket.executable"
  case socketForeignOwner = "socket.foreign-owner"
  case socketFileRefused = "socket.file-refused"
  case socketNotASocket = "socket.not-a-socket"
  case socketWorldWritable = "socket.world-writable"
  case socketMode = "socket.mode"
  case socketOwner = "socket.owner"
  case socketGroup = "socket.group"
  case socketModeUnheeded = "socket.mode-unheeded"
  case socketNobodyListens = "socket.nobody-listens"
  case listenerMissing = "listener.missing"
  case listenerForeignUser = "listener.foreign-user"
  case listenerNotSendmail = "listener.not-sendmail"
  case commandLineControlSocket = "command-line.control-socket"
  case queueNotSet = "queue.not-set"
  case queueRelative = "queue.relative"
  case queueMissing = "queue.missing"
  case queueNoMatch = "queue.no-match"
  case queueMatchSkipped = "queue.match-skipped"
  case queueGroupOutside = "queue.group-outside"
  case queueRefused = "queue.refused"
  case queueOwner = "queue.owner"
  case queueWritable = "queue.writable"
  case queueOpen = "queue.open"
  case queueParentOwner = "queue.parent-owner"
  case queueParentWritable = "queue.parent-writable"
  case queueParentSticky = "queue.parent-sticky"
  case queueBaseShared = "queue.base-shared"
  case queueDebianScheme = "queue.debian-scheme"
  case queueCoreFiles = "queue.core-files"
  case queueRelativeOption = "queue.relative-option"
  case clientQueueNotMSP = "client-queue.not-msp"
  case clientQueueOthers = "client-queue.others"
  case clientQueueOwner = "client-queue.owner"
  case clientQueueGroup = "client-queue.group"
  case clientQueueFileMode = "client-queue.file-mode"
  case privacyMailqOpen = "privacy.mailq-open"
  case privacyMailqRestricted = "privacy.mailq-restricted"

  /// How bad it is when the rule is broken.
  public var severity: AuditSeverity { text.severity }
  /// What marks the place on the ladder, in a word or two.
  public var label: String { text.label }
  /// The rule, as a sentence.
  public var law: String { text.law }
  /// Where the rule comes from: sendmail's source file or one of its documents.
  public var source: String { text.source }
  /// Why it matters.
  public var reason: String { text.reason }

  /// Whether sendmail refuses a path that breaks the rule, and runs without a control socket.
  public var isRefusal: Bool {
    switch self {
    case .socketPathTooLong, .socketDirectoryWorldWritable, .socketDirectoryGroupWritable,
      .socketDirectoryMissing, .socketNotADirectory, .socketLinkLoop, .socketDirectoryRefuses,
      .socketSymbolicLink, .socketHardLinks, .socketExecutable, .socketForeignOwner,
      .socketFileRefused:
      true
    default: false
    }
  }

  /// The rule of this name, or `nil`.
  public init?(name: String) {
    self.init(rawValue: name.lowercased())
  }

  /// The rule whose name is nearest to `name`, by the letters to be changed. A name that breaks off
  /// is nearer to a rule than one that goes on in another way.
  public static func nearest(to name: String) -> AuditRule {
    let name = Array(name.lowercased().utf8.prefix(64))
    func distance(_ rule: AuditRule) -> (toBeginning: Int, toWhole: Int) {
      let row = EditDistance.toBeginnings(of: Array(rule.rawValue.utf8), from: name)
      return (row.min() ?? 0, row.last ?? 0)
    }
    return allCases.min { distance($0) < distance($1) } ?? .socketNotSet
  }
}

/// How bad a finding is.
public enum AuditSeverity: String, Sendable, CaseIterable, Comparable {
  /// Unsafe, or sendmail refuses it.
  case error
  /// Safe only as long as something else is, or not as it should be.
  case warning
  /// Nothing is wrong; something to know.
  case note

  /// The worse of two comes first.
  public static func < (left: AuditSeverity, right: AuditSeverity) -> Bool {
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

/// How many letters must be inserted, removed or replaced to make one word another.
enum EditDistance {
  /// The distances from `left` to each beginning of `right`, from the empty one to the whole.
  static func toBeginnings(of right: [UInt8], from left: [UInt8]) -> [Int] {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (byte == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row
  }
}
