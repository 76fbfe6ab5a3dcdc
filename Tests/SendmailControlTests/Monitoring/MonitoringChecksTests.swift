// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Facts, a check of them, and its result.
private struct CheckRow: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let facts: MonitoringFacts
  let check: MonitoringCheck
  let ranges: String?
  let groups: [String]
  let state: CheckState
  let text: String
  let performance: String

  init(
    _ name: String, _ facts: MonitoringFacts, _ check: MonitoringCheck, ranges: String? = nil,
    groups: [String] = [], _ state: CheckState, _ text: String, _ performance: String = ""
  ) {
    testDescription = "\(check.rawValue): \(name)"
    self.facts = facts
    self.check = check
    self.ranges = ranges
    self.groups = groups
    self.state = state
    self.text = text
    self.performance = performance
  }

  var result: CheckResult {
    let thresholds = ranges.flatMap { text in
      check.unit.flatMap { Thresholds(text.utf8, $0) }
    }
    return facts.result(
      of: CheckRequest(check, thresholds), groups: groups.map { Array($0.utf8) })
  }

  private static let normal = MonitoringFacts.normal
  private static let down = normal.observing {
    $0.pidFile = .absent
    $0.namedProcess = .notAsked
    $0.listeners = .known([])
    $0.note(processTable: [])
  }
  private static let hidden = normal.observing {
    $0.namedProcess = .unknown(reason: "process 12 is hidden from this user")
    $0.note(processTable: [])
  }
  private static func observing(
    _ processes: [ObservedProcess], ports: [PortObservation] = [], isSubmission: Bool = false,
    pidFile: Int32? = nil
  ) -> MonitoringFacts {
    normal.changed {
      $0.daemon = .known(
        StartingDaemonTests.observation(
          processes, ports: ports, isSubmission: isSubmission, pidFile: pidFile))
    }
  }
  private static let unread = normal.queueing(.counted("q1", [60]), .unread("q2"))
  private static let empty = normal.queueing(.counted("q1"))

  static let all: [CheckRow] = daemon + queues + others

  private static let daemon: [CheckRow] = [
    CheckRow("accepting", normal, .state, .ok, "accepting"),
    CheckRow(
      "rejecting connections",
      normal.titled("rejecting connections on daemon MTA: load average: 14"),
      .state, .warning, "rejecting connections: load average: 14"),
    CheckRow(
      "rejecting messages", normal.titled("rejecting new messages: min free: 100"), .state,
      .warning,
      "rejecting new messages: min free: 100"),
    CheckRow(
      "slowing", normal.titled("delaying connections on daemon MTA: load average: 9"), .state,
      .warning, "slowing"),
    CheckRow("no port", normal.titled("Sendmail daemon"), .state, .warning, "no port open"),
    CheckRow("other words", normal.titled("startup"), .state, .unknown, "state not known"),
    CheckRow("down", down, .state, .critical, "down"),
    CheckRow(
      "stopped", normal.titled("accepting connections", isStopped: true), .state, .critical,
      "not answering: its process is stopped"),
    CheckRow(
      "hanging",
      normal.observing { $0.listeners = .known([.init(name: [], inode: 1, waiting: 3)]) },
      .state, .critical, "not answering: 3 connections waiting"),
    CheckRow("hidden", hidden, .state, .unknown, "state not known"),
    CheckRow(
      "starting", observing([StartingDaemonTests.process(31, "sendmail -bd -C /m/s.cf")]), .state,
      .warning, "no port open: \(StartingDaemonTests.texts[3].text)"),
    CheckRow(
      "without its port",
      observing(
        [StartingDaemonTests.process(31, "sendmail -bd -C /m/s.cf")],
        ports: [StartingDaemonTests.taken]), .state, .critical,
      "not answering: \(StartingDaemonTests.texts[0].text)"),
    CheckRow(
      "queue only",
      observing([StartingDaemonTests.titled(31, "Queue runner@00:15:00 for /q")], pidFile: 31),
      .state, .warning, "no port open: \(StartingDaemonTests.queueOnlyText)"),
    CheckRow(
      "queue runner of submit.cf",
      observing(
        [StartingDaemonTests.titled(31, "Queue runner@00:15:00 for /q")], isSubmission: true),
      .state, .ok, "process 31 runs the queue every 15m00s"),
    CheckRow(
      "no queue runner of submit.cf", observing([], isSubmission: true), .state, .critical,
      "down: no process runs this queue"),
    CheckRow(
      "not in time", MonitoringFacts(time: 0, awaiting: .daemon), .state, .unknown,
      "state not known"),
    CheckRow(
      "by its reply", hidden.answered("accepting connections", 3, of: 40), .state, .ok, "accepting"),
    CheckRow(
      "no reply", normal.changed { $0.reply = .known(.silent(reason: "no reply in 5 s")) }, .state,
      .critical, "not answering: no reply in 5 s"),
    CheckRow(
      "no socket, and it runs", normal.changed { $0.reply = .known(.down(reason: "x")) }, .state,
      .ok,
      "accepting"),
    CheckRow(
      "no socket, and it does not run",
      down.changed { $0.reply = .known(.down(reason: "no such file")) },
      .state, .critical, "down: no such file"),
    CheckRow(
      "not queried", normal.changed { $0.reply = .known(.withheld(reason: "x")) }, .state, .ok,
      "accepting"),

    CheckRow(
      "by default", normal, .children, .ok, "1 of 40 children", "children=1;38;39;0;40"),
    CheckRow(
      "near the limit", normal.changed { $0.maximumChildren = .known(2) }, .children, .warning,
      "1 of 2 children", "children=1;0;1;0;2"),
    CheckRow(
      "full", normal.changed { $0.maximumChildren = .known(1) }, .children, .critical,
      "1 of 1 children", "children=1;0;0;0;1"),
    CheckRow(
      "no limit", normal.changed { $0.maximumChildren = .known(0) }, .children, .ok, "1 child",
      "children=1;;;0;"),
    CheckRow(
      "ranges", normal, .children, ranges: "2:,1:", .warning, "1 of 40 children",
      "children=1;2:;1:;0;40"),
    CheckRow("down", down, .children, .unknown, "no children"),
    CheckRow("hidden", hidden, .children, .unknown, "children not known"),
    CheckRow(
      "by its reply", hidden.answered("accepting connections", 3, of: 5), .children, .ok,
      "3 of 5 children", "children=3;3;4;0;5"),
  ]

  private static let queues: [CheckRow] = [
    CheckRow("all", normal, .messages, .ok, "3 messages", "messages=3;;;0;"),
    CheckRow(
      "one too many", normal, .messages, ranges: "2,9", .warning, "3 messages", "messages=3;2;9;0;"),
    CheckRow(
      "far too many", normal, .messages, ranges: "1,2", .critical, "3 messages", "messages=3;1;2;0;"
    ),
    CheckRow(
      "a group", normal, .messages, ranges: "2", groups: ["slow"], .ok, "1 message",
      "messages=1;2;;0;"),
    CheckRow(
      "two groups", normal, .messages, groups: ["slow", "mqueue"], .ok, "3 messages",
      "messages=3;;;0;"),
    CheckRow("no such group", normal, .messages, groups: ["x"], .unknown, "messages not known"),
    CheckRow("some not read", unread, .messages, ranges: "10", .unknown, "messages not known"),
    CheckRow(
      "some not read, and too many", unread, .messages, ranges: "0,9", .warning,
      "at least 1 message"),
    CheckRow(
      "some not read, and too few", unread, .messages, ranges: "5:", .unknown, "messages not known"),
    CheckRow(
      "no configuration", normal.changed { $0.queues = .unknown(reason: "x") }, .messages, .unknown,
      "messages not known"),
    CheckRow(
      "oldest", normal, .oldest, .warning, "oldest 1d01h", "oldest=90000s;14400;172800;0;"),
    CheckRow(
      "oldest of a group", normal, .oldest, groups: ["mqueue"], .ok, "oldest 4m00s",
      "oldest=240s;14400;172800;0;"),
    CheckRow(
      "ranges", normal, .oldest, ranges: "1h,1d", .critical, "oldest 1d01h",
      "oldest=90000s;3600;86400;0;"),
    CheckRow("none", empty, .oldest, ranges: "1h", .ok, "no message waits", "oldest=0s;3600;;0;"),
    CheckRow("none", empty, .messages, ranges: "1:", .warning, "0 messages", "messages=0;1:;;0;"),
    CheckRow("none", normal, .quarantined, .ok, "0 quarantined", "quarantined=0;0;;0;"),
    CheckRow(
      "some", normal.queueing(.broken), .quarantined, .warning, "1 quarantined",
      "quarantined=1;0;;0;"),
    CheckRow(
      "some", normal.queueing(.broken), .lost, ranges: "5", .ok, "2 lost", "lost=2;5;;0;"),
    CheckRow(
      "to be lost", normal.queueing(.empty), .lost, .warning, "0 lost, 2 to be lost",
      "lost=2;0;;0;"),
    CheckRow(
      "without a body", normal.queueing(.empty), .incomplete, .warning,
      "1 incomplete, 1 of them without a body", "incomplete=1;0;;0;"),
    CheckRow("none", normal, .incomplete, .ok, "0 incomplete", "incomplete=0;0;;0;"),
    CheckRow(
      "unfinished and orphans", normal.queueing(.broken), .incomplete, ranges: "0,5", .critical,
      "7 incomplete", "incomplete=7;0;5;0;"),
  ]

  private static let others: [CheckRow] = [
    CheckRow("by default", normal, .load, .ok, "load 0.42", "load=0.42;8;12;0;"),
    CheckRow(
      "high", normal.changed { $0.load = .known(9.5) }, .load, .warning, "load 9.5",
      "load=9.5;8;12;0;"),
    CheckRow(
      "delaying", normal.delaying(1, at: 0.6), .load, .warning,
      "load 0.6, delaying (DelayLA 1)", "load=0.6;8;12;0;"),
    CheckRow(
      "not delaying", normal.delaying(1, at: 0.4), .load, .ok, "load 0.4", "load=0.4;8;12;0;"),
    CheckRow(
      "delaying, with ranges", normal.delaying(1, at: 3), .load, ranges: "5", .ok, "load 3.0",
      "load=3;5;;0;"),
    CheckRow(
      "delaying", normal.delaying(2, at: 3), .state, .warning,
      "accepting, delaying (DelayLA 2)"),
    CheckRow(
      "full", normal.spaced(0), .space, .critical, "no space free", "space=0B;819200:;409600:;0;"),
    CheckRow(
      "full, with ranges", normal.spaced(0), .space, ranges: "0:", .critical, "no space free",
      "space=0B;0:;;0;"),
    CheckRow(
      "read-only", normal.spaced(2_000_000, isReadOnly: true), .space, .critical,
      "read-only, 1.9 GiB free", "space=2048000000B;819200:;409600:;0;"),
    CheckRow(
      "no inodes", normal.spaced(2_000_000, inodes: 0), .space, .critical,
      "no inodes free, 1.9 GiB free", "space=2048000000B;819200:;409600:;0;"),
    CheckRow(
      "inodes", normal.spaced(2_000_000, inodes: 1), .space, .ok, "1.9 GiB free",
      "space=2048000000B;819200:;409600:;0;"),
    CheckRow("not known", MonitoringFacts(time: 0), .load, .unknown, "load not known"),
    CheckRow(
      "the least", normal, .space, .warning, "500 KiB free",
      "space_1=2048000000B;819200:;409600:;0; space_2=512000B;819200:;409600:;0;"),
    CheckRow(
      "of a group", normal, .space, ranges: "1M:", groups: ["mqueue"], .ok, "1.9 GiB free",
      "space=2048000000B;1048576:;;0;"),
    CheckRow(
      "not readable",
      normal.changed {
        $0.space = .known([QueueFileSystem(path: [0x2F], device: nil, info: nil, groups: [])])
      }, .space, .unknown, "space not known"),
    CheckRow("all open", normal, .ports, .ok, "all ports open", "ports_missing=0;;0;0;2"),
    CheckRow(
      "closed and taken",
      normal.changed {
        $0.ports = .known([
          StatusReport.port("MTA", 25, .closed), StatusReport.port("MSA", 25, .taken(by: nil)),
        ])
      }, .ports, .critical, "1 port without a listener, port MSA held by another process",
      "ports_missing=2;;0;0;2"),
    CheckRow(
      "closed by the daemon itself",
      normal.titled("rejecting connections on daemon MTA: load average: 14").changed {
        $0.ports = .known([StatusReport.port("MTA", 25, .closed)])
      }, .ports, .warning, "1 port without a listener", "ports_missing=1;;0;0;1"),
    CheckRow(
      "not known",
      normal.changed {
        $0.ports = .known([StatusReport.port("MTA", 25, .unknown(reason: "x"))])
      }, .ports, .unknown, "ports not known"),
    CheckRow(
      "hidden", hidden.changed { $0.ports = .unknown(reason: "x") }, .ports, .unknown,
      "ports not known"),
    CheckRow(
      "unchanged", normal, .configAge, .ok, "configuration unchanged", "config_age=0s;0;;0;"),
    CheckRow(
      "changed",
      normal.changed {
        $0.configurationAge = .known(
          MonitoringFacts.age(-3600, ["/etc/mail/sendmail.cf": -600, "/etc/mail/names": -60]))
      }, .configAge, .warning, "configuration changed 10m00s ago", "config_age=600s;0;;0;"),
    CheckRow(
      "changed, and there is time",
      normal.changed {
        $0.configurationAge = .known(MonitoringFacts.age(-3600, ["/etc/mail/sendmail.cf": -600]))
      }, .configAge, ranges: "1h,1d", .ok, "configuration changed 10m00s ago",
      "config_age=600s;3600;86400;0;"),
    CheckRow(
      "a file is gone",
      normal.changed {
        $0.configurationAge = .known(MonitoringFacts.age(-3600, ["/etc/mail/names": nil]))
      }, .configAge, .warning, "configuration changed 1s ago", "config_age=1s;0;;0;"),
    CheckRow(
      "not known when it was read",
      normal.changed {
        $0.configurationAge = .known(MonitoringFacts.age(nil, ["/etc/mail/sendmail.cf": -600]))
      }, .configAge, .unknown, "config age not known"),
    CheckRow(
      "no daemon", normal.changed { $0.configurationAge = .absent }, .configAge, .unknown,
      "config age not known"),
    CheckRow("starts", normal, .config, .ok, "sendmail would start"),
    CheckRow(
      "does not start",
      normal.changed { $0.startup = .known(MonitoringFacts.startup(["O RunAsUser=nobody-here"])) },
      .config, .critical, "sendmail would not start"),
    CheckRow(
      "not all read",
      normal.changed { $0.startup = .known(MonitoringFacts.startup([], unchecked: [[0x2F]])) },
      .config,
      .unknown, "config not known"),
    CheckRow(
      "nothing found", normal, .audit, .ok, "audit: 0 errors, 0 warnings",
      "audit_errors=0;;0;0; audit_warnings=0;0;;0;"),
    CheckRow(
      "not known", MonitoringFacts(time: 0, awaiting: .audit), .audit, .unknown, "audit not known"),
  ]
}

