// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// smcontrold as a process: signals, limits, and what it says when it does not start.
@Suite("smcontrold")
struct DaemonProgramTests {
  /// The reply to `status` at `socket`, or `nil` when no one answers.
  private func status(_ socket: FilePath) async throws -> String? {
    guard let reply = try? await RawControlClient.exchange(socket, "status") else { return nil }
    return reply.bytes.isEmpty ? nil : String(decoding: reply.bytes, as: UTF8.self)
  }

  @Test("SIGHUP restarts it: there is a new socket, and the PID file stays")
  func hangUp() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      let options = [
        "--socket", socket.string, "--pid-file", directory["pid"].string, "--unsafe-path",
      ]
      try await RunningProgram.run(BuiltBinaries.smcontrold, options) { program in
        try await eventually("smcontrold to answer") { try await status(socket) != nil }
        let first = try #require(SocketIdentity(socket))
        try program.signal(SIGHUP)
        try await eventually("another socket") {
          SocketIdentity(socket).map { $0 != first } ?? false
        }
        try await eventually("smcontrold to answer again") { try await status(socket) != nil }
        #expect(FileManager.default.fileExists(atPath: directory["pid"].string))
        try program.signal(SIGTERM)
        #expect(await program.waitForEnding(within: .seconds(120)) == .exited(0))
        #expect(!FileManager.default.fileExists(atPath: socket.string))
        #expect(!FileManager.default.fileExists(atPath: directory["pid"].string))
      }
    }
  }

  @Test("Below nohup SIGHUP does nothing")
  func ignoredHangUp() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      let log = directory["log"].string
      let words = [
        "-c", "trap '' HUP; exec \"$0\" --socket \"$1\" --unsafe-path 2>\"$2\"",
        BuiltBinaries.smcontrold.string, socket.string, log,
      ]
      try await RunningProgram.run("/bin/sh", words) { program in
        try await eventually("smcontrold to answer") { try await status(socket) != nil }
        try program.signal(SIGHUP)
        try program.signal(SIGTERM)
        #expect(await program.waitForEnding(within: .seconds(120)) == .exited(0))
      }
      let text = try String(contentsOfFile: log, encoding: .utf8)
      #expect(text.contains("stopping daemon"))
      #expect(!text.contains("restarting"))
    }
  }

  @Test("When its terminal is gone, it ends in good order")
  func goneTerminal() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      let process = try await TerminalSession.run(
        BuiltBinaries.smcontrold,
        ["--socket", socket.string, "--unsafe-path", "--pid-file", directory["pid"].string]
      ) { terminal in
        try await eventually("smcontrold to answer") { try await status(socket) != nil }
        let text = try String(contentsOfFile: directory["pid"].string, encoding: .utf8)
        let process = try #require(Int32(text.split(separator: "\n").first ?? ""))
        try await terminal.hangUp()
        #expect(try await terminal.waitForExit() == .exited(0))
        return process
      }
      #expect(kill(process, 0) != 0)
      #expect(!FileManager.default.fileExists(atPath: socket.string))
    }
  }

  /// Runs smcontrold with at most `files` open files.
  private func run(openFiles files: Int, in directory: TemporaryDirectory) async throws
    -> ProcessOutcome
  {
    try await ProcessRunner.run(
      "/bin/sh",
      [
        "-c",
        "ulimit -n \(files); exec timeout -k 1 120 \"$0\" --socket \"$1\" --unsafe-path --log-level error",
        BuiltBinaries.smcontrold.string, directory["ctl"].string,
      ])
  }

  @Test("Without descriptors for a start it says so", arguments: [4, 5, 6, 8, 10])
  func fewDescriptors(limit: Int) async throws {
    try await withTemporaryDirectory { directory in
      let outcome = try await run(openFiles: limit, in: directory)
      #expect(outcome.status == 71)
      #expect(
        outcome.errorOutput
          == "smcontrold: socket failed: Too many open files; raise the limit on open files\n")
    }
  }

  @Test("Connections that find no descriptor wait, and keep no processor busy")
  func manyConnections() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      // As many as it needs at the start for the loops of all processors, and a few for connections.
      let files = 3 * ProcessInfo.processInfo.activeProcessorCount + 30
      let words = [
        "-c", "ulimit -n \(files); exec \"$0\" --socket \"$1\" --unsafe-path 2>\"$2\"",
        BuiltBinaries.smcontrold.string, socket.string, directory["log"].string,
      ]
      try await RunningProgram.run("/bin/sh", words) { program in
        try await eventually("smcontrold to answer") { try await status(socket) != nil }
        var clients: [RawControlClient] = []
        // Three more than it can accept wait in the listen queue, which has room for nine.
        let open = try FileManager.default.contentsOfDirectory(
          atPath: "/proc/\(program.processID)/fd")
        for _ in 0..<files - open.count + 3 { clients.append(try RawControlClient(socket)) }
        func log() throws -> String {
          try String(contentsOfFile: directory["log"].string, encoding: .utf8)
        }
        try await eventually("a line in the log") {
          try log().contains("cannot accept a connection: Too many open files")
        }
        let start = ContinuousClock.now
        let before = try processorTime(program.processID)
        try await Task.sleep(for: .seconds(1))
        let used = try processorTime(program.processID) - before
        // A loop without a pause takes all of a processor, or as much as others leave it.
        #expect(used < 0.2 * (start.duration(to: .now) / .seconds(1)))
        clients = []
        try await eventually("smcontrold to answer") { try await status(socket) != nil }
        #expect(try log().split(separator: "\n").count { $0.contains("cannot accept") } < 10)
        try program.signal(SIGTERM)
        #expect(await program.waitForEnding(within: .seconds(120)) == .exited(0))
      }
    }
  }

  /// The seconds of processor time of `process`.
  private func processorTime(_ process: Int32) throws -> Double {
    let facts = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    let words = facts.split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = words.count > 12 ? (Double(words[11]) ?? 0) + (Double(words[12]) ?? 0) : 0
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  @Test("A regular file at the path is left alone, unless --replace-file is given")
  func regularFile() async throws {
    try await withTemporaryDirectory { directory in
      let file = try directory.write("precious", to: "notes.txt")
      for options in [["--unsafe-path"], ["--trust-sticky-bit"]] {
        let outcome = try await ProcessRunner.run(
          BuiltBinaries.smcontrold, ["--socket", file.string] + options)
        #expect(outcome.status == 78)
        #expect(
          outcome.errorOutput
            == "smcontrold: \(file) is not a socket and is left alone; remove it or choose another "
            + "path for the control socket\n")
        #expect(try String(contentsOfFile: file.string, encoding: .utf8) == "precious")
      }
      try await RunningProgram.run(
        BuiltBinaries.smcontrold,
        ["--socket", file.string, "--trust-sticky-bit", "--replace-file"]
      ) { _ in
        try await eventually("smcontrold to answer") { try await status(file) != nil }
      }
    }
  }

  @Test("A second start that fails leaves the socket of the first")
  func secondStart() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      let options = [
        "--socket", socket.string, "--pid-file", directory["pid"].string, "--unsafe-path",
      ]
      try await RunningProgram.run(BuiltBinaries.smcontrold, options) { _ in
        try await eventually("smcontrold to answer") { try await status(socket) != nil }
        let second = try await ProcessRunner.run(BuiltBinaries.smcontrold, options)
        #expect(second.status == 73)
        #expect(try await status(socket) != nil)
      }
    }
  }

  @Test("A fault of --fault is injected")
  func fault() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      try await RunningProgram.run(
        BuiltBinaries.smcontrold,
        ["--socket", socket.string, "--unsafe-path", "--fault", "cut:3"]
      ) { _ in
        let reply = try await eventually("smcontrold to answer") { try await status(socket) }
        #expect(reply == "0/0")
      }
    }
  }
}
