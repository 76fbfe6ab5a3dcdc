// SPDX-License-Identifier: Apache-2.0

/// A report of queues: the counts of each directory, the daemon's own counts, and the directories that
/// could not be read.
package struct QueueReport: Sendable {
  /// A reason why something could not be read.
  package struct Problem: Sendable, Equatable {
    /// The kinds of problem.
    package enum Kind: Sendable, Equatable, CaseIterable {
      /// This user has no permission.
      case noPermission
      /// The configuration names a path that is missing or no directory.
      case notThere
      /// The system refused a call that should succeed.
      case system
      /// The deadline passed.
      case notInTime
    }

    /// The kind.
    package var kind: Kind
    /// The call that failed, the path and the reason.
    package var text: String

    /// A problem of this kind, in these words.
    package init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// A queue directory.
  package struct Directory: Sendable, Equatable {
    /// The path.
    package var path: [UInt8]
    /// The path below the base queue directory; `.` for the base itself.
    package var name: [UInt8]
    /// The counts; `nil` when the directory could not be read.
    package var counts: QueueCounts?
    /// Free space for unprivileged users in KiB; `nil` when not known.
    package var freeSpace: Int?
    /// True if the file system is mounted read-only; `nil` when not known.
    package var isReadOnly: Bool?
    /// Free inodes for unprivileged users; `nil` when not known, or where there is no such limit.
    package var freeInodes: Int?
    /// The reason in words why no message can be queued on the file system; `nil` when none is known.
    package var obstacle: String?
    /// The device number, which directories of the same file system share; `nil` when not known.
    package var fileSystem: UInt64?
    /// The daemon's own count of messages; `nil` when it does not count, or was not asked.
    package var daemonMessages: Int?
    /// True if a group before this one has the same directory. Totals of all groups count it once.
    package var isRepeated = false
    /// Reasons why something in the directory could not be read.
    package var problems: [Problem] = []
    /// The group whose members may read the directory where this user may not; `nil` for none.
    package var readingGroup: String?

    /// A directory without counts.
    package init(path: [UInt8], name: [UInt8]) {
      self.path = path
      self.name = name
    }
  }

  /// The daemon that runs with a configuration.
  package struct Daemon: Sendable, Equatable {
    /// The base queue directory compared with its working directory.
    package var directory: WorkingDirectory
    /// Its command line; `nil` when it is not known.
    package var commandLine: DaemonCommandLine?
    /// The kind of its locks, as that on its PID file tells; `nil` when it is not known.
    package var lockKind: LockKind?

    /// A daemon.
    package init(
      directory: WorkingDirectory, commandLine: DaemonCommandLine?, lockKind: LockKind? = nil
    ) {
      self.lockKind = lockKind
      self.directory = directory
      self.commandLine = commandLine
    }

    /// The facts to know before its queues are read, a sentence each: another working directory, and a queue
    /// directory of its command line.
    package var lines: [String] {
      let own = commandLine?.settings.last { $0.name == "QueueDirectory" }
      return [
        directory.difference,
        own.map {
          """
          the daemon, process \(directory.process), was started with QueueDirectory=\
          \(TerminalEscaping.escape($0.value)), which counts here
          """
        },
      ].compactMap { $0 }
    }
  }

  /// A queue group.
  package struct Group: Sendable, Equatable {
    /// The name.
    package var name: [UInt8]
    /// The directories.
    package var directories: [Directory]

    /// A group with these directories.
    package init(name: [UInt8], directories: [Directory]) {
      self.name = name
      self.directories = directories
    }
  }

  /// The queues of a configuration file.
  package struct Queues: Sendable, Equatable {
    /// The configuration file.
    package var file: [UInt8]
    /// The base queue directory, resolved.
    package var base: [UInt8]
    /// The groups, the default one first.
    package var groups: [Group]
    /// Problems of groups, outside of the directories.
    package var problems: [Problem]
    /// The daemon that runs with the file; `nil` when none is known to.
    package var daemon: Daemon?
    /// Messages in directories that no queue reads.
    package var strays: [StrayMessages] = []

    /// The queues of `file`.
    package init(file: [UInt8], base: [UInt8], groups: [Group] = [], problems: [Problem] = []) {
      self.file = file
      self.base = base
      self.groups = groups
      self.problems = problems
    }
  }

  /// The queues of each configuration file.
  package var queues: [Queues]
  /// The counts of the control files' contents; `nil` when they were not read.
  package var contents: QueueContents?
  /// The tables to show of them.
  package var tables: QueueTables
  /// The time of the scan, in seconds since 1970.
  package var now: Int
  /// The time of the scan in the local time zone.
  package var time: CalendarTime
  /// The name of the machine.
  package var host: [UInt8]

  /// A report of these queues.
  package init(
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
  package var total: QueueCounts { QueueReport.total(directories) }

  /// True if any directory has counts.
  var hasCounts: Bool { directories.contains { $0.counts != nil } }
}

extension QueueReport.Queues {
  /// The counts of all directories, each counted once.
  package var total: QueueCounts {
    QueueReport.total(groups.flatMap(\.directories).filter { !$0.isRepeated })
  }

  /// True if any directory has counts.
  var hasCounts: Bool { groups.contains(where: \.hasCounts) }

  /// All problems.
  package var allProblems: [QueueReport.Problem] {
    problems + groups.flatMap(\.directories).filter { !$0.isRepeated }.flatMap(\.problems)
  }
}

extension QueueReport {
  /// The counts of all directories, each counted once.
  package var total: QueueCounts {
    queues.reduce(into: QueueCounts()) { $0.merge($1.total) }
  }

  /// All problems.
  package var problems: [Problem] { queues.flatMap(\.allProblems) }

  /// True if everything was read.
  package var isComplete: Bool { problems.isEmpty }

  /// True if any directory has counts.
  package var hasCounts: Bool { queues.contains { $0.hasCounts } }

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
  package var classic: String {
    hasCounts ? QueuesClassicText.make(self, tables: shownTables) : ""
  }

  /// Returns the queues as an administrator reads them.
  package func terminal(_ style: TerminalStyle) -> String {
    hasCounts ? QueuesText.make(self, tables: shownTables, style: style) : ""
  }

  /// The queues, with all lines of a table unless a number is named.
  package var document: QueuesDocument { QueuesDocument(self, tables: tables) }
}
