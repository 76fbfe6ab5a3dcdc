// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// `status --is` and `status --quiet`.
@Suite("An exit status for the daemon's state")
struct StateTests {
  static let titles: [(title: String, state: String, accepting: Int32, rejecting: Int32)] = [
    ("accepting connections", "accepting", 0, 1),
    (
      "rejecting connections on daemon MTA: load average: 14", "rejecting-connections", 1, 0
    ),
    ("rejecting new messages: min free: 100", "rejecting-messages", 1, 0),
    ("something new", "unknown", 65, 65),
  ]

  @Test("The state is printed, and compared by the exit status", arguments: titles)
  func states(title: String, state: String, accepting: Int32, rejecting: Int32) async throws {
    try await ScratchDaemon.run({ $0.state.title = ByteText(title) }) { scratch in
      for (asked, status) in [("accepting", accepting), ("rejecting", rejecting), ("answering", 0)]
      {
        for format in ["classic", "terminal"] {
          let run = try await scratch.smcontrol("status", "--is", asked, "--format", format)
          #expect(run.status == status, "\(asked): \(run.errorOutput)")
          #expect(run.output == "\(state)\n")
          #expect(run.errorOutput.isEmpty == (status < 2))
        }
        let quiet = try await scratch.smcontrol("status", "--is", asked, "--quiet")
        #expect(quiet.status == status)
        #expect(quiet.output + quiet.errorOutput == "")
      }
    }
  }

  /// A daemon and the exit status for each state, in the order accepting, rejecting, answering.
  static let missing: [(fault: Fault?, statuses: [Int32], words: [String])] = [
    (nil, [1, 1, 1], ["down", "down", "down"]),
    (.silence, [75, 75, 1], ["", "", "not-answering"]),
    (.fullListenQueue, [75, 75, 1], ["", "", "not-answering"]),
    (.cut(afterBytes: 9), [65, 65, 65], ["", "", ""]),
  ]

  @Test(
    "Without a reply it is no where that is certain, else the status of the failure",
    arguments: missing.indices)
  func failures(index: Int) async throws {
    let row = Self.missing[index]
    try await withTemporaryDirectory { directory in
      let configuration = ScratchDaemon.configuration(in: directory)
      func check() async throws {
        for (asked, (status, word)) in zip(
          ["accepting", "rejecting", "answering"], zip(row.statuses, row.words))
        {
          let words = ["-f", directory["ctl"].string, "status", "--timeout", "0.3", "--is", asked]
          let run = try await SMControlRun.run(words)
          #expect(run.status == status, "\(asked): \(run.errorOutput)")
          #expect(run.output == (word.isEmpty ? "" : word + "\n"))
          #expect(!run.errorOutput.isEmpty)
          let quiet = try await SMControlRun.run(words + ["--quiet"])
          #expect(quiet.status == status)
          #expect(quiet.output + quiet.errorOutput == "")
        }
      }
      guard let fault = row.fault else { return try await check() }
      var faulty = configuration
      faulty.socketPath = directory["ctl"]
      faulty.fault = fault
      try await withControlDaemon(faulty) { _ in try await check() }
    }
  }
}
