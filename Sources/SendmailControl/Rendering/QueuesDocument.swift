// SPDX-License-Identifier: GPL-3.0-or-later

/// An overview of queues as a JSON object. Members are only ever added.
///
/// Bytes that are not valid UTF-8 appear as U+FFFD, as in ``StatusDocument``.
public struct QueuesDocument: Encodable, Sendable {
  /// `smcontrol.queues/1`.
  public var schema = "smcontrol.queues/1"
  /// The name of the machine.
  public var host: String
  /// When it was looked, in seconds since 1970.
  public var time: Int
  /// The ages in seconds at which the classes of `ages` end; the last class has no end.
  public var ageBounds = AgeHistogram.bounds
  /// The queues of each configuration file.
  public var configurations: [Configuration]
  /// All directories, each counted once.
  public var total: QueueCounts
  /// Recipients by domain, or `null` when nobody asked.
  public var recipientDomains: Nullable<Table>
  /// Messages by the sender's domain, or `null` when nobody asked.
  public var senderDomains: Nullable<Table>
  /// Messages by why they are still here, or `null` when nobody asked.
  public var statuses: Nullable<Table>
  /// The control files that were read, or `null` when none were.
  public var controlFiles: Nullable<ControlFiles>

  /// The queues of a configuration file.
  public struct Configuration: Encodable, Sendable {
    var file: String
    var baseQueueDirectory: String
    var groups: [Group]
    var total: QueueCounts
    var problems: [String]
  }

  /// A queue group.
  public struct Group: Encodable, Sendable {
    var name: String
    var directories: [QueueDirectoryMembers]
    var total: QueueCounts
  }

  /// Counts by name.
  public struct Table: Encodable, Sendable {
    var entries: [Entry]
    var names: Int
    var others: Int
    var shortfall: Int

    /// A name and its counts.
    public struct Entry: Encodable, Sendable {
      var name: Nullable<String>
      var count: Int
      var ages: [Int]
    }
  }

  /// How many control files were read, and how.
  public struct ControlFiles: Encodable, Sendable {
    var read: Int
    var damaged: Int
    var tooLong: Int
    var unreadable: Int
  }
}

/// What was counted, as members of a JSON object.
public struct QueueCounts: Encodable, Sendable {
  var messages: Int
  var bytes: Int
  var oldest: Nullable<Int>
  var newest: Nullable<Int>
  var ages: [Int]
  var quarantined: Int
  var lost: Int
  var locked: Nullable<Int>
  var unfinished: Int
  var orphans: Int
  var otherFiles: Int

  init(_ survey: QueueSurvey) {
    messages = survey.messages
    bytes = survey.bytes
    oldest = Nullable(survey.oldest)
    newest = Nullable(survey.newest)
    ages = survey.ages.counts
    quarantined = survey.quarantined
    lost = survey.lost
    locked = Nullable(survey.locked)
    unfinished = survey.unfinished
    orphans = survey.orphans
    otherFiles = survey.others
  }
}

/// A queue directory, as members of a JSON object.
public struct QueueDirectoryMembers: Encodable, Sendable {
  var path: String
  var name: String
  var counts: Nullable<QueueCounts>
  var freeKiB: Nullable<Int>
  var daemonMessages: Nullable<Int>
  var repeated: Bool
  var problems: [String]

  init(_ directory: QueueOverview.Directory) {
    path = QueuesDocument.text(directory.path)
    name = QueuesDocument.text(directory.name)
    counts = Nullable(directory.survey.map(QueueCounts.init))
    freeKiB = Nullable(directory.freeSpace)
    daemonMessages = Nullable(directory.daemonMessages)
    repeated = directory.isRepeated
    problems = directory.problems.map(\.text)
  }
}

/// A queue directory as a JSON object of its own: a line of `--each`. Members are only ever added.
public struct QueueDirectoryDocument: Encodable, Sendable {
  /// `smcontrol.queue/1`.
  public var schema = "smcontrol.queue/1"
  /// The time by which ages are counted, in seconds since 1970.
  public var time: Int
  /// The ages in seconds at which the classes of `ages` end; the last class has no end.
  public var ageBounds = AgeHistogram.bounds
  /// The configuration file.
  public var file: String
  /// The queue group.
  public var group: String
  /// The directory.
  public var directory: QueueDirectoryMembers

  /// The document for `directory` of the queue group `group` in the configuration `file`.
  public init(
    _ directory: QueueOverview.Directory, group: [UInt8], file: [UInt8], time: Int
  ) {
    self.time = time
    self.file = QueuesDocument.text(file)
    self.group = QueuesDocument.text(group)
    self.directory = QueueDirectoryMembers(directory)
  }
}

extension QueuesDocument {
  /// The document for `overview`.
  ///
  /// - Parameter tables: which tables to show of what control files say.
  public init(_ overview: QueueOverview, tables: QueueTables) {
    host = Self.text(overview.host)
    time = overview.now
    configurations = overview.queues.map(Configuration.init)
    total = QueueCounts(overview.total)
    func table(_ kind: QueueTables.Kind) -> Nullable<Table> {
      guard tables.kinds.contains(kind), let contents = overview.contents else {
        return Nullable(nil)
      }
      return Nullable(Table(contents.tally(kind), limit: tables.limit))
    }
    recipientDomains = table(.recipientDomains)
    senderDomains = table(.senderDomains)
    statuses = table(.statuses)
    controlFiles = Nullable(overview.contents.map(ControlFiles.init))
  }

  fileprivate static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension QueuesDocument.Configuration {
  fileprivate init(_ queues: QueueOverview.Queues) {
    file = QueuesDocument.text(queues.file)
    baseQueueDirectory = QueuesDocument.text(queues.base)
    groups = queues.groups.map { group in
      QueuesDocument.Group(
        name: QueuesDocument.text(group.name),
        directories: group.directories.map(QueueDirectoryMembers.init),
        total: QueueCounts(group.total))
    }
    total = QueueCounts(queues.total)
    problems = queues.problems.map(\.text)
  }
}

extension QueuesDocument.Table {
  fileprivate init(_ tally: QueueTally, limit: Int?) {
    entries = tally.top(limit).map { entry in
      Entry(
        name: Nullable(entry.name.map(QueuesDocument.text)), count: entry.ages.total,
        ages: entry.ages.counts)
    }
    names = tally.count
    others = tally.others.total
    shortfall = tally.shortfall
  }
}

extension QueuesDocument.ControlFiles {
  fileprivate init(_ contents: QueueContents) {
    read = contents.files
    damaged = contents.damaged
    tooLong = contents.tooLong
    unreadable = contents.unreadable
  }
}
