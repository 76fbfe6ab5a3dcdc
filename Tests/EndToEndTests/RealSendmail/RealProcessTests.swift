// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// A real sendmail that has no control socket, for a reason that its process shows.
@Suite("smcontrol on a real sendmail that is no daemon, or not yet", .needsRealSendmail)
struct RealProcessTests {
  /// Writes a configuration with the port line `port`, and runs `body` while sendmail runs with `arguments`.
  private static func withSendmail(
    _ arguments: [String], port: String, lines: [String] = [], user: SystemUser = .current,
    body: (_ file: FilePath, _ sendmail: RealSendmail, _ pid: Int32) async throws -> Void
  ) async throws {
    let sendmail = try await RealSendmail.required()
    try await withTemporaryDirectory { directory in
      try user.own(try directory.makeDirectory("mq"))
      try user.own(directory.path)
      let file = try directory.write(
        ([
          "V10/Berkeley", "Djhere.example", "O QueueDirectory=\(directory["mq"].string)",
          "O ControlSocketName=\(directory["ctl"].string)",
          "O PidFile=\(directory["pid"].string)", "O DaemonPortOptions=\(port)",
          "Sparse=0", "R$*\t$#local $: $1",
        ] + lines + ScratchDaemon.mailers).joined(separator: "\n") + "\n", to: "s.cf")
      try await RunningProgram.run(
        sendmail.binary, ["-C", file.string] + arguments,
        environment: sendmail.environment.mapValues { .some($0) }
      ) { program in
        try await body(file, sendmail, program.processID)
      }
    }
  }

  /// A queue runner that stays in the foreground, so that it ends with the test.
  private static let queueRunner = ["-q15m", "-d99.100"]

  private static func smcontrol(
    _ file: FilePath, _ words: String..., environment: [String: String?] = [:]
  ) async throws -> ProcessOutcome {
    try await SMControlRun.run(["-C", file.string] + words, environment: environment)
  }

  @Test(
    "One that tries for an address of another host is named everywhere, and none is started beside it"
  )
  func anotherHost() async throws {
    let port = 20_261
    try await Self.withSendmail(["-bD"], port: "Name=X, Addr=192.0.2.77, Port=\(port)") {
      file, sendmail, pid in
      let words = """
        process \(pid) tries for port X (192.0.2.77 port \(port), its address is not on \
        this host), and ends in about 
        """
      try await eventually("the sendmail that tries for its port is seen") {
        try await Self.smcontrol(file, "status").errorOutput.contains(words)
      }
      let passive = try await Self.smcontrol(file, "status", "--passive")
      #expect(passive.output.contains(words), "\(passive.output)")
      let check = try await Self.smcontrol(file, "check", "--state", "-v")
      #expect(check.status == 2)
      #expect(check.output.contains("not answering: \(words)"), "\(check.output)")
      let audit = try await Self.smcontrol(file, "audit")
      #expect(audit.output.contains(words), "\(audit.output)")
      #expect(!audit.output.contains("kill -HUP"))
      let start = try await Self.smcontrol(
        file, "start", "--sendmail", sendmail.binary.string, "--", "-bD",
        environment: sendmail.environment.mapValues { .some($0) })
      #expect(start.status == 1)
      #expect(start.errorOutput.contains("start: \(words)"), "\(start.errorOutput)")
      #expect(start.errorOutput.contains("nothing was started"))
    }
  }

