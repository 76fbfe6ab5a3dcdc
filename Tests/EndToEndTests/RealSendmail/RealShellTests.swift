// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// A session of the shell with a real daemon, as an administrator has it.
@Suite("The shell on the real daemon", .needsRealSendmail)
struct RealShellTests {
  typealias Mode = RealDaemon.Options.Mode

  /// Runs the shell on `daemon`'s configuration in a directory of its own.
  static func shell(
    on daemon: RealDaemon, body: (TerminalSession) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { home in
      try await ShellRun.run(
        ["-C", daemon.places.configurationFile.string], home: home, columns: 120, rows: 40
      ) { terminal in
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await body(terminal)
      }
    }
  }

  @Test("It queries, restarts, waits, queries again and shuts down", arguments: Mode.allCases)
  func session(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let before = try daemon.pid
      try await Self.shell(on: daemon) { terminal in
        let first = try await terminal.runLine("st")
        #expect(first.contains("✔ sendmail"))
        #expect(first.contains("process \(before)"))
        try await terminal.enter("restart --wait")
        try await terminal.waitForLine(last: "? [y/N] ")
        #expect(terminal.screen.contains("Restart sendmail (process \(before) on "))
        try await terminal.enter("y")
        try await terminal.waitFor("Restarted: process \(before) before, process ")
        try await terminal.waitForLine(last: ShellRun.prompt)
        let after = try await eventually("the PID file of the new daemon") { try? daemon.pid }
        #expect((after == before) == (mode == .foreground))
        let second = try await terminal.runLine("mstat")
        #expect(second.contains("process \(after)"))
        let help = try await terminal.runLine("help --daemon")
        #expect(help.allText.contains("Restart sendmail."))
        try await terminal.enter("shutdown --wait --yes")
        try await terminal.waitFor("Shut down: process \(after) is gone after ")
        try await terminal.waitForLine(last: "mta down> ")
        try await terminal.press(.controlD)
        let ending = try await terminal.waitForExit()
        #expect(ending == .exited(0))
      }
    }
  }

  @Test(
    "A change while a line is typed is read from the daemon's title and announced, without a connection"
  )
  func idleLooks() async throws {
    var options = RealDaemon.Options(mode: .background)
    options.settings = ["MaxDaemonChildren": "1"]
    try await RealDaemon.run(options) { daemon in
      try await Self.shell(on: daemon) { terminal in
        try await terminal.type("stat")
        try await terminal.waitForLine(last: "mta> stat")
        let session = try await daemon.openSMTPSession()
        // sendmail checks its children when someone connects, or every so often.
        let rejecting = try await terminal.waitForScreen("a daemon that rejects, in the prompt") {
          $0.lineToCursor == "mta rejecting> stat"
        }
        #expect(rejecting.contains("the daemon is rejecting connections: "))
        withExtendedLifetime(session) {}
        // Without a wish for it no query is made where it would be one child too many.
        try await terminal.type("us\r")
        try await terminal.waitFor("--query queries it all the same")
        try await terminal.waitForLine(last: "mta rejecting> ")
        // A query would have been a child, and shown here.
        try await terminal.enter("status --query --format classic")
        let status = try await terminal.waitForScreen("the status") {
          $0.contains("Current number of children: 1")
        }
        #expect(status.count(of: "control socket server child") == 0)
      }
    }
  }

  @Test("A daemon that is killed and replaced is announced, and queried")
  func replaced() async throws {
    try await RealDaemon.run(.init(mode: .foreground)) { daemon in
      let before = try daemon.pid
      try await Self.shell(on: daemon) { terminal in
        try await terminal.runLine("status")
        #expect(kill(before, SIGKILL) == 0)
        let killed = try await terminal.waitForScreen("the announcement") {
          $0.lineToCursor == "mta down> "
        }
        #expect(killed.contains("the daemon is down: its process \(before) is gone"))
        let status = try await terminal.runLine("status", then: "mta down> ")
        #expect(status.contains("no listener"))
        let started = try await daemon.runSendmail(["-bd"])
        #expect(started.status == 0, "\(started.errorOutput)")
        let back = try await terminal.waitForScreen("the announcement") {
          $0.lineToCursor == "mta> "
        }
        let after = try await eventually("the PID file of the new daemon") {
          try? daemon.pid == before ? nil : daemon.pid
        }
        #expect(back.contains("the daemon runs: process \(after)"))
        try await terminal.runLine("shutdown --yes --wait", then: "mta down> ")
      }
    }
  }
}
