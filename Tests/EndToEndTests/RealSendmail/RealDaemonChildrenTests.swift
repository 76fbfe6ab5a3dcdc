// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// The daemon's children in its process list, and what it does when they are too many.
@Suite("Real daemon: children", .needsRealSendmail)
struct RealDaemonChildrenTests {
  @Test("Open SMTP sessions are counted and listed")
  func openSMTPSessionsAreCounted() async throws {
    try await RealDaemon.run { daemon in
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      #expect(sessions.allSatisfy { $0.greeting.hasPrefix("220 ") })
      let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
      let children = status.processes.filter {
        $0.text == "SMTP server child for 127.0.0.1"
      }
      #expect(children.count == 2)
      #expect(status.children == 2)
      #expect(children.allSatisfy { daemon.isRunning($0.pid) })

      sessions[0].close()
      try await eventually("one child less") {
        let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
        return status.processes.count { $0.text.starts(with: Array("SMTP server".utf8)) } == 1
      }
      sessions[1].close()
    }
  }

  @Test("The daemon refuses SMTP at MaxDaemonChildren, and says so")

  func theDaemonRefusesSMTP()
    async throws
  {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "2"
    try await RealDaemon.run(options) { daemon in
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      let pid = try daemon.pid
      let refusal = try await eventually("the refusal") { () -> StatusReply? in
        let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
        let line = status.processes.first { $0.pid == pid }
        let text = line?.text.description ?? ""
        return text.hasPrefix("rejecting connections on daemon MTA: ")
          && text.hasSuffix(" children, max 2") ? status : nil
      }
      #expect(refusal.maximumChildren == 2)
      #expect(refusal.children >= 2)
      await #expect(throws: HarnessError.self) {
        try await SMTPSession.open(port: daemon.places.smtpPort)
      }
      withExtendedLifetime(sessions) {}
    }
  }

  @Test("A silent control client is a child as well")

  func aSilentControlClient() async throws {
    try await RealDaemon.run { daemon in
      let silent = try daemon.connect()
      try await eventually("a control child in the list") {
        let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
        return status.processes.contains {
          $0.text == "control socket server child"
        }
      }
      silent.close()
    }
  }
}
