// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// `smcontrol stats` with files of all kinds. ``RealStatisticsTests`` compares it with mailstats.
@Suite("smcontrol stats")
struct StatsCommandTests {
  /// A directory that every user may search, with a `sendmail.cf` that has `lines`.
  private static func place(_ lines: String = "O StatusFile=st") throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.path.string)
    try directory.write(
      "V10/Berkeley\nO QueueDirectory=\(directory.path)\n\(lines)\n"
        + ScratchDaemon.mailers.joined(separator: "\n") + "\n", to: "sendmail.cf")
    return directory
  }

  private static func run(
    _ directory: TemporaryDirectory, _ options: String..., user: SystemUser? = nil
  ) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", directory["sendmail.cf"].string, "stats"] + options, user: user)
  }

  @Test("The counts have the names of the configuration's mailers")
  func counts() async throws {
    let directory = try Self.place()
    try directory.write(StatisticsFile.bytes, to: "st")
    let outcome = try await Self.run(directory)
    #expect(outcome.status == 0)
    #expect(outcome.errorOutput == "")
    let counts = [
      "messagesFrom=11 kilobytesFrom=20 messagesTo=14 kilobytesTo=31 rejected=1 discarded=0 quarantined=0",
      "messagesFrom=101 kilobytesFrom=2048000 messagesTo=84 kilobytesTo=990 rejected=5 discarded=1 quarantined=2",
      "messagesFrom=112 kilobytesFrom=2048020 messagesTo=98 kilobytesTo=1021 rejected=6 discarded=1 quarantined=2",
    ]
    #expect(
      outcome.output == """
        file: \(directory["st"])
        since: 1795244600
        mailer local: number=3 \(counts[0])
        mailer unknown: number=5 \(counts[1])
        total: \(counts[2])
        connections: from=120 to=98 rejected=7

        """)
  }

  @Test("An empty file is in use, with nothing in it yet")
  func empty() async throws {
    let directory = try Self.place()
    try directory.write([], to: "st")
    let outcome = try await Self.run(directory)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\nsince: unknown\ntotal: messagesFrom=0 "))
  }

  @Test("Where statistics are off, 78 and how to turn them on")
  func off() async throws {
    for (lines, advice) in [("", "STATUS_FILE"), ("O StatusFile=st", "DAEMON_MAILSTATS")] {
      let directory = try Self.place(lines)
      let outcome = try await Self.run(directory)
      #expect(outcome.status == 78)
      #expect(outcome.standardOutput.isEmpty)
      #expect(outcome.errorOutput.contains(advice))
      let json = try await Self.run(directory, "--format", "json")
      #expect(json.output.contains(#""cause":"no-statistics""#))
    }
  }

  @Test("Another version and a cut file are 65")
  func malformed() async throws {
    let directory = try Self.place()
    var bytes = StatisticsFile.bytes
    bytes[4] = 3
    for contents in [bytes, Array(StatisticsFile.bytes.prefix(700)), Array("text".utf8)] {
      try directory.write(contents, to: "st")
      let outcome = try await Self.run(directory)
      #expect(outcome.status == 65)
      #expect(outcome.standardOutput.isEmpty)
      #expect(outcome.errorOutput.contains("\(directory["st"]): "))
    }
  }

  @Test("A user who may not read the file is informed who may", .needsRoot)
  func noPermission() async throws {
    let directory = try Self.place()
    try directory.write(StatisticsFile.bytes, to: "st")
    for (mode, advice) in [
      (0o640, "run as root or as a member of group root, or allow"),
      (0o600, "run as root, or allow"),
    ] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: directory["st"].string)
      let outcome = try await Self.run(directory, user: .ordinary())
      #expect(outcome.status == 77)
      #expect(outcome.standardOutput.isEmpty)
      #expect(outcome.errorOutput.contains("\(directory["st"]): open: Permission denied"))
      #expect(outcome.errorOutput.contains(advice), "\(outcome.errorOutput)")
    }
  }
}
