// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// Statistics files of Data/Statistics, made of sendmail's structure on several kinds of machine, and
/// damaged ones. Their contents are compared with files in Data/Golden/Statistics.
@Suite("Statistics files")
struct StatisticsFileTests {
  /// The names of the files.
  static let names: [String] = {
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: TestData.path("Statistics"))) ?? []
    return files.filter { $0.hasSuffix(".st") }.map { String($0.dropLast(3)) }.sorted()
  }()

  static func bytes(_ name: String) -> [UInt8] { TestData.bytes("Statistics/\(name).st") }

  @Test("Each is read, or refused with its reason", arguments: names)
  func contents(name: String) throws {
    let text: String
    do {
      text = StatisticsReport.synthetic(try MailStatistics(parsing: Self.bytes(name))).classic
    } catch {
      text = "error: \(error)\n"
    }
    try Golden.check(text, "Statistics/\(name).classic")
  }

  @Test("The same counts are read from every kind of machine")
  func machines() throws {
    let expected = try MailStatistics(parsing: Self.bytes("64-bit"))
    #expect(expected.mailers.count == 25)
    #expect(expected.mailers[5].kilobytesFrom == 2_048_000)
    #expect(expected.since == 1_795_244_600)
    for name in [
      "64-bit-big-endian", "32-bit", "32-bit-big-endian", "32-bit-long-time",
      "32-bit-long-time-padded", "longer-than-its-size",
    ] {
      #expect(try MailStatistics(parsing: Self.bytes(name)) == expected, "\(name)")
    }
  }

  @Test("Wherever a file is cut, it is refused, and not read as another kind of machine's")
  func cuts() {
    for name in ["64-bit", "64-bit-big-endian", "32-bit", "32-bit-long-time-padded"] {
      let bytes = Self.bytes(name)
      for count in 1..<bytes.count {
        #expect(throws: StatisticsFormatError.self) {
          try MailStatistics(parsing: Array(bytes.prefix(count)))
        }
      }
    }
  }
}

@Suite("Texts of statistics")
struct StatisticsTextTests {
  private static let busy = StatisticsFileTests.bytes("64-bit")

  @Test("In several places", arguments: [29, 40, 60, 80, nil])
  func terminal(width: Int?) throws {
    let report = StatisticsReport.synthetic(try MailStatistics(parsing: Self.busy))
    let text = report.terminal(TerminalStyle(width: width, characters: .utf8))
    try Golden.check(text, "Statistics/busy-\(width.map { String($0) } ?? "file").txt")
    if let width { #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }) }
  }

  @Test(
    "Without counts, and with a mailer that the configuration lacks",
    arguments: ["empty", "all-zero", "40-mailers"])
  func special(name: String) throws {
    let report = StatisticsReport.synthetic(
      try MailStatistics(parsing: StatisticsFileTests.bytes(name)))
    try Golden.check(
      report.terminal(TerminalStyle(width: 80, characters: .utf8)), "Statistics/\(name)-80.txt")
    try Golden.check(try report.json, "Statistics/\(name).json")
  }

  @Test("As JSON")
  func json() throws {
    let report = StatisticsReport.synthetic(try MailStatistics(parsing: Self.busy))
    try Golden.check(try report.json, "Statistics/busy.json")
  }
}

extension StatisticsReport {
  /// A report of `statistics` with the mailers local, esmtp and relay.
  static func synthetic(_ statistics: MailStatistics) -> StatisticsReport {
    let time = CalendarTime(year: 2026, month: 11, day: 27, hour: 18, minute: 0, second: 5)
    let configuration = SendmailConfiguration(
      parsing: Array(
        """
        V10/Berkeley
        Mlocal, P=/bin/true, A=true
        Mprog, P=/bin/true, A=true
        Mesmtp, P=[IPC], A=TCP $h
        Mrelay, P=[IPC], A=TCP $h
        """.utf8), file: "/etc/mail/sendmail.cf")
    return StatisticsReport(
      statistics, from: "/var/lib/sendmail/sendmail.st", of: configuration,
      since: statistics.since.map { _ in
        CalendarTime(year: 2026, month: 11, day: 21, hour: 7, minute: 3, second: 20)
      }, now: 1_795_802_405, time: time, host: Array("mail.example.org".utf8))
  }
}

@Suite("The configuration of statistics")
struct StatisticsConfigurationTests {
  private static func resolve(_ text: String) -> ResolvedConfiguration {
    ResolvedConfiguration(
      SendmailConfiguration(parsing: Array(text.utf8), file: "sendmail.cf"), in: TestMachine())
  }

  @Test(
    "The file is relative to the base queue directory",
    arguments: [
      ("", nil), ("O StatusFile=/var/lib/st", "/var/lib/st"),
      ("O StatusFile=st", "/var/spool/mqueue/st"), ("OSst", "/var/spool/mqueue/st"),
      ("O StatusFile", "/var/spool/mqueue/statistics"),
      ("O StatusFile=/a\nO StatusFile=/b", "/b"),
    ])
  func file(lines: String, expected: String?) {
    let resolved = Self.resolve("V10\nO QueueDirectory=/var/spool/mqueue\n\(lines)\n")
    #expect(resolved.statisticsFile?.description == expected)
  }

  @Test("Mailers have sendmail's numbers: one that is defined again keeps its own")
  func mailers() {
    let resolved = Self.resolve(
      """
      V10
      Mlocal, P=/bin/true, A=true
      MPROG, P=/bin/true, A=true
      Mbroken, P=/bin/true
      Mesmtp, P=[IPC], A=TCP $h
      MLocal, P=/bin/false, A=false

      """)
    #expect(
      resolved.configuration.mailerNames.map(\.description)
        == ["PROG", "*file*", "*include*", "Local", "esmtp"])
  }
}
