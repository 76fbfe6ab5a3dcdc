// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// What every command of a real daemon answers, in both modes.
@Suite("Real daemon: commands", .needsRealSendmail)
struct RealDaemonCommandTests {
  @Test(arguments: RealDaemon.Options.Mode.allCases)
  func `status and mstat are understood`(mode: RealDaemon.Options.Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let reply = try await daemon.reply(to: "status")
      #expect(reply.ending == .endOfFile)
      let status = try StatusReply(parsing: reply.bytes)
      #expect(status.maximumChildren == 0)
      #expect(status.freeSpace > 0)
      #expect(status.loadAverage >= 0)
      #expect(status.processes.contains { $0.text == Array("console socket child".utf8) })
      #expect(status.bytes == reply.bytes)

      let tagged = try await daemon.reply(to: "mstat")
      let mstat = try MstatReply(parsing: tagged.bytes)
      #expect(mstat.queues == [.notConfigured])
      #expect(mstat.fileSystems.map(\.name) == [Array(".".utf8)])
      #expect(mstat.bytes == tagged.bytes)
    }
  }
}
