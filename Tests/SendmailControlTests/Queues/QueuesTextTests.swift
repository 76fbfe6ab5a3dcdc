// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// A report of simulated queues, and the tables to show of it.
struct NamedQueues: Sendable, CustomTestStringConvertible {
  let name: String
  let report: QueueReport
  var tables = QueueTables()

  var testDescription: String { name }

  static let all = [
    NamedQueues(name: "quiet", report: .of([.group("mqueue", [.counted(".")])])),
    NamedQueues(
      name: "unread", report: .of([.group("mqueue", [.unread("q1"), .counted("q2", [60])])])),
    NamedQueues(name: "busy", report: .busy, tables: QueueTables(QueueTables.Kind.allCases)),
    NamedQueues(
      name: "busy-top", report: .busy, tables: QueueTables([.recipientDomains], limit: 1)),
    NamedQueues(
      name: "no-names", report: .of([.group("mqueue", [.counted(".", [60])])], QueueContents()),
      tables: QueueTables(QueueTables.Kind.allCases)),
    NamedQueues(
      name: "many-names", report: .manyNames, tables: QueueTables([.recipientDomains])),
    NamedQueues(name: "no-locks", report: .withoutLocks),
    NamedQueues(name: "two-files", report: .twoFiles),
  ]
}

extension QueueReport {
  static let now = 1_795_244_600

  static func of(_ groups: [Group], _ contents: QueueContents? = nil) -> QueueReport {
    QueueReport(
      queues: [queues("/etc/mail/sendmail.cf", groups)], contents: contents, now: now,
      time: CalendarTime(year: 2026, month: 11, day: 21, hour: 7, minute: 3, second: 20),
      host: Array("mail.example.org".utf8))
  }

  static func queues(_ file: String, _ groups: [Group]) -> Queues {
    Queues(file: Array(file.utf8), base: Array("/var/spool/mqueue".utf8), groups: groups)
  }

  /// Three groups, one of them with directories of another, with everything that can be counted.
  static let busy: QueueReport = {
    var first = Directory.counted("q1", [20, 400, 90_000, 700_000], bytes: 5000)
    first.daemonMessages = 3
    first.counts?.quarantined = 1
    first.counts?.lost = 2
    first.counts?.locked = 1
    var second = Directory.counted("q2", [50_000], bytes: 123_456_789)
    second.daemonMessages = 7
    second.counts?.unfinished = 3
    second.counts?.orphans = 4
    second.counts?.withoutBody = 6
    second.counts?.transcripts = 7
    second.counts?.others = 5
    var slow = Directory.counted("slow")
    slow.fileSystem = 2
    slow.freeSpace = 1_000_000
    slow.isReadOnly = true
    slow.freeInodes = 12
    slow.obstacle = "read-only"
    var repeated = first
    repeated.isRepeated = true
    var contents = QueueContents()
    read(20, ["a@one.example", "b@one.example", "root"], "<>", nil, &contents)
    read(90_000, ["c@two.example"], "x@sender.example", "Deferred: \u{1B}]0;x\u{7}", &contents)
    contents.tooLong = 1
    contents.unreadable = 2
    var report = of(
      [
        .group("mqueue", [first, second]), .group("slow", [slow]), .group("twin", [repeated]),
      ], contents)
    report.queues[0].strays = [
      StrayMessages(path: Array("/var/spool/mqueue".utf8), messages: 1),
      StrayMessages(path: Array("/var/spool/mqueue/old".utf8), messages: 2),
    ]
    return report
  }()

  private static func read(
    _ age: Int, _ recipients: [String], _ sender: String, _ status: String?,
    _ contents: inout QueueContents
  ) {
    contents.begin(arrival: now - age)
    if let status { contents.take(.status(Array(status.utf8)), now: now) }
    contents.take(.sender(Array(sender.utf8)), now: now)
    for address in recipients {
      contents.take(
        .recipient(QueueRecipient(flags: [], address: Array(address.utf8))), now: now)
    }
    // One with a status is cut short, and counts all the same.
    if status == nil { contents.take(.end, now: now) }
    contents.end(now: now)
  }

  /// More names than are kept.
  static let manyNames: QueueReport = {
    var contents = QueueContents(bound: 2)
    for (name, count) in [("a", 9), ("b", 4), ("c", 3), ("d", 2)] {
      for _ in 0..<count { read(20, ["u@\(name).example"], "<>", nil, &contents) }
    }
    return of([.group("mqueue", [.counted(".", [20])])], contents)
  }()

  static let withoutLocks: QueueReport = {
    var directory = Directory.counted("q1", [60])
    directory.counts?.locked = nil
    return of([.group("mqueue", [directory, .counted("q2", [1, 2])])])
  }()

  /// The daemon's queue and the client queue, which cannot be read.
  static let twoFiles: QueueReport = {
    var report = of([.group("mqueue", [.counted(".", [60])])])
    report.queues.append(
      queues("/etc/mail/submit.cf", [.group("mqueue", [.unread(".")])]))
    return report
  }()
}

extension QueueReport.Group {
  static func group(_ name: String, _ directories: [QueueReport.Directory]) -> Self {
    Self(name: Array(name.utf8), directories: directories)
  }
}

extension QueueReport.Directory {
  /// A directory with messages of these ages.
  static func counted(_ name: String, _ ages: [Int] = [], bytes: Int = 0) -> Self {
    var directory = unread(name)
    directory.problems = []
    directory.fileSystem = 1
    directory.freeSpace = 2_000_000
    var counts = QueueCounts()
    for age in ages { counts.addMessage(time: QueueReport.now - age, now: QueueReport.now) }
    counts.addBody(bytes: bytes)
    directory.counts = counts
    return directory
  }

  static func unread(_ name: String) -> Self {
    let path = name == "." ? "/var/spool/mqueue" : "/var/spool/mqueue/\(name)"
    var directory = Self(path: Array(path.utf8), name: Array(name.utf8))
    directory.problems = [.init(.noPermission, "\(path): open: Permission denied")]
    return directory
  }
}

@Suite("Texts of queues")
struct QueuesTextTests {
  @Test("On 80 columns", arguments: NamedQueues.all)
  func terminal(queues: NamedQueues) throws {
    let style = TerminalStyle(width: 80, characters: .utf8)
    try Golden.check(
      QueuesText.make(queues.report, tables: queues.tables, style: style),
      "Queues/\(queues.name)-80.txt")
  }

  @Test("The busy queues in other places", arguments: [59, 60, 70, 100, nil])
  func widths(width: Int?) throws {
    let style = TerminalStyle(width: width, characters: .utf8)
    let text = QueuesText.make(
      .busy, tables: QueueTables(QueueTables.Kind.allCases), style: style)
    try Golden.check(text, "Queues/busy-\(width.map { String($0) } ?? "file").txt")
    if let width { #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }) }
  }

  @Test("In lines for scripts", arguments: NamedQueues.all)
  func classic(queues: NamedQueues) throws {
    try Golden.check(
      QueuesClassicText.make(queues.report, tables: queues.tables),
      "Queues/\(queues.name).classic")
  }

  @Test("As JSON", arguments: NamedQueues.all)
  func json(queues: NamedQueues) throws {
    try Golden.check(
      try JSONText.make(QueuesDocument(queues.report, tables: queues.tables)),
      "Queues/\(queues.name).json")
  }
}
