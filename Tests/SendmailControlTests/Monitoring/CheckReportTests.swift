// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// A report with a name, that of its golden files.
private struct NamedCheckReport: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let report: CheckReport

  init(
    _ name: String, _ facts: MonitoringFacts,
    _ checks: [MonitoringCheck] = MonitoringCheck.allCases,
    verbosity: Int = 0
  ) {
    testDescription = name
    report = CheckReport(
      checks.map { facts.result(of: CheckRequest($0)) }, verbosity: verbosity,
      subject: ["configuration file: /etc/mail/sendmail.cf", "control socket: /run/ctl"],
      user: "nagios",
      command: ["/usr/sbin/smcontrol", "check", "--messages", "100,1000"].map { Array($0.utf8) })
  }

  private static let normal = MonitoringFacts.normal
  private static var unread: MonitoringFacts {
    var directory = QueueReport.Directory.unread("q2")
    directory.readingGroup = "smmsp"
    return normal.queueing(.counted("q1", [60]), directory)
  }

  static let all = [
    NamedCheckReport("ok", normal, [.state, .children, .messages]),
    NamedCheckReport("all", normal, verbosity: 1),
    NamedCheckReport("all-details", normal, verbosity: 3),
    NamedCheckReport("unread", unread, [.state, .messages]),
    NamedCheckReport(
      "late", MonitoringFacts(time: 0, awaiting: [.daemon, .queues]), [.state, .oldest]),
    NamedCheckReport(
      "hostile",
      normal.titled("rejecting connections on daemon MTA: a|b \u{1B}]0;x\u{7}\u{202E}c\\n"),
      [.state],
      verbosity: 2),
  ]
}

@Suite("The report of checks")
struct CheckReportTests {
  @Test("As a plugin", arguments: NamedCheckReport.all)
  private func nagios(_ named: NamedCheckReport) throws {
    try Golden.check(named.report.nagios, "Monitoring/\(named.testDescription).nagios")
  }

  @Test("As a local check of Checkmk", arguments: NamedCheckReport.all)
  private func checkmk(_ named: NamedCheckReport) throws {
    try Golden.check(named.report.checkmk, "Monitoring/\(named.testDescription).checkmk")
  }

  @Test("In JSON", arguments: NamedCheckReport.all)
  private func json(_ named: NamedCheckReport) throws {
    try Golden.check(try named.report.json, "Monitoring/\(named.testDescription).json")
  }

  @Test("The first line has at most 80 characters, the others none that begins performance data")
  func lines() {
    for named in NamedCheckReport.all {
      let lines = named.report.nagios.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[0].prefix { $0 != "|" }.count <= 81, "\(lines[0])")
      #expect(!lines.dropFirst().contains { $0.contains("|") }, "\(named.testDescription)")
      #expect(named.report.checkmk.split(separator: "\n").count == 1)
    }
  }

  @Test("Results that have no room are left out, the worst ones last")
  func summary() {
    let report = NamedCheckReport.all[1].report
    #expect(report.summary(width: 40) == "500 KiB free, oldest 1d01h, ...")
    #expect(report.summary(width: 10) == "500 KiB...")
    #expect(report.summary().hasSuffix("configuration unchanged"))
  }

  @Test("The line of sudoers escapes what has a meaning there")
  func sudoers() {
    let report = CheckReport(
      [
        MonitoringFacts(time: 0, awaiting: .queues).changed {
          $0.queues = .known([QueueReport.queues("x", [.group("mqueue", [.unread("q1")])])])
        }.result(of: CheckRequest(.messages))
      ], user: "nagios",
      command: ["/usr/sbin/smcontrol", "check", "--space", "2G:,@1=\\*?[a]!"].map { Array($0.utf8) }
    )
    #expect(
      report.advice == [
        """
        to permit it, add to sudoers: nagios ALL = (root) NOPASSWD: /usr/sbin/smcontrol check --space \
        2G\\:\\,@1\\=\\\\\\*\\?\\[a\\]\\!
        """
      ])
  }
}
