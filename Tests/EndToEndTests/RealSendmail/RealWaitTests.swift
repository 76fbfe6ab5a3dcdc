// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// The results of commands that a real daemon has acknowledged.
@Suite("smcontrol on the real daemon: restart, shutdown, start", .needsRealSendmail)
struct RealWaitTests {
  typealias Mode = RealDaemon.Options.Mode

  @Test("restart --wait names the process before and after", arguments: Mode.allCases)
  func restart(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let before = try daemon.pid
      let outcome = try await daemon.smcontrol("restart", "--wait", "--format", "json")
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
      let members = try #require(object as? [String: Any])
      #expect(members["schema"] as? String == "smcontrol.restart/1")
      #expect(members["waited"] as? Bool == true)
      #expect(members["oldPID"] as? Int == Int(before))
      let after = try #require(members["newPID"] as? Int)
      #expect((after == Int(before)) == (mode == .foreground))
      #expect(members["durationSeconds"] is Double)
      try await eventually("the PID file names the new daemon") { try? daemon.pid == Int32(after) }
    }
  }

  @Test("The command line of the daemon counts when a restart is checked")
  func commandLine() async throws {
    var options = RealDaemon.Options(mode: .background)
    options.configurationLines = ["O QueueDirectory=/nonexistent/mq"]
    options.arguments = ["-OQueueDirectory=@DIR@/mq"]
    try await RealDaemon.run(options) { daemon in
      let file = daemon.places.configurationFile.string
      let restart = ["-C", file, "restart", "--wait"]
      let outcome = try await SMControlRun.run(restart)
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      // What smcontrol's own command line sets is over it.
      let refused = try await SMControlRun.run(["-O", "QueueDirectory=/nonexistent/x"] + restart)
      #expect(refused.status == 1)
      #expect(refused.errorOutput.contains("can not chdir(/nonexistent/x/)"))
    }
  }

  @Test("The real program is asked for its version, and so is the one that runs")
  func asked() async throws {
    try await RealDaemon.run(.init(mode: .background)) { daemon in
      let file = daemon.places.configurationFile
      // Debian's sendmail has no such class, which only the program itself can tell.
      let text = try String(contentsOfFile: file.string, encoding: .utf8)
      try (text + "Kx dbm /nonexistent/x\n").write(
        toFile: file.string, atomically: false, encoding: .utf8)
      let environment = daemon.sendmail.environment.mapValues { Optional($0) }
      let words = ["-C", file.string]
      for command in [
        ["config", "--check", "--sendmail", daemon.sendmail.binary.string], ["restart"],
        ["send", "restart"],
      ] {
        let outcome = try await SMControlRun.run(words + command, environment: environment)
        #expect(outcome.status == 1, "\(command): \(outcome.errorOutput)")
        #expect(
          (outcome.output + outcome.errorOutput).contains("class dbm not available"), "\(command)")
        #expect(!outcome.errorOutput.contains("not checked"), "\(command)")
      }
    }
  }

  @Test("shutdown --wait returns when the process is gone", arguments: Mode.allCases)
  func shutdown(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let pid = try daemon.pid
      let outcome = try await daemon.smcontrol("shutdown", "--wait")
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      #expect(outcome.output.hasPrefix("OK\n\nShut down: process \(pid) is gone after "))
      #expect(!daemon.isRunning(pid))
      #expect(daemon.socketIdentity() == nil)
    }
  }

  @Test(
    "A request to a stopped daemon is withdrawn with its connection",
    arguments: ["restart", "shutdown", "send restart"])
  func withdrawn(command: String) async throws {
    try await RealDaemon.run(.init(mode: .background)) { daemon in
      let pid = try daemon.pid
      kill(pid, SIGSTOP)
      defer { kill(pid, SIGCONT) }
      let words = command.split(separator: " ").map(String.init)
      let outcome = try await SMControlRun.run(
        ["-f", daemon.controlSocket.string, "--timeout", "0.5", "--format", "json"] + words)
      #expect(outcome.status == 75)
      #expect(outcome.output.contains(#""request":"notSent""#))
      kill(pid, SIGCONT)
      #expect(try await daemon.smcontrol("status").status == 0)
      // After a restart it would be another process.
      let end = try await daemon.smcontrol("shutdown", "--wait")
      #expect(end.output.hasPrefix("OK\n\nShut down: process \(pid) is gone after "))
    }
  }

  @Test(
    "A daemon that was started by a relative path says OK and exits, and that is reported",
    arguments: Mode.allCases)
  func relativePath(mode: Mode) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.argumentZero = "sendmail"
    try await RealDaemon.run(options) { daemon in
      let pid = try daemon.pid
      // With the configuration its command line is known.
      let outcome = try await SMControlRun.run([
        "-C", daemon.places.configurationFile.string, "restart", "--wait", "--wait-timeout", "60",
      ])
      #expect(outcome.status == 75)
      #expect(outcome.errorOutput.contains("process \(pid) said OK and ended"))
      #expect(
        outcome.errorOutput.contains(": sendmail cannot restart when it was started by a relative"))
      #expect(outcome.errorOutput.contains("is left, without a listener"))
      let plain = try await daemon.smcontrol("status")
      #expect(plain.status == 69)
    }
  }

  @Test("A daemon with an absolute path that does not come back is not blamed for a relative one")
  func brokenConfiguration() async throws {
    try await RealDaemon.run { daemon in
      let file = daemon.places.configurationFile
      let text = try String(contentsOfFile: file.string, encoding: .utf8)
      try (text + "O Bogus=1\n").write(toFile: file.string, atomically: true, encoding: .utf8)
      let outcome = try await SMControlRun.run([
        "-C", file.string, "restart", "--force", "--wait", "--wait-timeout", "60",
      ])
      #expect(outcome.status == 75)
      #expect(outcome.errorOutput.contains("its log says why (syslog, facility mail"))
      #expect(outcome.errorOutput.contains("smcontrol config --check"))
      #expect(!outcome.errorOutput.contains("relative"), "\(outcome.errorOutput)")
    }
  }

  @Test("A status directly after a restart is answered", arguments: Mode.allCases)
  func statusAfterRestart(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let before = daemon.socketIdentity()
      for words in [["restart"], ["status"], ["-e", "restart", "-e", "status"], ["mstat"]] {
        let outcome = try await SMControlRun.run(["-f", daemon.controlSocket.string] + words)
        #expect(outcome.status == 0, "\(words): \(outcome.errorOutput)")
        // It may have been the old daemon that answered.
        if words == ["status"] { try await daemon.waitForRestart(from: before) }
      }
    }
  }

  @Test("Without --wait only the acknowledgement is reported")
  func acknowledgement() async throws {
    try await RealDaemon.run { daemon in
      let socket = daemon.socketIdentity()
      let outcome = try await daemon.smcontrol("restart")
      #expect(outcome.output == "OK\n\n")
      #expect(outcome.status == 0)
      try await daemon.waitForRestart(from: socket)
      #expect(try await daemon.smcontrol("SHUTDOWN").output == "OK\n\n")
    }
  }

  @Test("start runs sendmail when no daemon answers, and refuses when one does")
  func start() async throws {
    try await RealDaemon.run(.init(mode: .background)) { daemon in
      let configuration = daemon.places.configurationFile.string
      let start = { (arguments: [String]) in
        try await SMControlRun.run(
          ["-C", configuration, "start", "--sendmail", daemon.sendmail.binary.string] + arguments,
          environment: daemon.sendmail.environment.mapValues { $0 })
      }
      let refused = try await start([])
      #expect(refused.status == 1)
      #expect(refused.errorOutput.contains("process \(try daemon.pid)"))

      #expect(try await daemon.smcontrol("shutdown", "--wait").status == 0)
      let started = try await start(["--wait", "--", "-bd"])
      #expect(started.status == 0, "\(started.errorOutput)")
      let pid = try await eventually("a PID file") { try? daemon.pid }
      #expect(started.output.hasPrefix("Started: process \(pid) answers at "))
      #expect(try await daemon.smcontrol("shutdown", "--wait").status == 0)
    }
  }

  @Test("The messages and the exit status of a sendmail that does not start are passed on")
  func startFails() async throws {
    let sendmail = try await RealSendmail.required()
    try await withTemporaryDirectory { directory in
      let file = try directory.write(
        "V10\nO ControlSocketName=\(directory["ctl"].string)\nO PidFile=\(directory["pid"].string)\nO Bogus=1\n",
        to: "bad.cf")
      let outcome = try await SMControlRun.run(
        [
          "-C", file.string, "start", "--force", "--sendmail", sendmail.binary.string, "--", "-bD",
        ], environment: sendmail.environment.mapValues { $0 })
      let itself = try await ProcessRunner.run(
        sendmail.binary, ["-bD", "-C", file.string],
        environment: sendmail.environment.mapValues { $0 })
      #expect(itself.status != 0)
      #expect(outcome.status == itself.status)
      #expect(outcome.errorOutput.contains("unknown option name Bogus"))
      let missing = try await SMControlRun.run(
        ["-C", file.string, "start", "--force", "--sendmail", "/nonexistent/sendmail"])
      #expect(missing.status == 71)
      #expect(missing.errorOutput.contains("/nonexistent/sendmail"))
    }
  }
}
