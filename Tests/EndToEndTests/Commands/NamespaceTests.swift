// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

/// smcontrol in other namespaces than the daemon, as on the host of a container.
@Suite("Namespaces", .needsRoot)
struct NamespaceTests {
  /// Options of unshare(1), with the namespace that smcontrol gets of its own.
  enum Namespace: String, CaseIterable {
    case network = "--net"
    case processes = "--pid --fork --mount-proc"
  }

  /// A command line with its exit status and a part of its output.
  struct Case: CustomTestStringConvertible {
    let words: [String]
    let status: Int32
    let output: [Namespace: String]

    init(_ words: String..., status: Int32, output: String, inProcesses other: String? = nil) {
      self.words = words
      self.status = status
      self.output = [.network: output, .processes: other ?? output]
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(
    "A daemon in other namespaces is unknown, not down",
    arguments: [
      Case(
        "status", "--passive", status: 0, output: "listener unknown: ",
        inProcesses: ", listening\n"),
      Case("status", "--is", "accepting", status: 0, output: "accepting\n"),
      Case("check", "--state", status: 3, output: "UNKNOWN - state not known"),
      Case("check", "--ports", status: 3, output: "UNKNOWN - ports not known"),
      Case("check", "--children", "10", status: 3, output: "UNKNOWN - children not known"),
      Case("audit", status: 77, output: "smcontrol: the audit is incomplete\n"),
    ], Namespace.allCases)
  func unknown(row: Case, namespace: Namespace) async throws {
    try await ScratchDaemon.run { scratch in
      guard
        let outcome = try await run(
          ["-C", scratch.configurationFile.string] + row.words, in: namespace)
      else { return }
      #expect(outcome.status == row.status, "\(outcome.output)\(outcome.errorOutput)")
      let part = try #require(row.output[namespace])
      #expect((outcome.output + outcome.errorOutput).contains(part))
    }
  }

  @Test("In another network namespace a socket without a listener says nothing")
  func socketAlone() async throws {
    try await ScratchDaemon.run { scratch in
      guard
        let outcome = try await run(
          ["-f", scratch.socket.string, "status", "--passive"], in: .network)
      else { return }
      #expect(outcome.status == 77)
      #expect(outcome.output.contains("listener unknown: "))
      #expect(!outcome.output.contains("no listener"))
    }
  }

  /// Runs smcontrol in a namespace of its own; `nil` where this machine does not permit one.
  private func run(_ words: [String], in namespace: Namespace) async throws -> ProcessOutcome? {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/unshare",
      namespace.rawValue.split(separator: " ").map(String.init)
        + [BuiltBinaries.smcontrol.string] + words)
    return WantedTests.mayExpect(
      !outcome.errorOutput.contains("unshare"), otherwise: "unshare(2) is not permitted")
      ? outcome : nil
  }
}
