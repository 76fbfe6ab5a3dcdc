// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// `DaemonPortOptions` and `Q` lines.
@Suite struct PortAndGroupTests {
  private static func configuration(_ text: String) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array(("V10\nO QueueDirectory=/q/*\n" + text).utf8), file: "x.cf",
      accounts: TestMachine.reference,
      machine: .reference)
  }

  @Test("All fields of a port")

  func allFieldsOfAPort() throws {
    let port = try #require(
      Self.configuration(
        "O DaemonPortOptions=Name=MTA, Port=587, Addr= ::1,Family=inet6,M=Ea f,Listen=20,children=5,"
          + "delayLA=1,queueLA=2,refuseLA=3,DeliveryMode=q,InputMailFilters=a;b,ReceiveSize=4,Send=5,x\n"
      ).daemonPorts.first)
    #expect(port.name == Array("MTA".utf8))
    #expect(port.place == .internet([UInt8](repeating: 0, count: 15) + [1], port: 587))
    #expect(port.address == Array("::1".utf8))
    #expect(port.family == .inet6)
    #expect(port.modifiers == Set("Eaf".utf8))
    #expect(port.listenQueue == 20)
    #expect(port.maximumChildren == 5)
    #expect([port.delayLA, port.queueLA, port.refuseLA] == [1, 2, 3])
    #expect(port.deliveryMode == UInt8(ascii: "q"))
    #expect(port.inputMailFilters == Array("a;b".utf8))
    #expect([port.receiveBufferSize, port.sendBufferSize] == [4, 5])
  }

  @Test("Ports without names")

  func portsWithoutNames() {
    let configuration = Self.configuration(
      "OO\nOOport=smtp\nO ClientPortOptions=Family=inet6\n")
    #expect(
      configuration.daemonPorts.map(\.name) == [Array("Daemon0".utf8), Array("Daemon1".utf8)])
    #expect(configuration.daemonPorts[0].port == nil)
    #expect(configuration.daemonPorts[1].port == Array("smtp".utf8))
    #expect(configuration.clientPorts.map(\.name) == [Array("Client10".utf8)])
    #expect(configuration.diagnostics.isEmpty)
  }

  @Test("Too many ports")

  func tooManyPorts() {
    let configuration = Self.configuration(String(repeating: "OOPort=25\n", count: 65))
    #expect(configuration.daemonPorts.count == 64)
    #expect(
      configuration.diagnostics.map(\.message.description) == ["too many daemons defined (64 max)"])
  }

  @Test("All fields of a group")

  func allFieldsOfAGroup() throws {
    let group = try #require(
      Self.configuration(
        "Qslow, Path=\"/q/a,b\", F=fx, I=1h, N=5, Runners=2, J=7, r=9\n"
      ).queueGroups.last)
    #expect(group.name == Array("slow".utf8))
    #expect(group.path == Array("/q/a,b".utf8))
    #expect(group.flags == Set("fx".utf8))
    #expect(group.interval == 3600)
    #expect(group.niceness == 5)
    #expect(group.maximumRunners == 2)
    #expect(group.maximumJobs == 7)
    #expect(group.maximumRecipients == 9)
    #expect(group.line == 3)
  }

  @Test("A group defined again replaces the first")

  func aGroupDefinedAgainReplacesTheFirst() {
    let configuration = Self.configuration("Qa,P=/q/1\nQb\nQA,P=/q/2\nQmqueue,P=/q/3\n")
    #expect(
      configuration.queueGroups.map { String(decoding: $0.path, as: UTF8.self) } == [
        "/q/3", "/q/2", "/q/*",
      ])
  }

  @Test("Too many groups")

  func tooManyGroups() {
    let lines = (0..<50).map { "Qg\($0)\n" }.joined()
    let configuration = Self.configuration(lines)
    #expect(configuration.queueGroups.count == 50)
    #expect(
      configuration.diagnostics.map(\.message.description) == [
        "too many queue groups defined (50 max)"
      ])
  }
}
