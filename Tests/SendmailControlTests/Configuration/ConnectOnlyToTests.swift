// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// `ConnectOnlyTo` takes `PORT@ADDRESS`, and sendmail says what is wrong with either.
@Suite struct ConnectOnlyToTests {
  @Test(
    "Message",
    arguments: [
      ("127.0.0.1", nil), ("25@127.0.0.1", nil), ("@127.0.0.1", nil), ("nosuch@127.0.0.1", nil),
      ("IPv6:::1", nil), ("25@::1", nil),
      // 2^32 + 1, which is 1 to atoi.
      ("4294967297@127.0.0.1", nil),
      ("", "IP address "), ("host", "IP address host"), ("25@host", "IP address host"),
      ("a@b@127.0.0.1", "IP address b@127.0.0.1"), ("25 @ host", "IP address  host"),
      ("65536@127.0.0.1", "port 65536"), ("70000 x@host", "port 70000 x"),
    ])
  func message(_ value: String, complaint: String?) {
    let configuration = SendmailConfiguration(
      parsing: Array("O ConnectOnlyTo=\(value)\n".utf8), file: "F", overrides: [])
    let messages = configuration.diagnostics.filter { $0.effect != .warning }
      .map { $0.sendmailText(file: "F") }
    #expect(
      messages
        == (complaint.map { ["F: line 1: readcf: option ConnectOnlyTo: invalid \($0)"] } ?? []))
  }
}
