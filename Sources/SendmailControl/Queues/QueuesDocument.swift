// SPDX-License-Identifier: Apache-2.0

/// A report of queues as a JSON object. Members are only ever added.
///
/// Bytes that are not valid UTF-8 appear as U+FFFD, as in ``StatusDocument``, and as escapes in the names of
/// tables.
package struct QueuesDocument: Encodable, Sendable {
  /// `smcontrol.queues/1`.
  package var schema = "smcontrol.queues/1"
  /// The name of the machine.
  package var host: String
  /// The time of the scan, in seconds since 1970.
  package var time: Int
  /// The ages in seconds at which the classes of `ages` end; the last class has no end.
  package var ageBoundsSeconds = AgeHistogram.bounds
  /// True if everything was read: otherwise there may be more than the totals have.
  package var complete: Bool
  /// The queues of each configuration file.
  package var configurations: [Configuration]
  /// The counts of all directories, each counted once; `null` when none could be read.
  package var total: Nullable<Counts>
  /// Recipients by domain, or `null` when not asked for.
  package var recipientDomains: Nullable<Table>
  /// Messages by the sender's domain, or `null` when not asked for.
  package var senderDomains: Nullable<Table>
  /// Messages by status, or `null` when not asked for.
  package var statuses: Nullable<Table>
  /// Lost messages and those to be lost by the reason, or `null` when not asked for.
  package var losses: Nullable<Table>
  /// The numbers of control files, or `null` when they were not read.
  package var controlFiles: Nullable<ControlFiles>

  /// The queues of a configuration file.
  package struct Configuration: Encodable, Sendable {
    var file: String
    var baseQueueDirectory: String
    var daemon: Nullable<Daemon>
    var groups: [Group]
    var total: Nullable<Counts>
    var strayMessages: [Stray]
    var problems: [String]
  }

  /// Messages in a directory that no queue reads.
  package struct Stray: Encodable, Sendable {
    var path: String
    var messages: Int
  }

  /// The daemon that runs with a configuration file.
  package struct Daemon: Encodable, Sendable {
    var pid: Int32
    var lockKind: Nullable<String>
    var options: Nullable<[RunningDocument.Setting]>
    var queueDirectory: RunningDocument.QueueDirectory
  }

  /// A queue group.
  package struct Group: Encodable, Sendable {
    var name: String
    var directories: [Directory]
    var total: Nullable<Counts>
  }

  /// A queue directory.
  package struct Directory: Encodable, Sendable {
    var path: String
    var name: String
    var counts: Nullable<Counts>
    var freeKiB: Nullable<Int>
    var readOnly: Nullable<Bool>
    var freeInodes: Nullable<Int>
    var daemonMessages: Nullable<Int>
    var repeated: Bool
    var problems: [String]
  }

  /// The counts of one directory or of several.
  package struct Counts: Encodable, Sendable {
    var messages: Int
    var bytes: Int
    var oldestTime: Nullable<Int>
    var newestTime: Nullable<Int>
    var ages: [Int]
    var quarantined: Int
    var lost: Int
    var locked: Nullable<Int>
    var lockedOtherwise: Nullable<Int>
    var toBeLost: Int
    var unfinished: Int
    var orphans: Int
    var withoutBody: Int
    var notPermitted: Int
    var transcripts: Int
    var otherFiles: Int
  }

  /// Counts by name.
  package struct Table: Encodable, Sendable {
    var entries: [Entry]
    var names: Int
    var totalCount: Int
    var totalAges: [Int]
    var otherCount: Int
    var maximumUndercount: Int

    /// A name and its counts.
    package struct Entry: Encodable, Sendable {
      var name: Nullable<String>
      var count: Int
      var ages: [Int]
    }
  }

  /// The numbers of control files that were read, and of those that could not be read as a whole.
  package struct ControlFiles: Encodable, Sendable {
    var read: Int
    var damaged: Int
    var tooLong: Int
    var unreadable: Int
    var waitingForLoad: Int
  }
}

