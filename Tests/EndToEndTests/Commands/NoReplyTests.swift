// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("status and mstat diagnose a missing reply")
struct NoReplyTests {
  /// Runs `command` on the configuration of `scratch`.
  private func run(
    _ command: String, _ scratch: ScratchDaemon, _ arguments: String...
  ) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", scratch.configurationFile.string, command, "--timeout", "60"] + arguments)
  }

  @Test("The line for scripts says that it is unknown whether the daemon runs", .needsRoot)
  func unknown() async throws {
    try await withTemporaryDirectory { directory in
      let inner = try directory.makeDirectory("inner")
      let file = try directory.write(
        """
        V10/Berkeley
        O QueueDirectory=\(directory.path)
        O PidFile=\(inner)/pid
        O DaemonPortOptions=Name=MTA, Addr=127.0.0.1, Port=1

        """, to: "sendmail.cf")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: directory.path.string)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: inner.string)
      let outcome = try await SMControlRun.run(
        ["-C", file.string, "status"], user: try .ordinary())
      #expect(outcome.status == 78)
      #expect(outcome.output == "Daemon Status: unknown.\n")
    }
  }

  @Test(
    "A daemon that runs without its socket is distinguished from one that does not run",
    arguments: ["status", "mstat"])
  func withoutSocket(command: String) async throws {
    try await ScratchDaemon.run { scratch in
      try FileManager.default.removeItem(atPath: scratch.socket.string)
      let alive = try await run(command, scratch)
      #expect(alive.status == 69)
      #expect(
        alive.output == "Daemon Status: Sendmail is running but not answering status queries.\n")
      #expect(
        alive.errorOutput.contains("pid: process \(TestProcess.id), running, without this socket"))
      // The PID file tells, so that no port is connected to.
      #expect(!alive.errorOutput.contains("SMTP port"))

      await scratch.daemon.shutdown()
      let dead = try await run(command, scratch)
      #expect(dead.status == 69)
      #expect(dead.output == "Daemon Status: Sendmail does not appear to be running.\n")
      #expect(!dead.errorOutput.contains("running,"))
      #expect(
        dead.errorOutput.contains("is closed (a daemon that rejects connections closes it, too)"))
    }
  }

  @Test("Whether the SMTP port greets is said")
  func greeting() async throws {
    try await ScratchDaemon.run { scratch in
      let server = try GreetingServer(greeting: "220 mta.example.org\u{1B}[31m ESMTP\r\n")
      try ScratchDaemon.writeConfigurationFile(
        in: scratch.directory,
        lines: ["O DaemonPortOptions=Name=Second, Addr=127.0.0.1, Port=\(server.port)"])
      await scratch.daemon.shutdown()
      let outcome = try await run("status", scratch)
      #expect(outcome.status == 69)
      #expect(outcome.errorOutput.contains("SMTP port MTA (127.0.0.1 port 1) is closed"))
      #expect(
        outcome.errorOutput.contains(
          " greets: 220 mta.example.org\\x1B[31m ESMTP"))
      // It is this program, and no sendmail.
      #expect(
        outcome.errorOutput.contains(
          """
          SMTP port Second (127.0.0.1 port \(server.port)), which is held by process \
          \(TestProcess.id) (
          """))
      #expect(outcome.output == "Daemon Status: Sendmail does not appear to be running.\n")
    }
  }

  @Test("A signal while ports are tried ends it with 130 and no answer", arguments: [2, 15, 1])
  func interrupted(signal: Int32) async throws {
    try await withTemporaryDirectory { directory in
      let server = try GreetingServer(greeting: nil)
      try ScratchDaemon.writeConfigurationFile(
        in: directory, lines: ["O DaemonPortOptions=Addr=127.0.0.1, Port=\(server.port)"])
      let outcome = try await ProcessRunner.run(
        "/bin/bash",
        [
          "-c",
          """
          set -m
          "$0" -C "$1" --format json status & client=$!
          for _ in {1..2000}; do
            [ -n "$(ls -l /proc/$client/fd 2>/dev/null | grep socket:)" ] && break
          done
          kill -"$2" $client; wait $client
          """,
          BuiltBinaries.smcontrol.string, directory["sendmail.cf"].string, "\(signal)",
        ])
      withExtendedLifetime(server) {}
      #expect(outcome.status == 130)
      #expect(outcome.output.contains(#""cause":"interrupted""#))
      // After it the shell says how its job ended.
      #expect(outcome.errorOutput.hasPrefix("smcontrol: interrupted\n"))
      #expect(!outcome.errorOutput.contains("SMTP port"))
    }
  }

  @Test(
    "A file of the mail submission program has no socket and no port, whatever program greets there",
    arguments: ["O ControlSocketName=@DIR@/ctl", "#"])
  func submission(setting: String) async throws {
    try await withTemporaryDirectory { directory in
      let server = try GreetingServer(greeting: "220 the daemon\r\n")
      let file = try directory.write(
        """
        V10/Berkeley
        O UseMSP=True
        O DaemonPortOptions=Name=NoMTA, Addr=127.0.0.1, M=E, Port=\(server.port)
        O QueueDirectory=\(directory.path)
        \(setting.replacing("@DIR@", with: directory.path.string))

        """, to: "submit.cf")
      let outcome = try await SMControlRun.run(["-C", file.string, "status"])
      withExtendedLifetime(server) {}
      #expect(!outcome.output.contains("is running"))
      #expect(
        outcome.errorOutput.contains(
          "\(file) is for the mail submission program (UseMSP), which never opens a control socket")
      )
      #expect(!outcome.errorOutput.contains("NoMTA"))
      #expect(!outcome.errorOutput.contains("to have one"))
    }
  }

  @Test("Another daemon's configuration tells nothing of a socket that was named")
  func otherConfiguration() async throws {
    try await ScratchDaemon.run { scratch in
      let socket = scratch.directory["other"].string
      let environment = ["SMCONTROL_CF": scratch.configurationFile.string]
      let named = try await SMControlRun.run(["-f", socket, "status"], environment: environment)
      #expect(named.status == 69)
      #expect(named.output == "Daemon Status: Sendmail does not appear to be running.\n")
      #expect(!named.errorOutput.contains("PID file"))
      // The file that speaks of the same socket does tell, and so does one that was named as well.
      try FileManager.default.removeItem(atPath: scratch.socket.string)
      let own = try await SMControlRun.run(
        ["-f", scratch.socket.string, "status"], environment: environment)
      #expect(own.errorOutput.contains("PID file"))
      let both = try await SMControlRun.run(
        ["-f", socket, "-C", scratch.configurationFile.string, "status"])
      #expect(both.errorOutput.contains("PID file"))
    }
  }

  @Test("JSON has the cause on standard output")
  func json() async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      let outcome = try await SMControlRun.run(
        [
          "-C", scratch.configurationFile.string, "--timeout", "0.5", "status", "--format", "json",
        ])
      #expect(outcome.status == 75)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
      let members = try #require(object as? [String: Any])
      #expect(members["schema"] as? String == "smcontrol.failure/1")
      #expect(members["cause"] as? String == "silent")
      #expect(members["alive"] as? Bool == true)
      #expect(members["exitStatus"] as? Int == 75)
      #expect(members["command"] as? String == "status")
      guard KernelSockets.areTold else { return }
      // On a busy machine the daemon may not even have accepted the connection by then.
      let waiting = try #require(members["waitingConnections"] as? Int)
      #expect((0...1).contains(waiting))
      let messages = try #require(members["messages"] as? [String])
      let hint = waiting == 0 ? "the daemon's child does not answer" : "the daemon is not accepting"
      #expect(messages.contains { $0.contains(hint) })
    }
  }
}
