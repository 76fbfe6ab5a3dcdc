// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// Two daemons at one path: another process than the one that listens holds the PID file.
@Suite("Two daemons share the path of a socket")
struct TwoDaemonsTests {
  /// Runs `body` with a daemon whose PID file is held by another process, the holder.
  static func run<Result>(
    body: (_ scratch: ScratchDaemon, _ holder: Int32) async throws -> Result
  ) async throws -> Result {
    try await ScratchDaemon.run { scratch in
      scratch.directory.unlink("pid")
      return try await PIDFileHolder.run(at: scratch.directory["pid"]) { holder in
        try await body(scratch, holder)
      }
    }
  }

  private static func text(_ scratch: ScratchDaemon, _ holder: Int32) -> String {
    "two daemons share \(scratch.socket): process \(TestProcess.id) listens there, and process "
      + "\(holder) holds the PID file \(scratch.directory["pid"])"
  }

  @Test("status warns")
  func status() async throws {
    try await Self.run { scratch, holder in
      let outcome = try await SMControlRun.run(
        ["-C", scratch.configurationFile.string, "status"])
      #expect(outcome.status == 0)
      #expect(outcome.errorOutput == "smcontrol: warning: \(Self.text(scratch, holder))\n")
    }
  }

  static let commands = [["restart"], ["shutdown", "--wait"], ["send", "Shutdown now"]]

  @Test("A script is refused, with nothing sent", arguments: commands)
  func refused(words: [String]) async throws {
    try await Self.run { scratch, holder in
      let outcome = try await SMControlRun.run(
        ["-C", scratch.configurationFile.string] + words)
      #expect(outcome.status == 1)
      #expect(outcome.errorOutput.contains(": \(Self.text(scratch, holder))\n"))
      #expect(outcome.errorOutput.contains("go on with --force"))
      let sent = await scratch.daemon.allRequestWords().filter { !$0.isEmpty }
      #expect(sent == [])
    }
  }

  @Test("--force sends it to the one that listens")
  func forced() async throws {
    try await Self.run { scratch, _ in
      let outcome = try await SMControlRun.run(
        ["-C", scratch.configurationFile.string, "shutdown", "--force"])
      #expect(outcome.status == 0)
      #expect(await scratch.daemon.allRequestWords().contains("shutdown"))
    }
  }

  @Test("In the shell the question comes with a warning, and yes goes on")
  func asked() async throws {
    try await Self.run { scratch, _ in
      try await ShellRun.run(
        ["-C", scratch.configurationFile.string], home: scratch.directory, columns: 200
      ) { terminal in
        try await terminal.enter("shutdown")
        let screen = try await terminal.waitForLine(last: "? [y/N] ")
        #expect(screen.contains("warning: two daemons share "))
        try await terminal.enter("y")
        try await terminal.waitFor(" acknowledged ")
      }
      #expect(await scratch.daemon.allRequestWords().contains("shutdown"))
    }
  }
}
