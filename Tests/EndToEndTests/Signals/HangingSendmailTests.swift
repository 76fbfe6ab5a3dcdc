// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("start with a sendmail that does not go to the background")
struct HangingSendmailTests {
  /// Writes a configuration, and a sendmail that starts a process, writes both process IDs to a file,
  /// and stays.
  ///
  /// `first` are commands of the shell that it runs first. `name` is its name: only a program named sendmail is asked
  /// for its version.
  static func sendmail(
    in directory: TemporaryDirectory, named name: String = "mta", first: String = ""
  ) throws -> String {
    let path = try directory.write(
      """
      #!/bin/sh
      \(first)
      sleep 600 &
      echo "$$ $!" >"$0.new"; mv "$0.new" "$(dirname "$0")/pids"
      wait; wait; sleep 600

      """, to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
    try directory.write(
      """
      V10/Berkeley
      O QueueDirectory=\(directory.path)
      O ControlSocketName=\(directory["ctl"])
      O PidFile=\(directory["pid"])
      \(ScratchDaemon.mailers.joined(separator: "\n"))

      """, to: "sendmail.cf")
    return path.string
  }

  static func pids(in directory: TemporaryDirectory) async throws -> [Int32] {
    try await eventually("sendmail") {
      FileManager.default.contents(atPath: directory["pids"].string).map {
        String(decoding: $0, as: UTF8.self).split { $0.isWhitespace }.compactMap { Int32($0) }
      }
    }
  }

  static let firsts = ["", "trap '' INT TERM HUP"]

  @Test(
    "The first signal ends it and its program, also one that ignores signals",
    arguments: [SIGINT, SIGTERM, SIGHUP], firsts)
  func signal(signal: Int32, first: String) async throws {
    try await withTemporaryDirectory { directory in
      let sendmail = try Self.sendmail(in: directory, first: first)
      let errors = try UnreadStream(.pipe)
      for waiting in [[], ["--wait"]] {
        directory.unlink("pids")
        var pids: [Int32] = []
        let ending = try await ProcessRunner.run(
          BuiltBinaries.smcontrol,
          ["-C", directory["sendmail.cf"].string, "start", "--sendmail", sendmail] + waiting,
          environment: SMControlRun.cleanEnvironment, error: errors
        ) { pid in
          pids = try await Self.pids(in: directory)
          kill(pid, signal)
        }
        #expect(ending == .exited(130))
        #expect(pids.count == 2)
        for pid in pids { #expect(!ProcessRunner.isRunning(pid)) }
        #expect(
          String(decoding: errors.read(upTo: 4096), as: UTF8.self)
            == "smcontrol: start: interrupted: \(sendmail) had not gone to the background and was ended\n"
        )
      }
    }
  }

  @Test(
    "One that is asked for its version is ended by the first signal, and nothing is started",
    arguments: firsts)
  func asked(first: String) async throws {
    try await withTemporaryDirectory { directory in
      let sendmail = try Self.sendmail(in: directory, named: "sendmail", first: first)
      for command in [["start"], ["config", "--check"]] {
        directory.unlink("pids")
        let errors = try UnreadStream(.pipe)
        var pids: [Int32] = []
        let ending = try await ProcessRunner.run(
          BuiltBinaries.smcontrol,
          ["-C", directory["sendmail.cf"].string] + command + ["--sendmail", sendmail],
          environment: SMControlRun.cleanEnvironment, error: errors
        ) { pid in
          pids = try await Self.pids(in: directory)
          kill(pid, SIGTERM)
        }
        #expect(ending == .exited(130))
        #expect(pids.count == 2)
        for pid in pids { #expect(!ProcessRunner.isRunning(pid)) }
        #expect(
          String(decoding: errors.read(upTo: 4096), as: UTF8.self)
            .hasPrefix("smcontrol: \(command[0] == "start" ? "start: " : "")interrupted"))
      }
    }
  }

  @Test("A sendmail that does not say its version is started all the same")
  func silent() async throws {
    try await withTemporaryDirectory { directory in
      let sendmail = try Self.sendmail(in: directory, named: "sendmail", first: "exit 0")
      let words = ["-C", directory["sendmail.cf"].string]
      let started = try await SMControlRun.run(words + ["start", "--sendmail", sendmail])
      #expect(started.status == 0, "\(started.errorOutput)")
      let checked = try await SMControlRun.run(
        words + ["config", "--check", "--sendmail", sendmail])
      #expect(checked.status == 66)
      #expect(
        checked.errorOutput
          == "smcontrol: \(sendmail): does not say which sendmail it is (-d0.1)\n")
    }
  }

  @Test("--wait-timeout holds for it, too: 75")
  func deadline() async throws {
    try await withTemporaryDirectory { directory in
      let sendmail = try Self.sendmail(in: directory)
      async let run = SMControlRun.run([
        "-C", directory["sendmail.cf"].string, "start", "--sendmail", sendmail, "--wait",
        "--wait-timeout", "0.5",
      ])
      let pids = try await Self.pids(in: directory)
      let outcome = try await run
      #expect(outcome.status == 75)
      #expect(
        outcome.errorOutput.hasPrefix(
          "smcontrol: start: \(sendmail) did not go to the background within 0.500 s and was ended\n"
        ))
      for pid in pids { #expect(!ProcessRunner.isRunning(pid)) }
    }
  }

  @Test("A wait that ends early reports that a sendmail in the background continues")
  func detached() async throws {
    try await withTemporaryDirectory { directory in
      let sendmail = try Self.sendmail(
        in: directory,
        first: "echo \"$$ $$\" >\"$0.new\"; mv \"$0.new\" \"$(dirname \"$0\")/pids\"; exit 0")
      let errors = try UnreadStream(.pipe)
      let ending = try await ProcessRunner.run(
        BuiltBinaries.smcontrol,
        ["-C", directory["sendmail.cf"].string, "start", "--sendmail", sendmail, "--wait"],
        environment: SMControlRun.cleanEnvironment, error: errors
      ) { pid in
        let started = try await Self.pids(in: directory)[0]
        try await eventually("the end of sendmail") { kill(started, 0) != 0 }
        kill(pid, SIGTERM)
      }
      #expect(ending == .exited(130))
      #expect(
        String(decoding: errors.read(upTo: 4096), as: UTF8.self)
          == "smcontrol: interrupted while waiting; sendmail has been started and goes on\n")
    }
  }
}
