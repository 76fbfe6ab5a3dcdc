// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// A daemon that one more child, such as a query, brings to its limit.
@Suite("A query near MaxDaemonChildren")
struct NearLimitTests {
  static let commands: [[String]] = [
    ["status"], ["mstat"], ["help", "--daemon"], ["send", "status"], ["memdump"],
    ["queues", "--daemon"], ["status", "--is", "accepting"],
  ]

  @Test("No query is made without --query, and how to make it is said", arguments: commands)
  func withheld(words: [String]) async throws {
    let place = try ContractPlace()
    try await place.withFullDaemon { daemon in
      let run = try await place.run(words)
      let isCount = words[0] == "queues"
      #expect(run.status == (isCount ? 0 : 75), "\(run.description)")
      #expect(run.errors.contains("the daemon was not queried: it has 0 of 1 children"))
      #expect(run.errors.contains("--query queries it all the same"))
      #expect(try await daemon.eventsSoFar(at: place.socket).connections == 0)

      let forced = try await place.run(words + ["--query"])
      #expect([0, 1].contains(forced.status), "\(forced.description)")
      #expect(forced.errors.contains("warning: sendmail counts a query as a child"))
      #expect(forced.errors.split(separator: "\n").count { $0.contains("as a child") } == 1)
      // The one before was for the events so far.
      #expect(try await daemon.eventsSoFar(at: place.socket).connections == 2)
    }
  }

  @Test("status shows what can be seen, in every format that has it")
  func passive() async throws {
    let place = try ContractPlace()
    try await place.withFullDaemon { _ in
      let classic = try await place.run(["status"])
      #expect(classic.output.contains("Process title  accepting connections"))
      let terminal = try await place.run(["status", "--format", "terminal"])
      // The mark before it depends on whether the machine has a listener on port 25.
      #expect(terminal.output.contains(" sendmail: accepting connections"))
      #expect(terminal.output.contains("  0 of 1\n"))
      let json = try await place.run(["status", "--format", "json"])
      #expect(json.output.contains(#""queryWithheld":true"#))
      #expect(json.output.contains(#""maximumChildren":1"#))
      #expect(json.output.contains(#""schema":"smcontrol.passive/1""#))
      let asked = try await place.run(["status", "--passive", "--format", "json"])
      #expect(asked.status == 0)
      #expect(asked.output.contains(#""queryWithheld":false"#))
    }
  }
}
