// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

@Suite("The daemon's message about a socket that it did not open")
struct LogSearchTests {
  private static let message =
    "daemon could not open control socket /run/ctl: World writable directory"

  private static func line(of pid: Int32, in log: String) -> String? {
    LogSearch.line(of: pid, in: Array(log.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  static let logs: [(log: String, line: String?)] = [
    ("Nov 27 10:00:00 h sm-mta[12]: \(message)\n", "Nov 27 10:00:00 h sm-mta[12]: \(message)"),
    (
      "a sm-mta[12]: \(message)\nb sm-mta[12]: \(message)\nc d[12]: else\n",
      "b sm-mta[12]: \(message)"
    ),
    // As rsyslog writes it by default, and with a queue identifier that there is not.
    (
      "2026-11-27T10:00:00.1+01:00 h sendmail[12]: NOQUEUE: \(message)",
      "2026-11-27T10:00:00.1+01:00 h sendmail[12]: NOQUEUE: \(message)"
    ),
    ("a sm-mta[112]: \(message)\n", nil),
    ("a sm-mta[12]: starting daemon\n\(message)\n", nil),
    ("\(message) [12]: \n", nil),
    ("", nil),
    ("\n\n", nil),
  ]

  @Test("The last line of the process is found, and no other process's", arguments: logs)
  func line(log: String, line: String?) {
    #expect(Self.line(of: 12, in: log) == line)
  }

  @Test("The result is shown after the PID file, escaped")
  func text() {
    func lines(_ log: LogSearch?) -> [String] {
      NoReplyText.lines(
        NoReplyDiagnosis(
          .noSuchSocket, socket: Array("/run/ctl".utf8),
          observation: NoReplyDiagnosisTests.withoutSocket, log: log))
    }
    let file = Array("/var/log/mail.log".utf8)
    #expect(lines(nil).count == 2)
    #expect(
      lines(.found(line: Array("h sm-mta[12]: \u{1B}[2J".utf8), file: file)).last
        == "/var/log/mail.log: h sm-mta[12]: \\x1B[2J")
    #expect(
      lines(.unreadable(file: file, reason: "Permission denied")).last
        == "/var/log/mail.log: Permission denied; if the daemon refused the path, the log says why: "
        + "\"daemon could not open control socket\"")
    #expect(lines(.absent).last?.contains("journalctl -g") == true)
  }
}
