// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// The start of the mail submission program's queue runner, `sendmail -Ac -q30m`, by root.
@Suite struct SubmissionStartTests {
  private static let root = "Mail submission program must have RunAsUser set to non root user"

  private static func configuration(_ lines: [String]) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array(
        (["V10", "Mlocal, P=/x, A=a", "O QueueDirectory=/q", "O UseMSP=True"] + lines)
          .map { $0 + "\n" }.joined().utf8), file: "F", accounts: TestMachine.audited,
      machine: .reference)
  }

  /// As tried with the real sendmail.
  private static let rows: [([String], exitStatus: Int32?, messages: [String])] = [
    ([], 78, [root]), (["O RunAsUser=root"], 78, [root]), (["O RunAsUser=0"], 78, [root]),
    (["O RunAsUser=root:mail"], 78, [root]), (["O RunAsUser=smmsp"], nil, []),
    (["O RunAsUser=smmsp:smmsp"], nil, []), (["O RunAsUser=103"], nil, []),
    (
      ["O RunAsUser=nosuch"], 78,
      ["line 5: readcf: option RunAsUser: unknown user nosuch", root]
    ),
    (["O Foo=1"], 78, ["line 5: readcf: unknown option name Foo", root]),
    (["O Foo=1", "O RunAsUser=smmsp"], 70, ["line 5: readcf: unknown option name Foo"]),
    (["V99"], 78, [root]),
    (
      ["O MailboxDatabase=foo"], 78,
      ["Can't initialize mailbox database \"foo\": Service unavailable", root]
    ),
    // Only a daemon has filters.
    (["O InputMailFilters=x", "O RunAsUser=smmsp"], nil, []),
  ]

  @Test("Outcome", arguments: rows.indices)
  func outcome(index: Int) {
    let row = Self.rows[index]
    let startup = Self.configuration(row.0).startup(with: nil, as: .queueRunner)
    #expect(startup.exitStatus == row.exitStatus)
    #expect(startup.messages.map(\.description) == row.messages)
  }

  @Test("It has no daemon, and the report says for which program it speaks")
  func report() {
    let good = Self.configuration(["O RunAsUser=smmsp", "O DaemonPortOptions=Port=25"])
    #expect(good.usualRole == .queueRunner)
    #expect(good.startup(with: nil, as: .daemon).exitStatus == 64)
    let report = StartupReport(good, queues: nil, as: good.usualRole)
    #expect(
      report.verdict
        == "sendmail would start as the mail submission program's queue runner (sendmail -Ac -q30m)"
    )
    #expect(report.document.program == "queueRunner")
    let refused = StartupReport(Self.configuration([]), queues: nil, as: .queueRunner)
    #expect(refused.verdict.hasSuffix("queue runner (sendmail -Ac -q30m): exit status 78"))
  }
}
