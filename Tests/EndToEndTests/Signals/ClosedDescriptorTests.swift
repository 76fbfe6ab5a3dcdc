// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("Started with standard descriptors closed")
struct ClosedDescriptorTests {
  /// Runs smcontrol with these descriptors closed; what is open goes to the outcome.
  static func run(_ closed: [Int], _ arguments: [String]) async throws -> ProcessOutcome {
    let redirections = closed.map { $0 == 0 ? "0<&-" : "\($0)>&-" }.joined(separator: " ")
    return try await ProcessRunner.run(
      "/bin/sh",
      ["-c", "exec \"$0\" \"$@\" \(redirections)", BuiltBinaries.smcontrol.string] + arguments,
      environment: SMControlRun.cleanEnvironment)
  }

  static let closed = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]

  @Test("Lost output is a failure: 74", arguments: closed)
  func lostOutput(closed: [Int]) async throws {
    try await ScratchDaemon.run { scratch in
      for arguments in [["status"], ["--version"], ["help", "--daemon"], ["-e", "status"]] {
        let outcome = try await Self.run(closed, ["-f", scratch.socket.string] + arguments)
        #expect(outcome.status == (closed.contains(1) ? 74 : 0), "\(arguments)")
        let complaint = "smcontrol: standard output: write: Bad file descriptor\n"
        #expect(
          outcome.errorOutput
            == (closed.contains(1) && !closed.contains(2) ? complaint : ""), "\(arguments)")
        #expect(outcome.output.isEmpty == closed.contains(1))
      }
    }
  }

  @Test("Trace text gets into no file or request", arguments: closed)
  func mixedUp(closed: [Int]) async throws {
    try await ScratchDaemon.run({ $0.state.heapReport = HeapReport(ofAbout: 10_000) }) { scratch in
      let dump = scratch.directory["dump"].string
      let outcome = try await Self.run(
        closed, ["-v", "-f", scratch.socket.string, "memdump", "--output", dump])
      #expect(outcome.status == 0)
      let text = FileManager.default.contents(atPath: dump) ?? Data()
      #expect(text.count > 5000 && text.range(of: Data("smcontrol".utf8)) == nil)
      _ = try await Self.run(closed, ["-v", "-f", scratch.socket.string, "restart"])
      var requests: [String] = []
      for await request in scratch.daemon.requests {
        requests.append(String(decoding: request.bytes, as: UTF8.self))
        if requests.count == 2 { break }
      }
      #expect(requests == ["memdump\n", "restart\n"])
    }
  }

  @Test("A shell without input ends at once")
  func shell() async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await Self.run([0], ["-f", scratch.socket.string])
      #expect(outcome.status == 66)
      #expect(outcome.errorOutput == "smcontrol: line 1: read: Bad file descriptor\n")
    }
  }

  @Test("smcontrold takes none of them for its socket")
  func daemon() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"].string
      let ending = try await ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "exec \"$0\" --socket \"$1\" --unsafe-path 0<&- 1>&- 2>&-",
          BuiltBinaries.smcontrold.string, socket,
        ]
      ) { pid in
        try await eventually("smcontrold to answer") {
          try await SMControlRun.run(["-f", socket, "status"]).status == 0
        }
        for descriptor in 0...2 {
          let target = try FileManager.default.destinationOfSymbolicLink(
            atPath: "/proc/\(pid)/fd/\(descriptor)")
          #expect(target == "/dev/null")
        }
        kill(pid, SIGTERM)
      }
      #expect(ending == .exited(0))
    }
  }
}
