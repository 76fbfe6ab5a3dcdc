// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Titles as sendmail 8.17 with `ProcessTitlePrefix=MTA` sets them.
@Suite("States in process titles")
struct TitleStateTests {
  static let titles: [(title: String, prefix: String, state: String)] = [
    ("sendmail: MTA: server localhost [127.0.0.1] cmd read", "MTA", "cmd read"),
    ("sendmail: server localhost [127.0.0.1] cmd read", "", "cmd read"),
    ("sendmail: MTA: 6AL4Nt8J009038 localhost [127.0.0.1]: DATA", "MTA", "6AL4Nt8J009038: DATA"),
    ("sendmail: NOQUEUE h.example [IPv6:2001:db8::1]: EHLO x: y", "", "EHLO x: y"),
    ("sendmail: startup with localhost", "", "startup"),
    ("sendmail: MTA: accepting connections", "MTA", "accepting connections"),
    ("sendmail: MTA: accepting connections", "", "MTA: accepting connections"),
    ("sendmail: running queue: /var/spool/mqueue", "", "running queue: /var/spool/mqueue"),
    ("sendmail: server cmd read", "", "cmd read"),
    ("/usr/sbin/sendmail -bd", "MTA", "/usr/sbin/sendmail -bd"),
    ("", "", ""), ("sendmail: ", "", ""),
  ]

  @Test("The state is what the list does not say already", arguments: titles)
  func state(title: String, prefix: String, state: String) {
    let read = TitleState.read(Array(title.utf8), prefix: Array(prefix.utf8))
    #expect(String(decoding: read, as: UTF8.self) == state)
  }
}