  @Test(
    "A daemon that does not get its port after a restart is told to try for it, and nothing else",
    arguments: RealDaemon.Options.Mode.allCases)
  func restartWithoutPort(mode: RealDaemon.Options.Mode) async throws {
    let other = try GreetingServer(greeting: "220 no sendmail\r\n")
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let file = daemon.places.configurationFile
      let text = try String(contentsOfFile: file.string, encoding: .utf8)
      try text.replacing("Port=\(daemon.places.smtpPort)", with: "Port=\(other.port)")
        .write(toFile: file.string, atomically: true, encoding: .utf8)
      let words =
        " tries for port MTA (127.0.0.1 port \(other.port), held by process \(TestProcess.id) ("
      let restart = try await Self.smcontrol(
        file, "restart", "--yes", "--force", "--wait", "--wait-timeout", "3")
      #expect(restart.status == 75)
      #expect(restart.errorOutput.contains(words), "\(restart.errorOutput)")
      let passive = try await Self.smcontrol(file, "status", "--passive")
      #expect(passive.output.contains(words), "\(passive.output)")
      #expect(!passive.output.contains("Changed"), "\(passive.output)")
      let status = try await Self.smcontrol(file, "status")
      #expect(status.errorOutput.contains(words), "\(status.errorOutput)")
      #expect(!status.errorOutput.contains("could not open control socket"))
      #expect(try await Self.smcontrol(file, "check", "--state", "-v").output.contains(words))
      let audit = try await Self.smcontrol(file, "audit")
      #expect(!audit.output.contains("kill -HUP"), "\(audit.output)")
    }
    withExtendedLifetime(other) {}
  }

  @Test("start tells what a sendmail does that does not go to the background")
  func slowStart() async throws {
    try await withTemporaryDirectory { directory in
      // Its name and its arguments are those of sendmail, as long as the shell runs.
      let program = try directory.write("#!/bin/sh\nsleep 6\nexit 0\n", to: "sendmail")
      #expect(unsafe chmod(program.string, 0o755) == 0)
      let file = try directory.write(
        "V10\nO ControlSocketName=\(directory["ctl"].string)\nO PidFile=\(directory["pid"].string)\n",
        to: "s.cf")
      let outcome = try await Self.smcontrol(
        file, "start", "--force", "--sendmail", program.string)
      #expect(outcome.errorOutput.contains(" starts, for "), "\(outcome.errorOutput)")
      #expect(outcome.errorOutput.contains("when the host name has no domain"))
    }
  }

  @Test("Two ports that are the same keep it from answering, and that is the reason told")
  func samePort() async throws {
    let port = try LoopbackPort.unused()
    try await Self.withSendmail(
      ["-bD"], port: "Name=MTA, Addr=127.0.0.1, Port=\(port)",
      lines: ["O DaemonPortOptions=Name=MSA, Addr=127.0.0.1, Port=\(port)"]
    ) { file, _, pid in
      let words = """
        process \(pid) tries for port MSA (127.0.0.1 port \(port), which port MTA of it has)
        """
      try await eventually("the port is told") {
        try await Self.smcontrol(file, "status", "--passive").output.contains(words)
      }
      let status = try await Self.smcontrol(file, "--timeout", "1", "status")
      #expect(status.errorOutput.contains(words), "\(status.errorOutput)")
    }
  }

  @Test("One that runs the queue only is told so, and not to have lost its socket")
  func queueOnly() async throws {
    try await Self.withSendmail(Self.queueRunner, port: "Name=MTA") {
      file, _, _ in
      let words = "runs the queue only: it has neither port nor control socket; start it with -bd"
      try await eventually("it is seen") {
        try await Self.smcontrol(file, "status").errorOutput.contains(words)
      }
      let status = try await Self.smcontrol(file, "status")
      #expect(!status.errorOutput.contains("could not open control socket"))
      let audit = try await Self.smcontrol(file, "audit")
      #expect(audit.output.contains(words), "\(audit.output)")
      #expect(!audit.output.contains("kill -HUP"))
      let check = try await Self.smcontrol(file, "check", "--state", "-v")
      #expect(check.status == 1)
      #expect(check.output.contains("no port open: process "), "\(check.output)")
      let passive = try await Self.smcontrol(file, "--format", "json", "status", "--passive")
      #expect(passive.output.contains(#""queueOnly":true"#))
    }
  }

  @Test("The queue runner of the mail submission program is found")
  func submission() async throws {
    // As root it runs as another user, who owns the queue.
    let user = try SystemUser.ordinary()
    try await Self.withSendmail(
      Self.queueRunner, port: "Name=MTA",
      lines: ["O UseMSP=True"] + (SystemUser.isRoot ? ["O RunAsUser=\(user.name)"] : []), user: user
    ) { file, _, _ in
      try await eventually("it is seen") {
        try await Self.smcontrol(file, "status", "--passive").output.contains(
          "Queue runner@00:15:00 for ")
      }
      let check = try await Self.smcontrol(file, "check", "--state", "-v")
      #expect(check.status == 0, "\(check.output)")
      #expect(check.output.contains("runs the queue every 15m00s"), "\(check.output)")
    }
  }

  @Test("A daemon that was started without -q leaves deferred mail", arguments: [[], ["-q1h"]])
  func queueRuns(arguments: [String]) async throws {
    var options = RealDaemon.Options()
    options.arguments = arguments
    options.configurationLines = ["Qslow, P=@DIR@/mq/slow, R=0"]
    options.queueDirectories = ["slow"]
    try await RealDaemon.run(options) { daemon in
      for words in [["status"], ["status", "--passive"]] {
        let status = try await SMControlRun.run(
          ["-C", daemon.places.configurationFile.string, "--format", "terminal"] + words,
          environment: TerminalRun.plainEnvironment)
        let output = status.output.replacing(/\n +/, with: " ")
        #expect(
          output.contains("Queue runs") == true
            && output.contains(
              arguments.isEmpty ? "no process runs this queue" : "every 1h, by this daemon"),
          "\(output)")
        #expect(output.contains("the queue group slow has no runners (R=0)"), "\(output)")
      }
    }
  }
}
