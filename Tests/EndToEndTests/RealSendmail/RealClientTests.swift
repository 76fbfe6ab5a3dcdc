// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// sendmail's own client on sendmail's own daemon: what the `classic` format is modelled on.
@Suite("Real client on the real daemon", .needsRealSendmail)
struct RealClientTests {
  @Test("The status is reported in words")
  func statusIsToldInWords() async throws {
    try await RealDaemon.run { daemon in
      let outcome = try await daemon.sendmail.runSmcontrolPerl(
        "status", socket: daemon.controlSocket)
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      let lines = outcome.output.split(whereSeparator: \.isNewline)
      #expect(lines.first == "Daemon Status: (process \(try daemon.pid)) Accepting connections")
      #expect(lines.contains("Current number of children: 0"))
      #expect(lines.contains { $0.hasPrefix("QueueDir free disk space (in blocks): ") })
      #expect(lines.contains { $0.hasPrefix("Load average: ") })
    }
  }

  @Test(
    "Other replies are passed on with a line feed after them",
    arguments: ["help", "memdump", "mstat"])
  func otherRepliesArePassed(command: String) async throws {
    try await RealDaemon.run { daemon in
      let outcome = try await daemon.sendmail.runSmcontrolPerl(
        command, socket: daemon.controlSocket)
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      let reply = try await daemon.reply(to: command)
      // Process ids and loads differ from one reply to the next, so only shapes are compared.
      #expect(shape(outcome.standardOutput) == shape(reply.bytes) + "\n")
    }
  }

  /// `bytes` with each number as one `#`, and without the control children that come and go.
  private func shape(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing(/P:[0-9]+ control socket server child\r\n/, with: "")
    return text.replacing(/[0-9]+/, with: "#")
  }
}
