// SPDX-License-Identifier: GPL-3.0-or-later

/// A report of queues: the counts of each directory, the daemon's own counts, and the directories that
/// could not be read.
public struct QueueReport: Sendable {
  /// A reason why something could not be read.
  public struct Problem: Sendable, Equatable {
    /// The kinds of problem.
    public enum Kind: Sendable, Equatable, CaseIterable {
      /// This user has no permission.
      case noPermission
      /// The configuration names a path that is missing or no directory.
      case notThere
      /// The system refused a call that should succeed.
      case system
    }

    /// The kind.
    public var kind: Kind
    /// The call that failed, the path and the reason.
    public var text: String

    /// A problem of this kind, in these words.
    public init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// A queue directory.
  public struct Directory: Sendable {
    /// The path.
    public var path: [UInt8]
    /// The path below the base queue directory; `.` for the base itself.
    public var name: [UInt8]
    /// The counts; `nil` when the directory could not be read.
    public var counts: QueueCounts?
    /// Free space for unprivileged users in KiB; `nil` when not known.
    public var freeSpace: Int?
    /// The device number, which directories of the same file system share; `nil` when not known.
    public var fileSystem: UInt64?
    /// The daemon's own count of messages; `nil` when it does not count, or was not asked.
    public var daemonMessages: Int?
    /// Whether a group before this one has the same directory. Totals of all groups count it once.
    public var isRepeated = false
    /// Reasons why something in the directory could not be read.
    public var problems: [Problem] = []

    /// A directory without counts.
    public init(path: [UInt8], name: [UInt8]) {
      self.path = path
      self.name = name
    }
  }

  /// A queue group.
  public struct Group: Sendable {
    /// The name.
    public var name: [UInt8]
    /// The directories.
    public var directories: [Directory]

    /// A group with these directories.
    public init(name: [UInt8], directories: [Directory]) {
      self.name = name
      self.directories = directories
    }
  }

  /// The queues of a configuration file.
  public struct Queues: Sendable {
    /// The configuration file.
    public var file: [UInt8]
    /// The base queue directory, resolved.
    public var base: [UInt8]
    /// The groups, the default one first.
    public var groups: [Group]
    /// Problems of groups, outside of the directories.
    public var problems: [Problem]

    /// The queues of `file`.
    public init(file: [UInt8], base: [UInt8], groups: [Group] = [], problems: [Problem] = []) {
      self.file = file
      self.base = base
      self.groups = groups
      self.problems = problems
    }
  }

  /// The queues of each configuration file.
  public var queues: [Queues]
  /// The counts of the control files' contents; `nil` when they were not read.
  public var contents: QueueContents?
  /// The tables to show of them.
  public var tables: QueueTables
  /// The time of the scan, in seconds since 1970.
  public var now: Int
  /// The time of the scan in the local time zone.
  public var time: CalendarTime
  /// The name of the machine.
  public var host: [UInt8]

  /// A report of these queues.
  public init(
    queues: [Queues], contents: QueueContents? = nil, tables: QueueTables = QueueTables(),
    now: Int, time: CalendarTime, host: [UInt8]
  ) {
    self.queues = queues
    self.contents = contents
    self.tables = tables
    self.now = now
    self.time = time
    self.host = host
  }
}

extension QueueReport.Group {
  /// The counts of all directories of the group.
  public var total: QueueCounts { QueueReport.total(directories) }
}

extension QueueReport.Queues {
  /// The counts of all directories, each counted once.
  public var total: QueueCounts {
    QueueReport.total(groups.flatMap(\.directories).filter { !$0.isRepeated })
  }

  /// Whether any directory has counts.
  var hasCounts: Bool {
    groups.contains { group in group.directories.contains { $0.counts != nil } }
  }

  /// All problems.
  public var allProblems: [QueueReport.Problem] {
    problems + groups.flatMap(\.directories).filter { !$0.isRepeated }.flatMap(\.problems)
  }
}

extension QueueReport {
  /// The counts of all directories, each counted once.
  public var total: QueueCounts {
    queues.reduce(into: QueueCounts()) { $0.merge($1.total) }
  }

  /// All problems.
  public var problems: [Problem] { queues.flatMap(\.allProblems) }

  /// Whether any directory has counts.
  public var hasCounts: Bool { queues.contains { $0.hasCounts } }

  static func total(_ directories: [Directory]) -> QueueCounts {
    directories.compactMap(\.counts).reduce(into: QueueCounts()) { $0.merge($1) }
  }
}

extension QueueReport: Report {
  /// The most lines of a table for a reader who names no number.
  private static let fewLines = 20

  private var shownTables: QueueTables {
    QueueTables(tables.kinds, limit: tables.limit ?? Self.fewLines)
  }

  /// Lines for scripts. Nothing when no directory has counts: a sum would say that nothing waits.
  public var classic: String {
    hasCounts ? QueuesClassicText.make(self, tables: shownTables) : ""
  }

  /// Returns the queues as an administrator reads them.
  public func terminal(_ style: TerminalStyle) -> String {
    hasCounts ? QueuesText.make(self, tables: shownTables, style: style) : ""
  }

  /// The queues, with all lines of a table unless a number is named.
  public var document: QueuesDocument { QueuesDocument(self, tables: tables) }
}
