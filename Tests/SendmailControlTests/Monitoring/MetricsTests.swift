// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Metrics")
struct MetricsTests {
  private static let facts: MonitoringFacts = {
    var facts = MonitoringFacts.normal
    facts.queues = .known(QueueReport.busy.queues)
    if let counts = try? MailStatistics(parsing: StatisticsFileTests.bytes("64-bit")) {
      facts.statistics = .known(
        NamedStatistics(counts, mailerNames: ["prog", "*file*", "*include*", "local", "a\"b\\c"]))
    }
    return facts
  }()

  private static let report = MetricsReport(facts, duration: .milliseconds(21))

  @Test("In Prometheus's format, OpenMetrics and JSON")
  func golden() throws {
    try Golden.check(Self.report.prometheus, "Metrics/busy.prometheus")
    try Golden.check(Self.report.openMetrics, "Metrics/busy.openmetrics")
    try Golden.check(try Self.report.json, "Metrics/busy.json")
  }

  @Test("An unknown value is shown as unknown")
  func unknown() {
    let report = MetricsReport(
      MonitoringFacts(time: 0, awaiting: MonitoringFacts.exported), duration: .zero)
    #expect(
      report.families.map(\.name) == [
        "sendmail_state", "sendmail_scrape_complete", "sendmail_scrape_duration_seconds",
      ])
    #expect(report.prometheus.contains(#"sendmail_state{state="unknown"} 1"#))
    #expect(!report.prometheus.contains("} 1\nsendmail_scrape_complete"))
  }

  @Test(
    "The kind of a child is in its title",
    arguments: [
      ("sendmail: MTA: server localhost [127.0.0.1] cmd read", "smtp-server"),
      ("sendmail: startup with localhost", "smtp-server"),
      ("sendmail: MTA: 6AL4Nt8J009038 localhost [127.0.0.1]: DATA", "smtp-server"),
      ("sendmail: NOQUEUE h.example [192.0.2.1]: EHLO x", "smtp-server"),
      ("sendmail: MTA: running queue: /var/spool/mqueue", "queue-runner"),
      ("sendmail: control cmd read", "control"), ("sendmail: control: status", "control"),
      ("sendmail: MTA: accepting connections", "other"), ("/usr/sbin/sendmail -bd", "other"),
      ("", "other"),
    ])
  func kinds(title: String, kind: String) {
    let category = ChildKind.Category(
      title: Array(title.utf8), prefix: Array("MTA".utf8))
    #expect(category.rawValue == kind)
  }
}
