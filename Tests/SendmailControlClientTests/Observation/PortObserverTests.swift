// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import SendmailControlClient

@Suite("Observing ports")
struct PortObserverTests {
  private static let table = """
      sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
       0: 0100007F:0019 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 647 1 0
       1: 00000000:024B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 648 1 0
       2: 0100007F:0019 0100007F:9A3C 01 00000000:00000000 00:00000000 00000000     0        0 649 1 0
       3: 0000000000000000FFFF00000100007F:0019 00000000000000000000000000000000:0000 0A \
    00000000:00000000 00:00000000 00000000     0        0 650 1 0
       4: bad

    """

  @Test("In the table only listeners count")
  func table() {
    let mapped = [UInt8](repeating: 0, count: 10) + [255, 255, 127, 0, 0, 1]
    #expect(
      ListeningPorts.listeners(in: Array(Self.table.utf8)) == [
        TCPListener(address: [127, 0, 0, 1], port: 25, inode: 647),
        TCPListener(address: [0, 0, 0, 0], port: 587, inode: 648),
        TCPListener(address: mapped, port: 25, inode: 650),
      ])
  }

  /// A port of the daemon on this machine.
  private static func port(_ number: UInt16) -> DaemonPort {
    var port = DaemonPort.everyAddress
    port.address = Array("127.0.0.1".utf8)
    port.port = Array("\(number)".utf8)
    return port
  }

  @Test("The kernel and its table list the same listener, and this process holds it")
  func live() throws {
    let server = try GreetingServer(greeting: nil)
    let inTable = ListeningPorts.listeners(
      in: Array(try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8).utf8)
    ).first { $0.port == server.port }
    let listed = ListeningPorts.list().value?.first { $0.port == server.port }
    #expect(inTable != nil)
    #expect(inTable == listed)
    let ports = PortObserver().observe(
      [Self.port(server.port), Self.port(1)], daemon: TestProcess.id)
    #expect(ports.map(\.state) == [.open, .closed])
    let others = PortObserver().observe([Self.port(server.port)], daemon: nil)
    #expect(others.first?.otherProgram?.pid == TestProcess.id)
    withExtendedLifetime(server) {}
  }

  @Test("A port whose address is not on this host is closed for that reason")
  func address() {
    // TEST-NET-1 and the documentation prefix are on no host.
    var (version4, version6) = (Self.port(1), Self.port(1))
    version4.address = Array("192.0.2.77".utf8)
    version6.address = Array("2001:db8::77".utf8)
    version6.family = .inet6
    let ports = PortObserver().observe([version4, Self.port(1)], daemon: nil)
    #expect(ports.map(\.state) == [.closed, .closed])
    #expect(ports.map(\.lacksAddress) == [true, false])
    #expect(ports[0].stateText == "closed, its address is not on this host")
    var sources = ObservationSources.live
    sources.hasAddress = { $0.count != 16 }
    #expect(
      PortObserver(sources: sources).observe([version6], daemon: nil).map(\.lacksAddress) == [true])
  }

  @Test("In another network namespace no port is closed")
  func namespace() {
    var sources = ObservationSources.live
    sources.sharesNetwork = { _ in false }
    for daemon in [nil, TestProcess.id] {
      let ports = PortObserver(sources: sources).observe([Self.port(1)], daemon: daemon)
      #expect(ports.map(\.isMissing) == [nil])
    }
  }

  @Test("The descriptors of all processes are read only for a port that another has")
  func costs() {
    let searches = Mutex(0)
    var sources = ObservationSources.live
    sources.tcpListeners = {
      .known([TCPListener(address: [127, 0, 0, 1], port: 25, inode: 7)])
    }
    sources.heldSockets = { _ in
      searches.withLock { $0 += 1 }
      return HeldSockets()
    }
    sources.socketsOf = { _ in .known([7]) }
    let observer = PortObserver(sources: sources)
    #expect(observer.observe([Self.port(25)], daemon: 12).map(\.state) == [.open])
    sources.socketsOf = { _ in .unknown(reason: "Permission denied") }
    _ = observer.observe([Self.port(25), Self.port(26)], daemon: 12)
    #expect(searches.withLock { $0 } == 0)
    sources.socketsOf = { _ in .known([8]) }
    let taken = PortObserver(sources: sources).observe([Self.port(25)], daemon: 12)
    #expect(taken.map(\.state) == [.taken(by: nil)])
    #expect(searches.withLock { $0 } == 1)
  }

  @Test("The place of a port")
  func places() {
    var port = DaemonPort.everyAddress
    #expect(PortAddress(port) == .internet([0, 0, 0, 0], port: 25))
    port.port = Array("submission".utf8)
    port.address = Array("mail.example.org".utf8)
    #expect(PortAddress(port) == .internet(nil, port: 587))
    port.port = Array("no-such-service".utf8)
    #expect(PortAddress(port) == .unknown(reason: "its service is not known here"))
    port = DaemonPort.everyAddress
    port.family = .inet6
    port.address = Array("IPv6:::1".utf8)
    #expect(PortAddress(port) == .internet([UInt8](repeating: 0, count: 15) + [1], port: 25))
    port.family = .unix
    port.address = Array("/run/smtp".utf8)
    #expect(PortAddress(port) == .local(path: Array("/run/smtp".utf8)))
  }

  @Test("The age of a configuration is compared with the socket's, or else the PID file's")
  func age() async throws {
    try await ScratchDaemon.run { scratch in
      let class1 = try scratch.directory.write("a\n", to: "class")
      try ScratchDaemon.writeConfigurationFile(
        in: scratch.directory,
        lines: ["Fw\(class1.string)", "Fr-o \(scratch.directory["none"].string)"])
      let configuration = try ConfigurationReader().read(file: scratch.configurationFile)
        .configuration
      func age(_ socket: FilePath?, _ pidFile: FilePath?) -> ConfigurationAge {
        ConfigurationAge(of: configuration, socket: socket, pidFile: pidFile)
      }
      // Both files were written after the daemon opened its socket.
      try await eventually("the clock of the file system goes on") {
        try scratch.directory.write("a\n", to: "class")
        let changed = age(scratch.socket, nil).changes.map(\.file.role)
        return changed == [.configuration, .classFile] || changed == [.classFile]
      }
      #expect(age(nil, scratch.directory["pid"]).isCurrent == false)
      // No socket is there, and no PID file.
      #expect(age(nil, nil).isCurrent == nil)
      #expect(age(scratch.directory["none"], scratch.directory["none"]).isCurrent == nil)
      // A file that is no socket tells nothing.
      #expect(age(class1, nil).isCurrent == nil)
      try FileManager.default.removeItem(atPath: class1.string)
      #expect(age(scratch.socket, nil).changes.contains { $0.change == .removed })
      try scratch.directory.write("define\n", to: "sendmail.mc")
      try await eventually("the source is newer") {
        try scratch.directory.write("define\n", to: "sendmail.mc")
        return age(nil, nil).changes.contains { $0.change == .newer }
      }
    }
  }
}
