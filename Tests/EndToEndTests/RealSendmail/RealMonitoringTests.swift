// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// `check` and `metrics` beside a real daemon with children.
@Suite("Real daemon: monitoring", .needsRealSendmail)
struct RealMonitoringTests {
  /// The samples of metrics by the names of their series.
  private static func samples(_ daemon: RealDaemon) async throws -> [String: String] {
    let outcome = try await smcontrol(daemon, "metrics")
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    return Dictionary(
      outcome.output.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
        line.lastIndex(of: " ").map { (String(line[..<$0]), String(line[$0...].dropFirst())) }
      }, uniquingKeysWith: { $1 })
  }

  private static func smcontrol(_ daemon: RealDaemon, _ words: String...) async throws
    -> ProcessOutcome
  {
    try await SMControlRun.run(["-C", daemon.places.configurationFile.string] + words)
  }

  @Test("Both count the children that the daemon itself lists")
  func children() async throws {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "12"
    try await RealDaemon.run(options) { daemon in
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      let silent = try daemon.connect()
      let status = try await eventually("the three children") { () -> StatusReply? in
        let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
        let hasControl = status.processes.contains { $0.text == "control socket server child" }
        return hasControl && status.children == 3 ? status : nil
      }
      #expect(status.maximumChildren == 12)

      let check = try await Self.smcontrol(
        daemon, "check", "--query", "--state", "--children", "5,8", "--ports")
      #expect(check.status == 0, "\(check.output)\(check.errorOutput)")
      #expect(
        check.output
          == "SENDMAIL OK - accepting, 3 of 12 children, all ports open"
          + " | children=3;5;8;0;12 ports_missing=0;;0;0;1\n")

      let passive = try await Self.smcontrol(daemon, "check", "--children", "2,8")
      #expect(passive.status == 1)
      #expect(passive.output == "SENDMAIL WARNING - 3 of 12 children | children=3;2;8;0;12\n")

      let samples = try await Self.samples(daemon)
      for (series, value) in [
        ("up", "1"), (#"state{state="accepting"}"#, "1"), ("children", "3"),
        ("children_limit", "12"), (#"processes{kind="smtp-server"}"#, "2"),
        (#"processes{kind="control"}"#, "1"), (#"processes{kind="queue-runner"}"#, "0"),
        (#"scrape_complete{part="daemon"}"#, "1"), (#"scrape_complete{part="ports"}"#, "1"),
      ] {
        #expect(samples["sendmail_\(series)"] == value, "\(series)")
      }
      withExtendedLifetime((sessions, silent)) {}
    }
  }

  @Test("At MaxDaemonChildren no query is made, and the refusal of mail is seen")
  func full() async throws {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "2"
    try await RealDaemon.run(options) { daemon in
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      try await eventually("the refusal") {
        try await Self.samples(daemon)[#"sendmail_state{state="rejecting-connections"}"#] == "1"
      }
      let check = try await Self.smcontrol(daemon, "check", "--query", "-vv", "--state")
      #expect(check.status == 1, "\(check.output)")
      #expect(check.output.hasPrefix("SENDMAIL WARNING - rejecting connections"), "\(check.output)")
      #expect(
        check.output.contains("\nnot queried: it has 2 of 2 children\n"), "\(check.output)")
      let samples = try await Self.samples(daemon)
      #expect(samples["sendmail_children"] == "2")
      #expect(samples[#"sendmail_processes{kind="control"}"#] == "0")
      withExtendedLifetime(sessions) {}
    }
  }

  @Test("A daemon that works in another directory has a queue that is not known")
  func moved() async throws {
    try await RealDaemon.run { daemon in
      let queue = daemon.places.queue
      #expect(try await Self.smcontrol(daemon, "check", "--messages", "5").status == 0)
      try FileManager.default.moveItem(atPath: queue.string, toPath: "\(queue).old")
      try FileManager.default.createDirectory(
        atPath: queue.string, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      let check = try await Self.smcontrol(daemon, "check", "--messages", "5", "--state")
      #expect(check.status == 3)
      #expect(check.output.hasPrefix("SENDMAIL UNKNOWN - messages not known, accepting\n"))
      let sentence = "process \(try daemon.pid), works in \(queue).old, not in \(queue): "
      #expect(check.output.contains(sentence), "\(check.output)")
      let audit = try await Self.smcontrol(daemon, "check", "--audit", "-vv")
      #expect(audit.output.contains("queue.daemon-elsewhere"), "\(audit.output)")
      let metrics = try await Self.smcontrol(daemon, "metrics")
      #expect(metrics.status == 78)
      #expect(metrics.output.contains("\nsendmail_scrape_complete{part=\"queues\"} 0\n"))
      #expect(metrics.errorOutput.contains(sentence))
    }
  }
}
