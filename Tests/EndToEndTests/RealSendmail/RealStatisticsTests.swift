// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The counts of the real daemon, by `smcontrol stats` and by sendmail's own mailstats.
@Suite("smcontrol on the real daemon: stats", .needsRealSendmail)
struct RealStatisticsTests {
  /// Rejects one sender, and discards the mail of another.
  private static let ruleSet = [
    "Scheck_mail", "R$*rejected$*\t$#error $@ 5.7.1 $: \"550 no\"",
    "R$*discarded$*\t$#discard $: discard",
  ]

  @Test("mailstats shows the same", arguments: ["@DIR@/mq/st", "st"])
  func same(statusFile: String) async throws {
    var options = RealDaemon.Options()
    options.configurationLines = ["O StatusFile=\(statusFile)"] + Self.ruleSet
    // A mailer that reads the message, so that it is delivered. Without $u sendmail would speak SMTP to it.
    options.mailers = [
      "Mlocal, P=/usr/bin/env, F=lsDFMm, A=env ADDRESS=$u tee /dev/null",
      "Mprog, P=/bin/true, F=lsDFMm, A=true",
    ]
    options.prepare = { directory in
      _ = FileManager.default.createFile(
        atPath: directory.appending("mq/st").string, contents: nil,
        attributes: [.posixPermissions: 0o640])
    }
    try await RealDaemon.run(options) { daemon in
      let before = try await Self.stats(of: daemon)
      #expect(before.members["since"] is NSNull)

      try await Self.sendMail(to: daemon)
      let run = try await daemon.runSendmail(["-q"])
      #expect(run.status == 0, "\(run.errorOutput)")
      // The daemon's children write their counts when they end.
      try await eventually("all counts") {
        let stats = try await Self.stats(of: daemon)
        return stats.total["messagesFrom"] == 4 && stats.total["messagesTo"] == 3
          && stats.total["rejected"] == 1 && stats.connections["from"] == 1
      }

      let stats = try await Self.stats(of: daemon)
      let mailstats = try await Self.mailstats(of: daemon)
      #expect(stats.lines == mailstats)
      #expect(mailstats.count == 4, "\(mailstats)")
      #expect(stats.total["discarded"] == 1)
    }
  }

  /// Hands over messages that are accepted, one that is discarded, and one whose sender is rejected.
  private static func sendMail(to daemon: RealDaemon) async throws {
    let session = try await daemon.openSMTPSession()
    for _ in 1...3 { try await session.sendMessage() }
    for (line, code) in [
      ("MAIL FROM:<rejected@localhost>", "550"), ("MAIL FROM:<discarded@localhost>", "250"),
      ("RCPT TO:<root@localhost>", "250"), ("DATA", "354"), ("Subject: x\r\n\r\nx\r\n.", "250"),
      ("QUIT", "221"),
    ] {
      let reply = try await session.command(line)
      #expect(reply.hasPrefix(code), "\(line): \(reply)")
    }
    session.close()
  }

  /// The members of `smcontrol stats --format json`.
  private struct Stats {
    let members: [String: Any]

    var total: [String: Int] { members["total"] as? [String: Int] ?? [:] }
    var connections: [String: Int] { members["connections"] as? [String: Int] ?? [:] }

    /// The lines that mailstats has for the same: the time, a line for each mailer, the sums, the
    /// connections, all with single blanks.
    var lines: [String] {
      let mailers = (members["mailers"] as? [[String: Any]] ?? []).map { mailer in
        "\(mailer["number"] ?? "") \(Self.words(mailer["counts"])) \(mailer["name"] ?? "")"
      }
      let connections = ["from", "to", "rejected"].map { String(self.connections[$0] ?? -1) }
      return ["\(members["since"] ?? "")"] + mailers + ["T \(Self.words(members["total"]))"]
        + ["C \(connections.joined(separator: " "))"]
    }

    private static func words(_ counts: Any?) -> String {
      let counts = counts as? [String: Int] ?? [:]
      return [
        "messagesFrom", "kilobytesFrom", "messagesTo", "kilobytesTo", "rejected", "discarded",
        "quarantined",
      ].map { String(counts[$0] ?? -1) }.joined(separator: " ")
    }
  }

  private static func stats(of daemon: RealDaemon) async throws -> Stats {
    let outcome = try await SMControlRun.run(
      ["-C", daemon.places.configurationFile.string, "stats", "--format", "json"])
    try #require(outcome.status == 0, "\(outcome.errorOutput)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    return Stats(members: try #require(object as? [String: Any]))
  }

  /// The output of the real `mailstats -P`, without the present time.
  private static func mailstats(of daemon: RealDaemon) async throws -> [String] {
    let outcome = try await ProcessRunner.run(
      daemon.sendmail.mailstats,
      [
        "-P", "-C", daemon.places.configurationFile.string, "-f",
        daemon.places.queue.appending("st").string,
      ], environment: daemon.sendmail.environment.mapValues { .some($0) })
    try #require(outcome.status == 0, "\(outcome.errorOutput)")
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let since = try #require(lines.first?.split(separator: " ").first)
    return [String(since)] + lines.dropFirst()
  }
}
