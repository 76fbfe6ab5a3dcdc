// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("--read-only")
struct ReadOnlyTests {
  /// Before the command, after it, and by the environment.
  static let ways: [(before: [String], after: [String], environment: [String: String?])] = [
    (["--read-only"], [], [:]), ([], ["--read-only"], [:]),
    ([], [], ["SMCONTROL_READONLY": "1"]), ([], [], ["SMCONTROL_READONLY": "yes"]),
  ]

  @Test("Every command that changes something is refused, and nothing is sent to the daemon")
  func refused() async throws {
    try await ScratchDaemon.run { scratch in
      let identity = SocketIdentity(scratch.socket)
      for way in Self.ways {
        for command in [
          ["restart"], ["RESTART", "--wait"], ["shutdown"], ["start"], ["memdump"],
          ["send", "help"],
        ] {
          let outcome = try await SMControlRun.run(
            ["-f", scratch.socket.string] + way.before + command + way.after,
            environment: way.environment)
          #expect(outcome.status == 77, "\(way) \(command)")
          #expect(outcome.standardOutput.isEmpty)
          let origin = way.environment.isEmpty ? "--read-only" : "SMCONTROL_READONLY"
          #expect(
            outcome.errorOutput == """
              smcontrol: \(command[0].lowercased()): not permitted with \(origin), \
              which allows status, mstat, help, config, queues, stats, audit, check, metrics, schema

              """)
        }
      }
      #expect(SocketIdentity(scratch.socket) == identity)
      _ = try await RawControlClient.exchange(scratch.socket, "status")
      #expect(await scratch.daemon.requests.first { _ in true }?.bytes == Array("status\n".utf8))
    }
  }

  @Test("Read-only commands are permitted", arguments: ways.indices)
  func allowed(index: Int) async throws {
    let way = Self.ways[index]
    try await ScratchDaemon.run { scratch in
      for command in [
        ["status"], ["mstat"], ["help", "--daemon"], ["status", "--passive"], ["config"],
        ["queues"],
        ["audit", "--explain", "queue.open"],
      ] {
        let place =
          ["config", "queues"].contains(command[0])
          ? ["-C", scratch.configurationFile.string]
          : ["-f", scratch.socket.string, "-C", scratch.configurationFile.string]
        let outcome = try await SMControlRun.run(
          place + way.before + command + way.after, environment: way.environment)
        #expect(outcome.status == 0, "\(way) \(command): \(outcome.errorOutput)")
      }
    }
  }

  @Test("A variable that is 0 or empty forbids nothing", arguments: ["0", ""])
  func off(value: String) async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await SMControlRun.run(
        ["-f", scratch.socket.string, "send", "help"], environment: ["SMCONTROL_READONLY": value])
      #expect(outcome.status == 0)
    }
  }
}
