// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@testable import SendmailControlClient

@Suite("Observing mail filters")
struct FilterObserverTests {
  /// The filters of X lines that say `sockets`, all of them in use.
  private static func filters(_ sockets: [String]) -> [ConfiguredFilter] {
    let lines = sockets.enumerated().map { "X\($0), S=\($1)" }
    let names = sockets.indices.map { "\($0)" }.joined(separator: ",")
    let text = (lines + ["O InputMailFilters=\(names)", ""]).joined(separator: "\n")
    return SendmailConfiguration(parsing: Array(text.utf8), file: "F").filtersInUse
  }

  @Test("A port of this machine has a listener or none; another machine's is left out")
  func ports() throws {
    let server = try GreetingServer(greeting: nil)
    let filters = Self.filters([
      "inet:\(server.port)@127.0.0.1", "inet:\(server.port)@[127.0.0.1]", "inet:1@localhost",
      "inet6:1@[::1]", "inet:25@192.0.2.1",
    ])
    #expect(filters.count == 5)
    let found = FilterObserver().observe(filters)
    #expect(
      found.map(\.hasListener) == [.known(true), .known(true), .known(false), .known(false)])
    withExtendedLifetime(server) {}
  }

  @Test("A socket file has a listener or none, and a relative path is not looked up")
  func sockets() async throws {
    try await ScratchDaemon.run { scratch in
      try scratch.directory.write("", to: "file")
      let found = FilterObserver().observe(
        Self.filters([
          "local:\(scratch.socket)", "unix:\(scratch.directory["file"])",
          "\(scratch.directory["none"])", "local:relative",
        ]))
      #expect(
        found.map(\.hasListener) == [
          .known(true), .known(false), .known(false), .unknown(reason: "its path is relative"),
        ])
    }
  }
}
