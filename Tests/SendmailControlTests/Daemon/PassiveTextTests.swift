// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

@Suite("The passive status in words")
struct PassiveTextTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let daemon = ObservedProcess(
    pid: 12, name: bytes("sendmail"), commandLine: bytes("sendmail: accepting connections\0"))
  static let runner = ObservedProcess(
    pid: 13, parent: 12, name: bytes("sendmail"),
    commandLine: bytes("sendmail: running queue: /q\u{1B}[2J\0"))
  static let other = ObservedProcess(
    pid: 12, name: bytes("sleep"), commandLine: bytes("sleep\u{0}99\0"))

  /// A daemon that runs, with a child.
  static var normal: DaemonObservation {
    var observation = DaemonObservation(
      of: DaemonPlace(socket: bytes("/run/ctl"), pidFile: bytes("/run/pid")))
    observation.pidFile = .known(PIDFileFacts(processID: 12, isLocked: true))
    observation.namedProcess = .known(daemon)
    observation.socketFile = .known(
      SocketFileFacts(owner: "root", group: "mail", mode: 0o600))
    observation.listeners = .known([
      ListeningSocket(name: bytes("/run/ctl"), inode: 1, waiting: 0)
    ])
    observation.note(processTable: [daemon, runner])
    return observation
  }

  @Test("A daemon that runs")
  func running() {
    #expect(
      PassiveText.status(Self.normal) == """
        PID file       /run/pid: process 12, running
        Socket file    /run/ctl (user root, group mail, mode 0600), listening
        Process title  accepting connections (process 12)

        PID  TITLE
         13  running queue: /q\\x1B[2J

        No connection was made.

        """)
  }

  @Test("The ports and what changed, where they were asked for")
  func runningFacts() {
    let text = PassiveText.status(
      Self.normal,
      running: RunningDaemon(
        ports: [StatusReport.port("MTA", 25, .closed), StatusReport.port("MSA", 587, .open)],
        configurationAge: StatusReport.changed.context.running?.configurationAge))
    #expect(
      text.contains(
        """
        Process title  accepting connections (process 12)
        Ports          MTA, 0.0.0.0 port 25: closed, no process listens there
                       MSA, 0.0.0.0 port 587: open
        Changed        /etc/mail/sendmail.cf was changed at 2026-11-20 17:00:09, after the daemon \
        read its configuration
        """), "\(text)")
  }

  /// A change to the normal daemon, and a line of the text then.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout DaemonObservation) -> Void

    init(_ line: String, _ change: @escaping @Sendable (inout DaemonObservation) -> Void) {
      testDescription = line
      self.change = change
    }
  }

  static let rows: [Row] = [
    Row("PID file       its path is not known") {
      $0.place.pidFile = nil
      $0.pidFile = .notAsked
    },
    Row("PID file       /run/pid: No such file or directory") { $0.pidFile = .absent },
    Row("PID file       /run/pid: Permission denied") {
      $0.pidFile = .unknown(reason: "Permission denied")
    },
    Row("PID file       /run/pid: no process id in it") {
      $0.pidFile = .known(PIDFileFacts(processID: nil, isLocked: false))
    },
    Row("PID file       /run/pid: process 12, not running") {
      $0.pidFile = .known(PIDFileFacts(processID: 12, isLocked: false))
      $0.namedProcess = .absent
    },
    Row("PID file       /run/pid: process 12, not found here, but the file is locked") {
      $0.namedProcess = .absent
    },
    Row("PID file       /run/pid: process 12, running, but not sendmail") {
      $0.pidFile = .known(PIDFileFacts(processID: 12, isLocked: false))
      $0.namedProcess = .known(other)
    },
    Row("PID file       /run/pid: process 12, running, hidden from this user") {
      $0.pidFile = .known(PIDFileFacts(processID: 12, isLocked: false))
      $0.namedProcess = .unknown(reason: "hidden")
    },
    Row("Socket file    ControlSocketName is not set") {
      $0.place.socket = nil
      $0.socketFile = .absent
      $0.listeners = .absent
    },
    Row("Socket file    /run/ctl: No such file or directory") {
      $0.socketFile = .absent
      $0.listeners = .absent
    },
    Row("Socket file    /run/ctl: Permission denied, listening") {
      $0.socketFile = .unknown(reason: "Permission denied")
    },
    Row("Socket file    /run/ctl: Permission denied") {
      $0.socketFile = .unknown(reason: "Permission denied")
      $0.listeners = .unknown(reason: "the socket file cannot be examined: Permission denied")
    },
    Row("Socket file    /run/ctl (user root, group mail, mode 0600), no listener") {
      $0.listeners = .known([])
    },
    Row("Socket file    /run/ctl (user root, group mail, mode 0600), listener unknown: WHY") {
      $0.listeners = .unknown(reason: "WHY")
    },
    Row(
      "Socket file    /run/ctl (user root, group mail, mode 0600), listening, 1 connection waiting"
    ) { $0.listeners = .known([ListeningSocket(name: [], inode: 1, waiting: 1)]) },
    Row(
      "Socket file    /run/ctl (user root, group mail, mode 0600), listening, 9 connections waiting"
    ) { $0.listeners = .known([ListeningSocket(name: [], inode: 1, waiting: 9)]) },
    Row("Socket file    /run/ctl (not a socket; user root, group mail, mode 0755)") {
      $0.socketFile = .known(
        SocketFileFacts(kind: .directory, owner: "root", group: "mail", mode: 0o755))
      $0.listeners = .absent
    },
    Row("Process title  process 12 is hidden from this user") {
      $0.namedProcess = .unknown(reason: "hidden")
    },
    Row(
      """
      Process title  accepting connections (process 12, not confirmed by the PID file or the socket)
      """
    ) { $0.pidFile = .unknown(reason: "Permission denied") },
    Row("Process title  none of the sendmail processes is known to be the daemon") {
      $0.pidFile = .absent
      $0.note(processTable: [runner])
    },
    Row("Process title  no sendmail process found") {
      $0.pidFile = .absent
      $0.note(processTable: [other])
    },
  ]

  @Test("Each deviation is reported", arguments: rows)
  func row(row: Row) {
    var observation = Self.normal
    row.change(&observation)
    let lines = PassiveText.status(observation).split(separator: "\n").map(String.init)
    #expect(lines.contains(row.testDescription), "\(lines)")
  }

  @Test("JSON says of nothing more than is known")
  func document() throws {
    func members(_ observation: DaemonObservation) throws -> [String: Any] {
      let text = try JSONText.make(PassiveDocument(observation))
      return try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
    let normal = try members(Self.normal)
    #expect(normal["alive"] as? Bool == true)
    #expect((normal["daemon"] as? [String: Any])?["title"] as? String == "accepting connections")
    #expect((normal["processes"] as? [Any])?.count == 1)
    #expect((normal["candidates"] as? [Any])?.isEmpty == true)
    var observation = Self.normal
    observation.pidFile = .unknown(reason: "Permission denied")
    observation.listeners = .unknown(reason: "x")
    let unknown = try members(observation)
    #expect(unknown["alive"] is NSNull)
    #expect(unknown["daemon"] is NSNull)
    #expect((unknown["candidates"] as? [Any])?.count == 1)
    #expect((unknown["socketFile"] as? [String: Any])?["hasListener"] is NSNull)
    let file = try #require(unknown["pidFile"] as? [String: Any])
    #expect(file["alive"] is NSNull)
    #expect(file["problem"] as? String == "Permission denied")
    observation.socketFile = .known(
      SocketFileFacts(kind: .regular, owner: "root", group: "root", mode: 0o644))
    observation.listeners = .absent
    let other = try #require(try members(observation)["socketFile"] as? [String: Any])
    #expect(other["hasListener"] as? Bool == false)
  }
}
