// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// The table in the documentation of `Fault` says what the client reports.
@Suite("The table of faults")
struct FaultTableTests {
  /// A case: the fault, whether a restart comes before the status, and the error that the client reports.
  struct Case: Sendable, CustomTestStringConvertible {
    let fault: Fault
    var restarts = false
    var timeout = Duration.seconds(120)
    var testDescription: String { "\(fault)" }
  }

  /// All faults, as they are named in the table: `stop(afterBytes:)`.
  static let cases: [(row: String, fault: Case, code: String, received: Int?)] = [
    ("silence", hanging(.silence), "deadlinePassed", 0),
    (
      "oneByteAtATime(pause:)", hanging(.oneByteAtATime(pause: .seconds(3600))), "deadlinePassed", 1
    ),
    ("stop(afterBytes:)", hanging(.stop(afterBytes: 5)), "deadlinePassed", 5),
    ("cut(afterBytes:)", Case(fault: .cut(afterBytes: 5)), "cutShort", nil),
    ("cut(afterBytes:)", Case(fault: .cut(afterBytes: 0)), "empty", nil),
    ("reset(afterBytes:)", Case(fault: .reset(afterBytes: 5)), "connectionBroken", 5),
    ("reset(afterBytes:)", Case(fault: .reset(afterBytes: 0)), "connectionBroken", 0),
    ("garbage(byteCount:seed:)", Case(fault: .garbage(byteCount: 200, seed: 1)), "cutShort", nil),
    ("garbage(byteCount:seed:)", Case(fault: .garbage(byteCount: 5000, seed: 1)), "malformed", nil),
    ("endless", Case(fault: .endless), "replyTooLong", nil),
    ("fullListenQueue", hanging(.fullListenQueue), "listenQueueFull", 0),
    ("closeAtOnce", Case(fault: .closeAtOnce), "connectionBroken", 0),
    (
      "slowRestart(_:)", Case(fault: .slowRestart(.seconds(3600)), restarts: true), "noSuchSocket",
      0
    ),
    ("slowRestart(_:)", Case(fault: .slowRestart(.seconds(3600))), "none", nil),
    ("restartWithoutReturn", Case(fault: .restartWithoutReturn, restarts: true), "noSuchSocket", 0),
    ("restartWithoutReturn", Case(fault: .restartWithoutReturn), "none", nil),
    (
      "restartByRelativePath", Case(fault: .restartByRelativePath, restarts: true), "noListener",
      0
    ),
    ("restartByRelativePath", Case(fault: .restartByRelativePath), "none", nil),
  ]

  private static func hanging(_ fault: Fault) -> Case {
    Case(fault: fault, timeout: .seconds(5))
  }

  /// The cells of the error column, by the name of the fault.
  private static func table() -> [String: String] {
    let file = ProjectFiles.file("Sources/SendmailControlDaemon/Reply/Fault.swift")
    let text = FileManager.default.contents(atPath: file.string) ?? Data()
    return String(decoding: text, as: UTF8.self)
      .matches(of: /\/\/\/ \| ``([^`]+)`` \| (.+) \|\n/)
      .reduce(into: [:]) { $0[String($1.output.1)] = String($1.output.2) }
  }

  @Test("It has a row for every fault, and no other")
  func rows() throws {
    let source = try String(
      contentsOfFile: ProjectFiles.file("Sources/SendmailControlDaemon/Reply/Fault.swift").string,
      encoding: .utf8)
    let declared = source.prefix(upTo: try #require(source.range(of: "\nstruct")).lowerBound)
      .matches(of: /\n  case ([A-Za-z]+)/).map { String($0.output.1) }
    let rows = Self.table().keys.map { String($0.prefix { $0 != "(" }) }
    #expect(declared.count == 12)
    #expect(rows.sorted() == declared.sorted())
    #expect(Set(Self.table().keys) == Set(Self.cases.map(\.row)))
  }

  @Test("The client reports what it says", arguments: cases)
  func report(
    _ example: (row: String, fault: Case, code: String, received: Int?)
  ) async throws {
    let cell = try #require(Self.table()[example.row])
    #expect(
      cell.contains("`\(example.code)`") || (example.code == "none" && cell.contains("none")))
    var configuration = DaemonConfiguration()
    configuration.fault = example.fault.fault
    try await withControlDaemon(configuration) { daemon in
      let client = ControlClient(
        ControlSocket(path: daemon.socketPath), timeout: example.fault.timeout)
      if example.fault.restarts {
        _ = try await blocking { try client.send(.restart) }
        try await daemon.wait(for: { $0 == .restarting || $0 == .stopped(.failedRestart) })
      }
      let report = try await blocking { () -> (code: String, received: Int?) in
        do {
          let reply = try client.send(.status)
          _ = try StatusReply(parsing: reply.bytes)
          return ("none", nil)
        } catch let error as ControlError {
          return ("\(error.code)", error.received)
        } catch let error as ReplyError {
          return ("\(error.code)", nil)
        }
      }
      #expect(report.code == example.code)
      if let received = example.received { #expect(report.received == received) }
    }
  }
}
