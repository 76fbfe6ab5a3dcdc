// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// Every exit status of the table, by running the program.
@Suite("Exit status of smcontrol")
struct ExitStatusTests {
  @Test(
    "0: every command that is answered",
    arguments: [
      ["status"], ["mstat"], ["help"], ["help", "--daemon"], ["memdump"], ["restart"],
      ["shutdown"],
    ])
  func ok(arguments: [String]) async throws {
    try await ScratchDaemon.run({
      $0.state.help = .example
      $0.state.heapReport = HeapReport(level: 2, items: .listed([]))
    }) { scratch in
      let outcome = try await SMControlRun.run(
        (arguments == ["help"] ? [] : ["-C", scratch.configurationFile.string]) + arguments)
      #expect(outcome.status == 0)
      #expect(outcome.errorOutput.isEmpty)
      #expect(!outcome.output.isEmpty)
    }
  }

  @Test("0: a daemon that rejects connections answers all the same")
  func rejecting() async throws {
    try await ScratchDaemon.run({
      $0.state.title = "rejecting connections on daemon MTA: load average: 14"
    }) { scratch in
      let outcome = try await scratch.smcontrol("status")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("Rejecting connections on daemon MTA: load average: 14\n"))
    }
  }

  @Test(
    "1: the daemon refused", arguments: [["send", "bogus"], ["memdump"], ["help", "--daemon"]])
  func refused(arguments: [String]) async throws {
    try await ScratchDaemon.run({ $0.state.help = nil }) { scratch in
      let outcome = try await SMControlRun.run(["-f", scratch.socket.string] + arguments)
      #expect(outcome.status == 1)
      #expect(outcome.errorOutput.hasPrefix("smcontrol: \(arguments[0]): the daemon "))
      #expect(!outcome.output.isEmpty)
    }
  }

  static let misuse: [[String]] = [
    ["bogus"], ["stat"], ["status", "--bogus"], ["status", "extra"],
    ["--format", "xml", "status"],
    ["--timeout", "0", "status"], ["--timeout", "-1", "status"], ["--timeout", "soon", "status"],
    ["--timeout", "inf", "status"], ["-Ax", "status"], ["-f", "", "status"], ["send"],
    ["send", "two\nlines"], ["send", String(repeating: "x", count: 2047)],
    ["restart", "--wait-timeout", "5"], ["start", "--sendmail", "sendmail"], ["help", "bogus"],
    ["-e", "status", "status"], ["--keep-going", "status"], ["-f"], ["-e"],
  ]

  @Test("64: contradictory arguments", arguments: misuse)
  func usage(arguments: [String]) async throws {
    let outcome = try await SMControlRun.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errorOutput.hasPrefix("smcontrol: "))
    #expect(outcome.errorOutput.split(separator: "\n").allSatisfy { $0.hasPrefix("smcontrol: ") })
    #expect(outcome.output == "")
  }

  @Test(
    "65: replies that are none",
    arguments: [
      Fault.cut(afterBytes: 3), .cut(afterBytes: 0), .garbage(byteCount: 4000, seed: 7),
    ])
  func dataError(fault: Fault) async throws {
    try await ScratchDaemon.run({ $0.fault = fault }) { scratch in
      for command in ["status", "mstat"] {
        let outcome = try await scratch.smcontrol(command)
        #expect(outcome.status == 65)
        #expect(outcome.errorOutput.hasPrefix("smcontrol: \(scratch.socket.string): "))
      }
    }
  }

  @Test("65: a status without end is refused with the limit named")
  func tooLong() async throws {
    try await ScratchDaemon.run({ $0.fault = .endless }) { scratch in
      let outcome = try await scratch.smcontrol("status", "--timeout", "60")
      #expect(outcome.status == 65)
      #expect(outcome.errorOutput.contains("64 MiB"))
    }
  }

  @Test("66: a configuration file that cannot be read")
  func noInput() async throws {
    let outcome = try await SMControlRun.run(["-C", "/nonexistent/sendmail.cf", "status"])
    #expect(outcome.status == 66)
    #expect(outcome.errorOutput.contains("/nonexistent/sendmail.cf"))
    #expect(outcome.errorOutput.contains("No such file or directory"))
  }

  @Test("69: no socket, and a stale one")
  func unavailable() async throws {
    try await ScratchDaemon.run { scratch in
      await scratch.daemon.crash()
      let stale = try await scratch.smcontrol("status")
      #expect(stale.status == 69)
      #expect(stale.errorOutput.contains("no listener"))
      try FileManager.default.removeItem(atPath: scratch.socket.string)
      let missing = try await scratch.smcontrol("status")
      #expect(missing.status == 69)
      #expect(missing.errorOutput.contains("no such socket"))
    }
  }

  @Test("71: a system that gives no socket")
  func systemError() async throws {
    try await ScratchDaemon.run { scratch in
      // Five descriptors: the three standard ones and the two of the pipe for signals.
      let outcome = try await ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "ulimit -n 5; exec \"$0\" -f \"$1\" status", BuiltBinaries.smcontrol.string,
          scratch.socket.string,
        ])
      #expect(outcome.status == 71)
      #expect(outcome.errorOutput.contains("socket: Too many open files"))
    }
  }

  @Test("74: a connection that breaks, a full disk")
  func inputOutputError() async throws {
    try await ScratchDaemon.run { scratch in
      let full = try await ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "exec \"$0\" -f \"$1\" status >/dev/full", BuiltBinaries.smcontrol.string,
          scratch.socket.string,
        ])
      #expect(full.status == 74)
      #expect(full.errorOutput == "smcontrol: standard output: write: No space left on device\n")
      try await scratch.daemon.setFault(.reset(afterBytes: 9))
      let broken = try await scratch.smcontrol("status")
      #expect(broken.status == 74)
      #expect(broken.errorOutput.contains("broke after 9 bytes"))
    }
  }

  static let hanging: [(fault: Fault, command: String)] = [
    (.silence, "status"), (.silence, "memdump"), (.stop(afterBytes: 4), "mstat"),
    (.fullListenQueue, "status"), (.fullListenQueue, "shutdown"),
  ]

  @Test("75: a daemon that hangs is not waited for without end", arguments: hanging)
  func temporaryFailure(fault: Fault, command: String) async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.daemon.setFault(fault)
      let outcome = try await scratch.smcontrol(command, "--timeout", "0.3")
      #expect(outcome.status == 75)
      #expect(outcome.errorOutput.hasPrefix("smcontrol: "))
    }
  }

  @Test("75: a restart that does not come back")
  func waitNotReached() async throws {
    try await ScratchDaemon.run({ $0.fault = .restartWithoutReturn }) { scratch in
      let outcome = try await scratch.smcontrol("restart", "--wait", "--wait-timeout", "5")
      #expect(outcome.status == 75)
      #expect(outcome.errorOutput.contains("smcontrol: \(scratch.socket.string): "))
    }
  }

  @Test(
    "77: a socket of another user",
    .enabled(if: SystemUser.isRoot, "needs root, to be another user"))
  func noPermission() async throws {
    try await ScratchDaemon.run { scratch in
      let directory = scratch.directory.path.string
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
      let outcome = try await SMControlRun.run(
        ["-f", scratch.socket.string, "status"], user: try .ordinary())
      #expect(outcome.status == 77)
      #expect(outcome.errorOutput.contains("user root, group root, with mode 0600"))
      #expect(outcome.errorOutput.contains("you are nobody"))
      // The kernel lists the listener to everyone.
      #expect(
        outcome.output == "Daemon Status: Sendmail is running but not answering status queries.\n")
    }
  }

  @Test("78: no socket configured, a path too long, not a socket")
  func configuration() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("V10\nO QueueDirectory=/var/spool/mqueue\n", to: "none.cf")
      let none = try await SMControlRun.run(["-C", directory["none.cf"].string, "status"])
      #expect(none.status == 78)
      #expect(none.errorOutput.contains("O ControlSocketName=/var/spool/mqueue/.control"))
      #expect(
        none.errorOutput.contains("define(`confCONTROL_SOCKET_NAME', `/var/spool/mqueue/.control')")
      )

      let long = "/" + String(repeating: "l", count: 107)
      let tooLong = try await SMControlRun.run(["-f", long, "status"])
      #expect(tooLong.status == 78)
      #expect(tooLong.errorOutput.contains("the path has 108 bytes"))

      try directory.write("text", to: "file")
      let file = try await SMControlRun.run(["-f", directory["file"].string, "status"])
      #expect(file.status == 78)
      #expect(file.errorOutput.contains("not a socket"))
    }
  }

  @Test("130: interrupted, with nothing left")
  func interrupted() async throws {
    try await ScratchDaemon.run({ $0.fault = .stop(afterBytes: 4) }) { scratch in
      // The signal comes when the daemon has the request, and so the client waits.
      async let outcome = ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "\"$0\" -f \"$1\" memdump --output \"$2/dump\" & echo $! >\"$2/client\"; wait $!",
          BuiltBinaries.smcontrol.string, scratch.socket.string, scratch.directory.path.string,
        ])
      for await _ in scratch.daemon.requests { break }
      let pid = try await clientPID(in: scratch)
      kill(pid, SIGTERM)
      let result = try await outcome
      #expect(result.status == 130)
      let left = try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path.string)
      #expect(!left.contains { $0.contains("dump") })
    }
  }

  @Test("A signal that was ignored before stays so")
  func ignoredSignal() async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      async let outcome = ProcessRunner.run(
        "/bin/sh",
        [
          "-c",
          """
          trap '' HUP
          "$0" -f "$1" --timeout 3 help --daemon & echo $! >"$2"; wait $!
          """,
          BuiltBinaries.smcontrol.string, scratch.socket.string, scratch.directory["client"].string,
        ])
      for await event in scratch.daemon.events {
        if case .accepted = event { break }
      }
      kill(try await clientPID(in: scratch), SIGHUP)
      #expect(try await outcome.status == 75)
    }
  }

  @Test("141: a reader that went away")
  func brokenPipe() async throws {
    try await ScratchDaemon.run({ $0.state.heapReport = HeapReport(ofAbout: 10_000_000) }) {
      scratch in
      let outcome = try await ProcessRunner.run(
        "/bin/bash",
        [
          "-c", "\"$0\" -f \"$1\" memdump | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}",
          BuiltBinaries.smcontrol.string, scratch.socket.string,
        ])
      #expect(outcome.status == 141)
      #expect(outcome.errorOutput == "")
    }
  }

  /// The process id that a shell has written to the file `client`.
  private func clientPID(in scratch: ScratchDaemon) async throws -> Int32 {
    try await eventually("the shell has written its child's process id") {
      let text = FileManager.default.contents(atPath: scratch.directory["client"].string)
      guard let text, text.last == 0x0A else { return nil }
      return Int32(String(decoding: text.dropLast(), as: UTF8.self))
    }
  }
}
