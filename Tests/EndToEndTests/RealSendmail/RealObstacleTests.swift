// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// Ports at which a sendmail could not listen, as `config --check`, `start` and `restart` tell of them.
@Suite("smcontrol and ports that cannot be bound", .needsRealSendmail)
struct RealObstacleTests {
  /// Writes a configuration with `ports`.
  private static func write(
    _ ports: [String], in directory: TemporaryDirectory
  ) throws -> [String] {
    _ = try? directory.makeDirectory("mq")
    let file = try directory.write(
      ([
        "V10/Berkeley", "Djhere.example", "O QueueDirectory=\(directory["mq"].string)",
        "O ControlSocketName=\(directory["ctl"].string)", "O PidFile=\(directory["pid"].string)",
      ] + ports.map { "O DaemonPortOptions=\($0)" }
        + ["Sparse=0", "R$*\t$#local $: $1"] + ScratchDaemon.mailers).joined(separator: "\n")
        + "\n", to: "s.cf")
    return ["-C", file.string]
  }

  private static let attempts =
    "sendmail would not start: exit status 71, after a minute of attempts"

  @Test(
    "A port that another program holds, one with a foreign address, and one that is there twice")
  func check() async throws {
    let other = try GreetingServer(greeting: "220 no sendmail\r\n")
    try await withTemporaryDirectory { directory in
      for (ports, reason) in [
        (
          ["Port=\(other.port),Addr=127.0.0.1"],
          "Address already in use: held by process \(TestProcess.id) ("
        ),
        (["Port=\(other.port)"], "held by process \(TestProcess.id) ("),
        (
          ["Name=X,Port=1,Addr=192.0.2.77"], "port X, 192.0.2.77 port 1: cannot bind: Cannot assign"
        ),
        (["Name=A,Port=1", "Name=B,Port=1,Addr=127.0.0.1"], "in use: port A has it"),
      ] {
        let words = try Self.write(ports, in: directory)
        let check = try await SMControlRun.run(words + ["config", "--check"])
        #expect(check.status == 1)
        #expect(check.output.contains(reason), "\(check.output)")
        #expect(check.output.hasSuffix("\(Self.attempts)\n"))
        let start = words + ["start", "--sendmail", CommandForm.sendmail]
        let refused = try await SMControlRun.run(start, workingDirectory: directory.path)
        #expect(refused.status == 1)
        #expect(refused.errorOutput.contains(reason), "\(refused.errorOutput)")
        #expect(!FileManager.default.fileExists(atPath: directory["started"].string))
      }
      let free = try Self.write(["Port=\(other.port),Addr=127.0.0.2"], in: directory)
      #expect(try await SMControlRun.run(free + ["config", "--check"]).status == 0)
    }
    withExtendedLifetime(other) {}
  }

  @Test(
    "The ports of a daemon are no obstacle to its own restart, and those of another program are")
  func restart() async throws {
    try await RealDaemon.run { daemon in
      let words = ["-C", daemon.places.configurationFile.string]
      let check = try await SMControlRun.run(words + ["config", "--check"])
      #expect(check.status == 0, "\(check.output)")
      let other = try GreetingServer(greeting: nil)
      let file = daemon.places.configurationFile
      let text = try String(contentsOfFile: file.string, encoding: .utf8)
      let line = "O DaemonPortOptions=Name=New,Addr=127.0.0.1,Port=\(other.port)\n"
      try (text.replacing("Sparse=0", with: line + "Sparse=0")).write(
        toFile: file.string, atomically: false, encoding: .utf8)
      let refused = try await SMControlRun.run(words + ["restart", "--yes"])
      #expect(refused.status == 1)
      #expect(
        refused.errorOutput.contains("port New, 127.0.0.1 port \(other.port): cannot bind"),
        "\(refused.errorOutput)")
      withExtendedLifetime(other) {}
      try text.write(toFile: file.string, atomically: false, encoding: .utf8)
      let restarted = try await SMControlRun.run(words + ["restart", "--yes", "--wait"])
      #expect(restarted.status == 0, "\(restarted.errorOutput)")
    }
  }

  @Test("A listener is not counted for a second port of the same address")
  func status() async throws {
    try await RealDaemon.run { daemon in
      let port = daemon.places.smtpPort
      let words = [
        "-C", daemon.places.configurationFile.string, "-O",
        "DaemonPortOptions=Name=MTA,Addr=127.0.0.1,Port=\(port)", "-O",
        "DaemonPortOptions=Name=M2,Port=\(port)",
      ]
      let passive = try await SMControlRun.run(words + ["status", "--passive"])
      #expect(passive.output.contains("MTA, 127.0.0.1 port \(port): open"), "\(passive.output)")
      #expect(
        passive.output.contains("M2, 0.0.0.0 port \(port): closed, the listener there is that of"))
    }
  }

  @Test("The queue runner of the mail submission program is judged as the real one", .needsRoot)
  func submission() async throws {
    let sendmail = try await RealSendmail.required()
    try await withTemporaryDirectory { directory in
      let words = try Self.write(["Port=1"], in: directory)
      let text = try String(contentsOfFile: words[1], encoding: .utf8)
      for (lines, status) in [("", 78), ("O RunAsUser=nobody\n", 0), ("O RunAsUser=root\n", 78)] {
        try (text.replacing("Sparse=0", with: "O UseMSP=True\n\(lines)Sparse=0")).write(
          toFile: words[1], atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o777], ofItemAtPath: directory["mq"].string)
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: directory.path.string)
        // One run, which ends by itself, has the same needs as one every 30 minutes.
        let real = try await ProcessRunner.run(
          sendmail.binary, ["-Ac", "-q"] + words, environment: sendmail.environment)
        #expect(real.status == Int32(status), "\(real.output)\(real.errorOutput)")
        let check = try await SMControlRun.run(words + ["config", "--check"])
        #expect(check.status == (status == 0 ? 0 : 1))
        #expect(check.output.contains("as the mail submission program's queue runner"))
        #expect(check.output.contains("exit status 78") == (status == 78))
        let says = real.errorOutput + real.output
        #expect(
          check.output.contains("must have RunAsUser") == says.contains("must have RunAsUser"))
      }
    }
  }
}
