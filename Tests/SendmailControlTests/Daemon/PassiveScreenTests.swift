// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// The passive status on a terminal.
@Suite("The passive status for reading")
struct PassiveScreenTests {
  static func text(
    _ change: (inout DaemonObservation) -> Void = { _ in }, width: Int? = 80,
    limit: ChildLimit? = ChildLimit(children: 1, maximum: 4), running: RunningDaemon? = nil
  ) -> String {
    var observation = PassiveTextTests.normal
    change(&observation)
    return PassiveReport(
      observation, host: Array("mail.example.org".utf8), time: StatusReport.noon,
      sinceBoot: .seconds(90), limit: limit, running: running
    ).terminal(TerminalStyle(width: width, characters: .utf8))
  }

  @Test("It has the form of a status")
  func normal() {
    #expect(
      Self.text() == """
        ✔ sendmail: accepting connections          mail.example.org  2026-11-21 12:00:05

        Daemon      accepting connections (process 12)
        PID file    /run/pid: process 12, running
        Socket      /run/ctl (user root, group mail, mode 0600), listening
        Children    █████░░░░░░░░░░░░░░░  1 of 4

        PID    AGE    CPU  STATE
         13  1m30s  0.00s  running queue: /q\\x1B[2J

        No connection was made: this is what the system shows, not a report of sendmail.

        """)
  }

  @Test("A closed port is in the first line, and among the facts")
  func closedPort() {
    let text = Self.text(
      running: RunningDaemon(ports: [StatusReport.port("MTA", 25, .closed)]))
    #expect(text.hasPrefix("! sendmail: accepting connections, but not on port MTA  "), "\(text)")
    #expect(text.contains("\nPorts       MTA, 0.0.0.0 port 25: closed, no process listens there\n"))
  }

  /// A change to the normal daemon, and the beginning of the first line then.
  static let heads: [(head: String, change: @Sendable (inout DaemonObservation) -> Void)] = [
    (
      "! sendmail: accepting connections, but 9 connections waiting  ",
      { $0.listeners = .known([ListeningSocket(name: [], inode: 1, waiting: 9)]) }
    ),
    (
      "✘ sendmail: not running  ",
      {
        $0.pidFile = .absent
        $0.listeners = .known([])
      }
    ),
    (
      "? sendmail: not known whether it runs  ",
      {
        $0.pidFile = .unknown(reason: "Permission denied")
        $0.listeners = .unknown(reason: "Permission denied")
      }
    ),
    (
      "✔ sendmail: running  ",
      { $0.namedProcess = .unknown(reason: "hidden") }
    ),
  ]

  @Test("The first line has the state", arguments: heads.indices)
  func head(index: Int) {
    let text = Self.text(Self.heads[index].change)
    #expect(text.hasPrefix(Self.heads[index].head), "\(text)")
  }

  @Test("No line is wider than the place", arguments: [30, 40, 59, 80, 120])
  func width(width: Int) {
    for line in Self.text(width: width).split(separator: "\n") {
      #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
    }
  }
}
