// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("A signal while no one reads the output")
struct StalledOutputTests {
  static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Runs smcontrol until `stream`, its standard output, is full, and sends it `signal` once.
  static func end(
    _ arguments: [String], on stream: UnreadStream, by signal: Int32
  ) async throws -> TerminalProgramEnding {
    try await ProcessRunner.run(
      BuiltBinaries.smcontrol, arguments, environment: SMControlRun.cleanEnvironment,
      output: stream
    ) { pid in
      try await eventually("a full \(stream)") { stream.isFull }
      kill(pid, signal)
    }
  }

  @Test("The first one ends it with 130", arguments: UnreadStream.Kind.allCases, signals)
  func standardOutput(kind: UnreadStream.Kind, signal: Int32) async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], mebibytes: 1)
      let stream = try UnreadStream(kind)
      let ending = try await Self.end(
        ["-f", directory["ctl"].string, "send", "anything"], on: stream, by: signal)
      #expect(ending == .exited(130))
      // Others may share it.
      #expect(stream.isBlocking == (kind != .nonBlockingPipe))
      withExtendedLifetime(server) {}
    }
  }

  @Test(
    "So it does in every format, and in a script",
    arguments: [
      ["--format", "json", "status"], ["--format", "terminal", "status"],
      ["--format", "raw", "mstat"], ["memdump"], ["-e", "status", "-e", "status"],
    ])
  func formats(arguments: [String]) async throws {
    try await ScratchDaemon.run({ $0.state.heapReport = HeapReport(ofAbout: 1_000_000) }) {
      scratch in
      scratch.enter(3000)
      let stream = try UnreadStream(.pipe)
      let ending = try await Self.end(
        ["-f", scratch.socket.string] + arguments, on: stream, by: SIGTERM)
      #expect(ending == .exited(130))
    }
  }

  @Test("Nor does standard error make it deaf", arguments: UnreadStream.Kind.allCases, signals)
  func standardError(kind: UnreadStream.Kind, signal: Int32) async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      let stream = try UnreadStream(kind)
      stream.fill()
      let ending = try await ProcessRunner.run(
        BuiltBinaries.smcontrol, ["-v", "-f", scratch.socket.string, "status"],
        environment: SMControlRun.cleanEnvironment, error: stream
      ) { pid in
        // It cannot say that it connects; the handler of the last signal tells that it is there.
        try await eventually("the handler of signals") { Self.catches(SIGHUP, pid) }
        kill(pid, signal)
      }
      #expect(ending == .exited(130))
    }
  }

  /// Returns whether the process has a handler for the signal (proc(5)).
  static func catches(_ signal: Int32, _ pid: Int32) -> Bool {
    let facts = FileManager.default.contents(atPath: "/proc/\(pid)/status") ?? Data()
    let line = String(decoding: facts, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("SigCgt:") }
    let bits = line.flatMap {
      UInt64($0.dropFirst(7).trimmingPrefix { $0.isWhitespace }, radix: 16)
    }
    return (bits ?? 0) & (1 << UInt64(signal - 1)) != 0
  }

  @Test("A reply arrives whole at a slow reader", arguments: UnreadStream.Kind.allCases)
  func slowReader(kind: UnreadStream.Kind) async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], mebibytes: 1)
      let stream = try UnreadStream(kind)
      var output: [UInt8] = []
      let ending = try await ProcessRunner.run(
        BuiltBinaries.smcontrol, ["--format", "raw", "-f", directory["ctl"].string, "send", "x"],
        environment: SMControlRun.cleanEnvironment, output: stream
      ) { _ in
        try await eventually("a full stream") { stream.isFull }
        try await eventually("the whole reply") {
          output += stream.read(upTo: 50_000)
          return output.count == 1 << 20
        }
      }
      #expect(ending == .exited(0))
      #expect(stream.read(upTo: 1).isEmpty)
      #expect(Set(output.split(separator: 0x0A)).count == 1)
      withExtendedLifetime(server) {}
    }
  }
}
