// SPDX-License-Identifier: GPL-3.0-or-later

/// Everything that is shown of queues: what was counted in the directories, what the daemon counts,
/// and where nobody could look. Whoever makes one has done all the looking.
public struct QueueOverview: Sendable {
  /// Why something could not be looked at.
  public struct Problem: Sendable, Equatable {
    /// What is in the way.
    public enum Kind: Sendable, Equatable, CaseIterable {
      /// This user may not look.
      case noPermission
      /// The configuration names what is not there, or is no directory.
      case notThere
      /// The system refused something it should not.
      case system
    }

    /// What is in the way.
    public var kind: Kind
    /// What failed where, and why.
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
    /// What was counted; `nil` when nobody could look.
    public var survey: QueueSurvey?
    /// Free space for unprivileged users in KiB; `nil` when it is not known.
    public var freeSpace: Int?
    /// A number that directories of the same file system share; `nil` when it is not known.
    public var fileSystem: UInt64?
    /// The messages that the daemon counts here; `nil` when it does not, or was not asked.
    public var daemonMessages: Int?
    /// Whether a group before this one has the same directory: totals of all groups count it once.
    public var isRepeated = false
    /// What could not be looked at.
    public var problems: [Problem] = []

    /// A directory of which nothing is known but its path and its name.
    public init(path: [UInt8], name: [UInt8]) {
      self.path = path
      self.name = name
    }
  }

  /// A queue group.
  public struct Group: Sendable {
    /// The name.
    public var name: [UInt8]
    /// Its directories.
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
    /// What could not be looked at outside of the directories.
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
  /// What the control files say; `nil` when nobody wanted to know.
  public var contents: QueueContents?
  /// When it was looked, in seconds since 1970.
  public var now: Int
  /// The same as a calendar shows it.
  public var time: CalendarTime
  /// The name of the machine.
  public var host: [UInt8]

  /// An overview of these queues.
  public init(
    queues: [Queues], contents: QueueContents? = nil, now: Int, time: CalendarTime, host: [UInt8]
  ) {
    self.queues = queues
    self.contents = contents
    self.now = now
    self.time = time
    self.host = host
  }
}

extension QueueOverview.Group {
  /// What was counted in all directories of the group.
  public var total: QueueSurvey { QueueOverview.total(directories) }
}

extension QueueOverview.Queues {
  /// What was counted in all directories, each counted once.
  public var total: QueueSurvey {
    QueueOverview.total(groups.flatMap(\.directories).filter { !$0.isRepeated })
  }

  /// Whether any directory was counted.
  var hasSurvey: Bool {
    groups.contains { group in group.directories.contains { $0.survey != nil } }
  }

  /// Everything that could not be looked at.
  public var allProblems: [QueueOverview.Problem] {
    problems + groups.flatMap(\.directories).filter { !$0.isRepeated }.flatMap(\.problems)
  }
}

extension QueueOverview {
  /// What was counted in all directories, each counted once.
  public var total: QueueSurvey {
    queues.reduce(into: QueueSurvey()) { $0.merge($1.total) }
  }

  /// Everything that could not be looked at.
  public var problems: [Problem] { queues.flatMap(\.allProblems) }

  /// Whether any directory was counted.
  public var hasSurvey: Bool { queues.contains { $0.hasSurvey } }

  static func total(_ directories: [Directory]) -> QueueSurvey {
    directories.compactMap(\.survey).reduce(into: QueueSurvey()) { $0.merge($1) }
  }
}
