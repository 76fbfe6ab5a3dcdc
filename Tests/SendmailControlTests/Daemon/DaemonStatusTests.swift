// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("What a reply means")
struct DaemonStatusTests {
  @Test(
    "The listener's line is the daemon, wherever it stands",
    arguments: Transcript.replies(to: .status))
  func daemonByCredentials(transcript: Transcript) throws {
    let reply = try StatusReply(parsing: transcript.reply)
    let status = DaemonStatus(reply, identity: transcript.identity)
    #expect(status.daemon?.pid == transcript.daemonPID)
    #expect(status.daemon?.evidence == .peerCredentials)
    #expect(status.processes.count == reply.processes.count - 1)
    #expect(status.daemon?.condition != .unknown)
  }

  @Test(
    "Without credentials the PID file tells, then the text",
    arguments: Transcript.replies(to: .status))
  func daemonOtherwise(transcript: Transcript) throws {
    let reply = try StatusReply(parsing: transcript.reply)
    let byFile = DaemonIdentity(listener: 1, pidFile: transcript.daemonPID).find(
      in: reply.processes)
    #expect(byFile?.evidence == .pidFile)
    let byText = DaemonIdentity().find(in: reply.processes)
    #expect(byText?.evidence == .text)
    #expect(byText?.index == byFile?.index)
  }

  @Test("Two lines that could be the daemon's are not guessed between")
  func ambiguous() {
    let reply = StatusReply(
      children: 0, maximumChildren: 0, freeSpace: 1, loadAverage: 0,
      processes: [
        ProcessEntry(pid: 5, text: "accepting connections"),
        ProcessEntry(pid: 6, text: "accepting connections"),
      ])
    let status = DaemonStatus(reply, identity: DaemonIdentity(listener: 9))
    #expect(status.daemon == nil)
    #expect(StatusWarning.all(for: status) == [.daemonNotFound])
  }

  static let states: [(title: String, condition: DaemonCondition)] = [
    ("accepting connections", .accepting),
    ("Sendmail daemon", .noPortOpen),
    (
      "rejecting connections on daemon MTA-v4: 3 children, max 3",
      .rejectingConnections(
        daemonName: "MTA-v4", reason: "3 children, max 3")
    ),
    (
      "rejecting connections on daemon A: B: load average: 20",
      .rejectingConnections(
        daemonName: "A", reason: "B: load average: 20")
    ),
    (
      "rejecting new messages: min free: 100",
      .rejectingMessages(reason: "min free: 100")
    ),
    ("delaying connections on daemon MTA: load average=10 >= 3", .slowing),
    ("deferring connections on daemon MTA: 4 per second", .slowing),
    ("SMTP server child for 192.0.2.1", .unknown),
    ("", .unknown),
  ]

  @Test("The daemon's title is understood", arguments: states)
  func state(title: String, condition: DaemonCondition) {
    #expect(DaemonCondition(title: Array(title.utf8)) == condition)
  }

  static let kinds: [(text: String, kind: ChildKind)] = [
    ("SMTP server child for 127.0.0.1", .smtpServer(peer: "127.0.0.1")),
    (
      "SMTP server child for IPv6:0:0:0:0:0:0:0:1",
      .smtpServer(peer: "IPv6:0:0:0:0:0:0:0:1")
    ),
    (
      "SMTP server child for [UNIX: localhost]",
      .smtpServer(peer: "[UNIX: localhost]")
    ),
    ("Queue runner", .queueRunner),
    ("console socket child", .answeringControl),
    ("control socket server child", .control),
    ("(unknown)", .other),
    ("Queue runner child process", .other),
  ]

  @Test("A child's words are understood, and found again", arguments: kinds)
  func kind(text: String, kind: ChildKind) {
    #expect(ChildKind(text: Array(text.utf8)) == kind)
  }

