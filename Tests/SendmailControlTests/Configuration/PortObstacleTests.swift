// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import TestSupport
import Testing

/// Ports at which sendmail could not listen.
@Suite struct PortObstacleTests {
  private static func report(
    _ ports: [String], lines: [String] = [], only6: Bool = false, obstacles: [PortObstacle] = []
  ) -> StartupReport {
    var machine = Machine.reference
    machine.bindsVersion6Only = only6
    let configuration = SendmailConfiguration(
      parsing: Array(
        (["V10", "Mlocal, P=/x, A=a", "O QueueDirectory=/q"]
          + ports.enumerated().map { "O DaemonPortOptions=Name=M\($0 + 1), \($1)" } + lines)
          .map { $0 + "\n" }.joined().utf8), file: "F", machine: machine)
    return StartupReport(configuration, queues: nil, obstacles: obstacles)
  }

  /// As tried with the real sendmail.
  private static let duplicates: [([String], first: String?)] = [
    (["Addr=127.0.0.1", "Addr=127.0.0.1"], "M1"), (["Port=25", "Addr=127.0.0.1"], "M1"),
    (["Port=25", "Family=inet6"], "M1"), (["Family=inet6", "Addr=127.0.0.1"], "M1"),
    (["Addr=::,F=inet6", "Addr=::1,F=inet6"], "M1"),
    (["Addr=::ffff:127.0.0.1,F=inet6", "Addr=127.0.0.1"], "M1"),
    (["Addr=::ffff:127.0.0.1,F=inet6", "Addr=0.0.0.0"], "M1"),
    (["Port=0", "Port=26", "Port=smtp"], "M1"), (["Port=25,M=D", "Port=25"], "M1"),
    (["Port=25,M=O", "Port=25"], "M1"),
    (["Addr=127.0.0.1", "Addr=127.0.0.2"], nil), (["Addr=::1,F=inet6", "Port=25"], nil),
    (["Port=25", "Port=26"], nil), (["F=unix,A=/s", "F=unix,A=/s"], nil),
    (["Addr=some.host", "Addr=some.host"], nil),
  ]

  @Test("Two ports with one address", arguments: duplicates.indices)
  func duplicate(index: Int) {
    let (ports, first) = Self.duplicates[index]
    let report = Self.report(ports)
    #expect(report.exitStatus == (first == nil ? nil : 71))
    #expect(report.obstacles.map(\.cause) == (first.map { [.duplicate(of: Array($0.utf8))] } ?? []))
    #expect(report.startup.exitStatus == nil)
  }

  @Test("Where a socket of IPv6 leaves IPv4 to others the two do not meet")
  func bindsVersion6Only() {
    #expect(Self.report(["Port=25", "Family=inet6"], only6: true).wouldStart)
  }

  @Test("A port that is optional is a note")
  func optional() {
    let report = Self.report(["Addr=127.0.0.1", "Addr=127.0.0.1,M=O"])
    #expect(report.wouldStart)
    #expect(
      report.classic == """
        note: port M2, 127.0.0.1 port 25: cannot listen: Address already in use: port M1 has it \
        (sendmail would go on without it)
        sendmail would start

        """)
  }

  private static let obstacles = [
    PortObstacle(
      .parsed("Addr=192.0.2.77"),
      .address(reason: "Cannot assign requested address", isRetried: true)),
    PortObstacle(.parsed("Port=587"), .held(by: nil)).held(
      by: ObservedProcess(pid: 12, name: Array("exim4".utf8))),
  ]

  @Test("Facts of this moment")
  func momentary() throws {
    let report = Self.report(["Port=25"], obstacles: Self.obstacles)
    #expect(
      report.classic == """
        port MTA, 192.0.2.77 port 25: cannot bind: Cannot assign requested address \
        (as of now; sendmail would not start: exit status 71)
        port MTA, 0.0.0.0 port 587: cannot bind: Address already in use: \
        held by process 12 (exim4) (as of now; sendmail would not start: exit status 71)
        sendmail would not start: exit status 71, after a minute of attempts

        """)
    #expect(report.reasons.count == 2)
    let text = report.terminal(TerminalStyle(width: 72))
    #expect(text.hasPrefix("F: sendmail would not start: exit status 71, after a minute"))
    #expect(text.contains("\n  error    port MTA, 192.0.2.77 port 25: cannot bind"))
    let data = try JSONEncoder().encode(report.document)
    let object = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let ports = try #require(object["unavailablePorts"] as? [[String: Any]])
    #expect(ports.map { $0["cause"] as? String } == ["address", "held"])
    #expect((ports[1]["holder"] as? [String: Any])?["pid"] as? Int == 12)
    #expect(object["exitStatus"] as? Int == 71)
    #expect(object["wouldStart"] as? Bool == false)
    #expect((object["diagnostics"] as? [Any])?.isEmpty == true)
  }

  @Test("An error of the file comes first, and one that lasts is not tried again")
  func order() {
    let broken = Self.report(["Port=25"], lines: ["O Foo=1"], obstacles: Self.obstacles)
    #expect(broken.verdict == "sendmail would not start: exit status 70")
    let lasting = PortObstacle(
      .parsed("Addr=fe80::1,F=inet6"), .address(reason: "Invalid argument", isRetried: false))
    #expect(
      Self.report(["Port=25"], obstacles: [lasting]).verdict
        == "sendmail would not start: exit status 71")
  }

  @Test("A sendmail that holds a port may be the one that is replaced")
  func otherSendmail() {
    var obstacle = Self.obstacles[1]
    #expect(!obstacle.isHeldBySendmail)
    obstacle = PortObstacle(.parsed("Port=587"), .held(by: nil))
    #expect(obstacle.isHeldBySendmail)
    obstacle.isDecisive = false
    let report = Self.report(["Port=587"], obstacles: [obstacle])
    #expect(report.wouldStart)
    #expect(report.classic.contains("sendmail would start once that process has ended"))
  }
}