extension QueuesDocument {
  /// The document for `report`.
  ///
  /// `tables` are the tables to show of the control files' contents.
  package init(_ report: QueueReport, tables: QueueTables) {
    host = Self.text(report.host)
    time = report.now
    complete = report.isComplete
    configurations = report.queues.map(Configuration.init)
    total = Nullable(report.hasCounts ? Counts(report.total) : nil)
    let contents = report.hasCounts ? report.contents : nil
    func table(_ kind: QueueTables.Kind) -> Nullable<Table> {
      guard tables.kinds.contains(kind), let contents else { return Nullable(nil) }
      return Nullable(Table(contents.counts(of: kind), limit: tables.limit))
    }
    recipientDomains = table(.recipientDomains)
    senderDomains = table(.senderDomains)
    statuses = table(.statuses)
    losses = table(.losses)
    controlFiles = Nullable(contents.map(ControlFiles.init))
  }

  fileprivate static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The same with escapes such as `\xF6` for bytes that are not valid UTF-8, so that different names stay
  /// different.
  fileprivate static func distinctText(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? TerminalEscaping.escape(bytes)
  }
}

extension QueuesDocument.Configuration {
  fileprivate init(_ queues: QueueReport.Queues) {
    file = QueuesDocument.text(queues.file)
    baseQueueDirectory = QueuesDocument.text(queues.base)
    daemon = Nullable(
      queues.daemon.map { daemon in
        QueuesDocument.Daemon(
          pid: daemon.directory.process, lockKind: Nullable(daemon.lockKind?.rawValue),
          options: Nullable(daemon.commandLine?.settings.map { RunningDocument.Setting($0) }),
          queueDirectory: RunningDocument.QueueDirectory(daemon.directory))
      })
    groups = queues.groups.map { group in
      QueuesDocument.Group(
        name: QueuesDocument.text(group.name),
        directories: group.directories.map(QueuesDocument.Directory.init),
        total: Nullable(group.hasCounts ? QueuesDocument.Counts(group.total) : nil))
    }
    total = Nullable(queues.hasCounts ? QueuesDocument.Counts(queues.total) : nil)
    strayMessages = queues.strays.map {
      QueuesDocument.Stray(path: QueuesDocument.text($0.path), messages: $0.messages)
    }
    problems = queues.problems.map(\.text)
  }
}

extension QueuesDocument.Directory {
  fileprivate init(_ directory: QueueReport.Directory) {
    path = QueuesDocument.text(directory.path)
    name = QueuesDocument.text(directory.name)
    counts = Nullable(directory.counts.map(QueuesDocument.Counts.init))
    freeKiB = Nullable(directory.freeSpace)
    readOnly = Nullable(directory.isReadOnly)
    freeInodes = Nullable(directory.freeInodes)
    daemonMessages = Nullable(directory.daemonMessages)
    repeated = directory.isRepeated
    problems = directory.problems.map(\.text)
  }
}

extension QueuesDocument.Counts {
  fileprivate init(_ counts: QueueCounts) {
    messages = counts.messages
    bytes = counts.bytes
    oldestTime = Nullable(counts.oldest)
    newestTime = Nullable(counts.newest)
    ages = counts.ages.counts
    quarantined = counts.quarantined
    lost = counts.lost
    locked = Nullable(counts.locked)
    lockedOtherwise = Nullable(counts.lockedOtherwise)
    toBeLost = counts.toBeLost
    unfinished = counts.unfinished
    orphans = counts.orphans
    withoutBody = counts.withoutBody
    notPermitted = counts.notPermitted
    transcripts = counts.transcripts
    otherFiles = counts.others
  }
}

extension QueuesDocument.Table {
  fileprivate init(_ counts: HeavyHitters, limit: Int?) {
    entries = counts.top(limit).map { entry in
      Entry(
        name: Nullable(entry.name.map(QueuesDocument.distinctText)), count: entry.ages.total,
        ages: entry.ages.counts)
    }
    names = counts.count
    let total = counts.total
    totalCount = total.total
    totalAges = total.counts
    otherCount = counts.others.total
    maximumUndercount = counts.maximumUndercount
  }
}

extension QueuesDocument.ControlFiles {
  fileprivate init(_ contents: QueueContents) {
    read = contents.files
    damaged = contents.damaged
    tooLong = contents.tooLong
    unreadable = contents.unreadable
    waitingForLoad = contents.waitingForLoad
  }
}
