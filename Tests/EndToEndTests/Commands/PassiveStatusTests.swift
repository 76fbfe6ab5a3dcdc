// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("status --passive")
struct PassiveStatusTests {
  private func alive(_ outcome: ProcessOutcome) throws -> Any? {
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    return try #require(object as? [String: Any])["alive"]
  }

  @Test(
    "A daemon that listens runs, whatever its PID file holds",
    arguments: ["", "garbage\n", "4194304\n", "1\n", nil])
  func pidFiles(text: String?) async throws {
    try await ScratchDaemon.run({ $0.pidFile = nil }) { scratch in
      if let text { try scratch.directory.write(text, to: "pid") }
      for target in [
        ["-C", scratch.configurationFile.string], ["-f", scratch.socket.string],
      ] {
        let outcome = try await SMControlRun.run(target + ["status", "--passive"])
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("), listening\n"))
        #expect(outcome.output.hasSuffix("\nNo connection was made.\n"))
        let json = try await SMControlRun.run(
          target + ["status", "--passive", "--format", "json"])
        #expect(try alive(json) as? Bool == true)
      }
    }
  }

  @Test("A relative path is found like an absolute one")
  func relative() async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "cd \"$1\" && exec \"$0\" -f ctl status --passive",
          BuiltBinaries.smcontrol.string, scratch.directory.path.string,
        ])
      #expect(outcome.status == 0)
    }
  }

  @Test("An empty place has no daemon; a PID file of another program is reported as such")
  func none() async throws {
    try await withTemporaryDirectory { directory in
      try ScratchDaemon.writeConfigurationFile(in: directory)
      let arguments = ["-C", directory["sendmail.cf"].string, "status", "--passive"]
      let nothing = try await SMControlRun.run(arguments)
      #expect(nothing.status == 69)
      try directory.write("\(TestProcess.id)\n", to: "pid")
      let other = try await SMControlRun.run(arguments)
      #expect(other.status == 69)
      #expect(other.output.contains("process \(TestProcess.id), running, but not sendmail\n"))
    }
  }

  @Test(
    "Without permission to read, every fact is unknown",
    .needsRoot)
  func denied() async throws {
    try await withTemporaryDirectory { directory in
      let inner = try directory.makeDirectory("inner")
      let file = try directory.write(
        """
        V10/Berkeley
        O QueueDirectory=\(inner)
        O ControlSocketName=\(inner)/ctl
        O PidFile=\(inner)/pid

        """, to: "sendmail.cf")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: directory.path.string)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: inner.string)
      let arguments = ["-C", file.string, "status", "--passive", "--format", "json"]
      let outcome = try await SMControlRun.run(arguments, user: try .ordinary())
      #expect(outcome.status == 77)
      #expect(try alive(outcome) is NSNull)
    }
  }
}
