// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The ports of a real daemon as smcontrol shows them without a connection to them.
@Suite("smcontrol on the real daemon: ports", .needsRealSendmail)
struct RealPortTests {
  private static func status(
    _ daemon: RealDaemon, _ arguments: String..., format: String
  ) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", daemon.places.configurationFile.string, "--format", format, "status"] + arguments,
      environment: TerminalRun.plainEnvironment)
  }

  /// The member `running` of a status in JSON.
  private static func running(
    _ daemon: RealDaemon, _ arguments: String...
  ) async throws -> [String: Any] {
    let outcome = try await SMControlRun.run(
      ["-C", daemon.places.configurationFile.string, "--format", "json", "status"] + arguments)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    return try #require((object as? [String: Any])?["running"] as? [String: Any])
  }

  private static func states(_ running: [String: Any]) throws -> [String?] {
    try #require(running["ports"] as? [[String: Any]]).map { $0["state"] as? String }
  }

  @Test("No green tick stands over a port that its own limit has closed")
  func closedByItsOwnLimit() async throws {
    var options = RealDaemon.Options()
    // A query counts as a child, so that one session is not enough to close the port.
    options.portFields = ",children=2"
    options.configurationLines = ["O DaemonPortOptions=Name=Local,Family=unix,Addr=@DIR@/smtp"]
    try await RealDaemon.run(options) { daemon in
      try await eventually("both ports are open") {
        try Self.states(await Self.running(daemon, "--passive")) == ["open", "open"]
      }
      let open = try await Self.status(daemon, format: "terminal")
      #expect(open.output.hasPrefix("✔ sendmail (MTA, Local): accepting connections  "))
      #expect(
        open.output.contains("\nPorts       MTA, 127.0.0.1 port \(daemon.places.smtpPort): open; "))
      #expect(open.output.contains("children 2\n"))
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      try await eventually("the port is closed") {
        try Self.states(await Self.running(daemon, "--passive")) == ["closed", "open"]
      }
      let closed = try await Self.status(daemon, format: "terminal")
      #expect(closed.output.contains("closed, no process listens there"))
      #expect(
        closed.output.hasPrefix(
          "! sendmail (MTA, Local): accepting connections, but not on port MTA"),
        "\(closed.output)")
      let json = try await Self.status(daemon, format: "json")
      #expect(json.output.contains("the daemon accepts connections, but not on port MTA"))
      withExtendedLifetime(sessions) {}
    }
  }

  @Test("A port that another program has is named with it, and so is a sendmail that waits")
  func taken() async throws {
    let other = try GreetingServer(greeting: "220 no sendmail\r\n")
    let sendmail = try await RealSendmail.required()
    try await withTemporaryDirectory { directory in
      try directory.makeDirectory("mq")
      let file = try directory.write(
        ([
          "V10/Berkeley", "Djhere.example", "O QueueDirectory=\(directory["mq"].string)",
          "O ControlSocketName=\(directory["ctl"].string)",
          "O PidFile=\(directory["pid"].string)",
          "O DaemonPortOptions=Name=MTA,Addr=127.0.0.1,Port=\(other.port)",
          "Sparse=0", "R$*\t$#local $: $1",
        ] + ScratchDaemon.mailers).joined(separator: "\n") + "\n", to: "s.cf")
      let without = try await SMControlRun.run(["-C", file.string, "status"])
      #expect(without.status == 69)
      #expect(
        without.output == "Daemon Status: Sendmail does not appear to be running.\n",
        "\(without.errorOutput)")
      #expect(without.errorOutput.contains("held by process \(TestProcess.id) ("))
      let passive = try await SMControlRun.run(["-C", file.string, "status", "--passive"])
      #expect(passive.output.contains("held by process \(TestProcess.id) ("))
      try await RunningProgram.run(
        sendmail.binary, ["-bD", "-C", file.string],
        environment: sendmail.environment.mapValues { .some($0) }
      ) { _ in
        try await eventually("the sendmail that waits is seen") {
          let outcome = try await SMControlRun.run(["-C", file.string, "status"])
          return outcome.errorOutput.contains(" tries for port MTA (127.0.0.1 ")
            && outcome.errorOutput.contains(", held by process \(TestProcess.id) (")
            && outcome.output
              == "Daemon Status: Sendmail is running but not answering status queries.\n"
        }
      }
    }
    withExtendedLifetime(other) {}
  }
}