extension QueueReport.Directory {
  /// A directory with something of everything that needs a person.
  static let broken: Self = {
    var directory = counted("q1", [20])
    directory.counts?.quarantined = 1
    directory.counts?.lost = 2
    directory.counts?.unfinished = 3
    directory.counts?.orphans = 4
    return directory
  }()
}

extension QueueReport.Directory {
  /// A directory with messages that the next queue run loses, or delivers without their body.
  fileprivate static let empty: Self = {
    var directory = counted("q1", [20, 30])
    directory.counts?.toBeLost = 2
    directory.counts?.withoutBody = 1
    return directory
  }()
}

@Suite("Checks of facts")
struct MonitoringChecksTests {
  @Test("Each fact leads to its state, words and values", arguments: CheckRow.all)
  private func checks(_ row: CheckRow) {
    let result = row.result
    #expect(result.state == row.state)
    #expect(result.text == row.text)
    #expect(result.values.map(\.text).joined(separator: " ") == row.performance)
    // What is not known has a reason and no value.
    #expect(
      (result.state == .unknown) == (!result.reasons.isEmpty && result.values.isEmpty)
        || result.text.hasPrefix("at least"))
  }

  @Test("Every check has rows of every state that it can have")
  func coverage() {
    for check in MonitoringCheck.allCases {
      let states = Set(CheckRow.all.filter { $0.check == check }.map(\.state))
      #expect(states.contains(.ok), "\(check)")
    }
  }

  @Test(
    "A fact that was not gathered in time is unknown, for every check",
    arguments: MonitoringCheck.allCases)
  func late(check: MonitoringCheck) {
    let facts = MonitoringFacts(time: 0, awaiting: check.parts)
    let result = facts.result(of: CheckRequest(check))
    #expect(result.state == .unknown)
    #expect(result.reasons.joined().contains("not read in time"))
  }
}
