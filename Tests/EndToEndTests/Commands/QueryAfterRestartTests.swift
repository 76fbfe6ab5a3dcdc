// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("A query meets a daemon that restarts")
struct QueryAfterRestartTests {
  @Test("A status directly after a restart is answered", arguments: [true, false])
  func answered(inOneRun: Bool) async throws {
    try await ScratchDaemon.run({ $0.fault = .slowRestart(.milliseconds(300)) }) { scratch in
      if inOneRun {
        let outcome = try await scratch.smcontrol(
          "-v", "-e", "restart", "-e", "status", "-e", "help --daemon")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.errorOutput.contains("the daemon may be restarting: trying again"))
      } else {
        #expect(try await scratch.smcontrol("restart").status == 0)
        for command in [["status"], ["mstat"], ["help", "--daemon"]] {
          let outcome = try await SMControlRun.run(
            ["-C", scratch.configurationFile.string] + command)
          #expect(outcome.status == 0, "\(outcome.errorOutput)")
        }
      }
    }
  }

  @Test(
    "A command that changes something is not tried again",
    arguments: [["restart"], ["send", "status"]])
  func notRetried(words: [String]) async throws {
    try await ScratchDaemon.run { scratch in
      await scratch.daemon.shutdown()
      let outcome = try await SMControlRun.run(["-v", "-f", scratch.socket.string] + words)
      #expect(outcome.status == 69)
      #expect(!outcome.errorOutput.contains("trying again"))
    }
  }

  @Test("A daemon that has been gone for a while is not waited for")
  func gone() async throws {
    // Nothing was removed from this directory just now.
    let outcome = try await SMControlRun.run(["-v", "-f", "/usr/no-such-socket", "status"])
    #expect(outcome.status == 69)
    #expect(!outcome.errorOutput.contains("trying again"))
  }
}
