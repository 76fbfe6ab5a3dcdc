// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// Replies that are no whole reply, for every command and in every format.
@Suite("A reply that is cut within a line")
struct CutReplyTests {
  static let replies: [(command: [String], reply: String)] = [
    (["status"], "2/10/99/3\r\n7 accepting connections\r\n8 SMTP server child for 192.0"),
    (["mstat"], "C:2\r\nM:10\r\nL:3\r\nP:7 accepting connections\r\nP:8 SMTP server chi"),
    (["help", "--daemon"], "help\t\tThis message.\r\nmemdump\tdump"),
    (["send", "status"], "2/10/99/3\r\n7 acc"),
    (["memdump"], "pid=7 time=[2026-01-01/00:00:00] \nheap max=12, to"),
    (["restart"], "OK"), (["shutdown"], "OK\r"), (["shutdown"], "Bad comm"),
  ]

  @Test("65, whatever the format", arguments: replies)
  func formats(command: [String], reply: String) async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], reply: Array(reply.utf8))
      for format in ["classic", "terminal", "raw", "json"] {
        let outcome = try await SMControlRun.run(
          ["-f", directory["ctl"].string, "--format", format] + command)
        #expect(outcome.status == 65, "\(format): \(outcome.errorOutput)")
        #expect(outcome.errorOutput.contains("cut short"), "\(format)")
        if format == "raw" { #expect(outcome.standardOutput == Array(reply.utf8)) }
        guard format == "json" else { continue }
        let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
        let members = try #require(object as? [String: Any])
        #expect(members["schema"] as? String == "smcontrol.failure/1")
        #expect(members["cause"] as? String == "cut-short")
        #expect(members["exitStatus"] as? Int == 65)
      }
      withExtendedLifetime(server) {}
    }
  }

  @Test("memdump --output makes no file of it")
  func output() async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], reply: Array("pid=7\nheap ma".utf8))
      let outcome = try await SMControlRun.run(
        ["-f", directory["ctl"].string, "memdump", "--output", directory["dump"].string])
      #expect(outcome.status == 65)
      let left = try FileManager.default.contentsOfDirectory(atPath: directory.path.string)
      #expect(left == ["ctl"])
      withExtendedLifetime(server) {}
    }
  }

  static let notOK = ["OK\r\nBad command\r\n", "OK\r\n\r\n", "OK more\r\n", " OK\r\n", "NO\r\n"]

  @Test("OK with anything else is no acknowledgement", arguments: notOK)
  func moreThanOK(reply: String) async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], reply: Array(reply.utf8))
      for command in [["restart"], ["shutdown"], ["restart", "--wait"], ["shutdown", "--wait"]] {
        let outcome = try await SMControlRun.run(["-f", directory["ctl"].string] + command)
        #expect(outcome.status == 65, "\(command): \(outcome.errorOutput)")
      }
      withExtendedLifetime(server) {}
    }
  }
}