  @Test("Special values are no numbers")
  func specialValues() {
    let status = DaemonStatus(
      StatusReply(
        children: 2, maximumChildren: -5, freeSpace: -1, loadAverage: -1,
        processes: [ProcessEntry(pid: 7, text: "accepting connections")]),
      identity: DaemonIdentity())
    #expect(status.maximumChildren == nil)
    #expect(status.fileSystems.map(\.freeSpace) == [nil])
    #expect(status.loadAverage == nil)
    #expect(status.queues == .notReported)
  }

  static let queues: [(transcript: String, queues: DaemonStatus.Queues)] = [
    ("idle-mstat", .notConfigured),
    ("shm-segment-already-exists-mstat", .notConfigured),
    (
      "shm-1dir-3queued-mstat",
      .counts([DaemonStatus.Queue(directory: "/var/lib/mx/shm2/mq", messages: 3)])
    ),
    (
      "shm-1dir-before-queue-run-mstat",
      .counts([DaemonStatus.Queue(directory: "/var/lib/mx/shm1/mq", messages: nil)])
    ),
  ]

  @Test("Queue counts are distinguished from their absence", arguments: queues)
  func queueCounts(transcript: String, queues: DaemonStatus.Queues) throws {
    let reply = try MstatReply(parsing: TestData.bytes("Transcripts/\(transcript).raw"))
    #expect(DaemonStatus(reply, identity: DaemonIdentity()).queues == queues)
  }

  static let limitCases: [(children: Int, maximum: Int, warnings: [StatusWarning])] = [
    (0, 0, []), (99, 0, []), (5, -3, []), (0, 3, []), (7, 10, []),
    (1, 3, [.limitWithinReach(ChildLimit(children: 1, maximum: 3))]),
    (2, 3, [.queryReachesLimit(ChildLimit(children: 2, maximum: 3))]),
    (3, 3, [.queryReachesLimit(ChildLimit(children: 3, maximum: 3))]),
    (0, 1, [.queryReachesLimit(ChildLimit(children: 0, maximum: 1))]),
  ]

  @Test("A limit within reach is warned of: a query is a child, too", arguments: limitCases)
  func limits(children: Int, maximum: Int, warnings: [StatusWarning]) {
    let status = DaemonStatus(
      StatusReply(
        children: children, maximumChildren: maximum, freeSpace: 1, loadAverage: 0,
        processes: [ProcessEntry(pid: 7, text: "accepting connections")]
          + (0..<children).map { ProcessEntry(pid: 100 + Int32($0), text: "Queue runner") }),
      identity: DaemonIdentity(listener: 7))
    #expect(StatusWarning.all(for: status) == warnings)
  }

  @Test("Children that are counted and not listed are warned of")
  func notListed() {
    var reply = StatusReply(
      children: 5, maximumChildren: 10, freeSpace: 1, loadAverage: 1,
      processes: [ProcessEntry(pid: 7, text: "accepting connections")])
    func warnings() -> [StatusWarning] {
      StatusWarning.all(for: DaemonStatus(reply, identity: DaemonIdentity(listener: 7)))
    }
    #expect(warnings() == [.childrenNotListed(counted: 5, listed: 0)])
    // The child that answers is listed and not counted.
    reply.processes.append(ProcessEntry(pid: 8, text: "console socket child"))
    reply.children = 1
    #expect(warnings() == [.childrenNotListed(counted: 1, listed: 0)])
    reply.processes.append(ProcessEntry(pid: 9, text: "Queue runner"))
    #expect(warnings() == [])
  }

  @Test("No recorded reply counts children that it does not list", arguments: Transcript.all)
  func recordedCounts(transcript: Transcript) {
    for status in [
      (try? StatusReply(parsing: transcript.reply)).map { DaemonStatus($0, identity: .init()) },
      (try? MstatReply(parsing: transcript.reply)).map { DaemonStatus($0, identity: .init()) },
    ] {
      guard let status else { continue }
      let isShort = StatusWarning.all(for: status).contains { warning in
        if case .childrenNotListed = warning { true } else { false }
      }
      #expect(!isShort)
    }
  }
}
