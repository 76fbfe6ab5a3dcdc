// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("The command line of smcontrol")
struct CommandLineTests {
  @Test("Options stand before or after the command, whose name is taken in any case")
  func order() async throws {
    try await ScratchDaemon.run { scratch in
      let socket = scratch.socket.string
      let orders = [
        ["-f", socket, "--format", "raw", "status"], ["status", "-f", socket, "--format", "raw"],
        ["--format=raw", "status", "-f", socket], ["STATUS", "--format", "raw", "-f", socket],
        ["-f", socket, "Status", "--format", "raw"],
        ["--socket", socket, "sTATUS", "--format=raw"],
      ]
      for arguments in orders {
        let outcome = try await SMControlRun.run(arguments)
        #expect(outcome.status == 0, "\(arguments)")
        #expect(throws: Never.self) { try StatusReply(parsing: outcome.standardOutput) }
      }
    }
  }

  @Test("A socket may be called like a command")
  func socketNamedStatus() async throws {
    try await ScratchDaemon.run { scratch in
      try FileManager.default.createSymbolicLink(
        atPath: scratch.directory["STATUS"].string, withDestinationPath: "ctl")
      let outcome = try await SMControlRun.run(
        ["-f", "STATUS", "HELP", "--daemon", "--format", "raw"],
        workingDirectory: scratch.directory.path)
      #expect(outcome.output.contains("End of HELP info"))
    }
  }

  @Test("The configuration file names the socket, the command line beats it")
  func configuration() async throws {
    try await ScratchDaemon.run { scratch in
      let file = scratch.configurationFile.string
      let socket = scratch.socket.string
      try scratch.directory.write("V10\nO ControlSocketName=/nonexistent\n", to: "other.cf")
      let other = scratch.directory["other.cf"].string
      let choices: [([String], [String: String?])] = [
        (["-C", file], [:]), (["--cf", file], [:]), ([], ["SMCONTROL_CF": file]),
        ([], ["SMCONTROL_SOCKET": socket]),
        (["-f", socket], ["SMCONTROL_SOCKET": "/nonexistent", "SMCONTROL_CF": other]),
        (["-C", file], ["SMCONTROL_SOCKET": "/nonexistent", "SMCONTROL_CF": other]),
        (["-C", other, "-OControlSocketName=\(socket)"], [:]),
        (["-C", other, "-O", "controlsocket = \(socket)"], [:]),
        (
          [
            "-C", other, "-O", "QueueDirectory=\(scratch.directory.path.string)", "-O",
            "Control=ctl",
          ], [:]
        ),
        (["-C", other, "-oQ\(scratch.directory.path.string)", "-OControlSocketName=ctl"], [:]),
      ]
      for (arguments, environment) in choices {
        let outcome = try await SMControlRun.run(arguments + ["status"], environment: environment)
        #expect(outcome.status == 0, "\(arguments) \(environment): \(outcome.errorOutput)")
      }
    }
  }

  @Test("SMCONTROL_TIMEOUT holds where --timeout does not say otherwise")
  func timeout() async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      let arguments = ["-f", scratch.socket.string, "status"]
      let short = try await SMControlRun.run(arguments, environment: ["SMCONTROL_TIMEOUT": "0.2"])
      #expect(short.status == 75)
      #expect(short.errorOutput.contains("did not answer within 0.2 s"))
      let shorter = try await SMControlRun.run(
        arguments + ["--timeout", "0.1"], environment: ["SMCONTROL_TIMEOUT": "1000"])
      #expect(shorter.errorOutput.contains("did not answer within 0.1 s"))
      let bad = try await SMControlRun.run(arguments, environment: ["SMCONTROL_TIMEOUT": "soon"])
      #expect(bad.status == 64)
      #expect(bad.errorOutput.contains("SMCONTROL_TIMEOUT"))
    }
  }

  @Test("-v tells the file, the socket, who listens, and the bytes both ways, on standard error")
  func trace() async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await SMControlRun.run(
        ["-v", "-C", scratch.configurationFile.string, "status"])
      #expect(outcome.status == 0)
      let lines = outcome.errorOutput.split(separator: "\n").map(String.init)
      #expect(lines.allSatisfy { $0.hasPrefix("smcontrol: [") })
      for part in [
        "configuration file \(scratch.configurationFile.string)", "socket \(scratch.socket.string)",
        "connecting to \(scratch.socket.string)", "process \(TestProcess.id) of user",
        "sent 7 bytes: status\\x0A", "received ", "end of the reply",
      ] {
        #expect(lines.contains { $0.contains(part) }, "\(part)")
      }
      #expect(!outcome.output.contains("smcontrol:"))
    }
  }

  @Test(
    "--help and --version speak on standard output",
    arguments: [
      ["--help"], ["-h"], ["status", "--help"], ["help", "status"], ["help", "MEMDUMP"],
      ["--version"],
    ])
  func help(arguments: [String]) async throws {
    let outcome = try await SMControlRun.run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errorOutput == "")
    #expect(outcome.output.contains("smcontrol"))
  }

  @Test("The commands of the shell are explained outside it, too")
  func helpOfTheShell() async throws {
    let outcome = try await SMControlRun.run(["help", "use"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("Usage: use "))
  }

  @Test("send passes any word on, with its arguments")
  func send() async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await scratch.smcontrol("send", "sTaTuS", "of", "things")
      #expect(outcome.status == 0)
      var requests = scratch.daemon.requests.makeAsyncIterator()
      #expect(await requests.next()?.bytes == Array("sTaTuS of things\n".utf8))
    }
  }
}
