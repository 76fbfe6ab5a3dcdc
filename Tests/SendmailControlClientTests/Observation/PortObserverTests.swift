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
    DaemonPort.parsed("Addr=127.0.0.1,Port=\(number)")
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
    let version4 = DaemonPort.parsed("Addr=192.0.2.77,Port=1")
    let version6 = DaemonPort.parsed("Addr=2001:db8::77,Family=inet6,Port=1")
    let ports = PortObserver().observe([version4, Self.port(1)], daemon: nil)
    #expect(ports.map(\.state) == [.closed, .closed])
    #expect(ports.map(\.lacksAddress) == [true, false])
    #expect(ports[0].stateText == "closed, its address is not on this host")
    var sources = ObservationSources.live
    sources.bindError = { $0.count == 16 ? .address(reason: "none", isRetried: true) : nil }
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

  @Test("Sockets of a daemon and of others that keep a port from being bound")
  func obstacles() {
    let exim = ObservedProcess(pid: 12, name: Array("exim4".utf8))
    var sources = ObservationSources.live
    sources.tcpListeners = {
      .known([
        TCPListener(address: [127, 0, 0, 1], port: 25, inode: 7),
        TCPListener(address: [192, 0, 2, 1], port: 25, inode: 8),
      ])
    }
    sources.heldSockets = { inodes in
      HeldSockets(holders: inodes.map { HeldSockets.Holder(inode: $0, process: exim) })
    }
    sources.socketsOf = { _ in .known([7]) }
    sources.bindError = {
      $0 == [192, 0, 2, 9] ? .address(reason: "WHY", isRetried: true) : nil
    }
    func found(
      _ value: String, daemon: Int32? = 5, only6: Bool = false
    ) -> [PortObstacle.Cause] {
      PortObserver(sources: sources).obstacles(
        [.parsed(value)], daemon: daemon, bindsVersion6Only: only6
      ).map(\.cause)
    }
    #expect(found("Addr=127.0.0.1") == [])
    #expect(found("Addr=127.0.0.1", daemon: nil) == [.held(by: exim)])
    // The other address of the daemon is another program's.
    #expect(found("Addr=0.0.0.0") == [.held(by: exim)])
    #expect(found("Addr=127.0.0.2") == [])
    #expect(found("Port=26") == [])
    #expect(found("Family=inet6") == [.held(by: exim)])
    #expect(found("Family=inet6", only6: true) == [])
    #expect(found("Addr=::ffff:192.0.2.1,Family=inet6") == [.held(by: exim)])
    #expect(found("Addr=192.0.2.9") == [.address(reason: "WHY", isRetried: true)])
    #expect(found("Family=unix,Addr=/run/smtp") == [])
    #expect(found("Addr=some.host") == [])
    // Whose the sockets are may not be read, or they are those of another namespace.
    sources.socketsOf = { _ in .unknown(reason: "Permission denied") }
    #expect(found("Addr=0.0.0.0") == [])
    sources.sharesNetwork = { _ in false }
    #expect(found("Addr=0.0.0.0", daemon: nil) == [])
    #expect(found("Addr=192.0.2.9") == [])
  }

  @Test("The system refuses to bind what is not this machine's")
  func binding() {
    func error(_ bytes: [UInt8]) -> String? {
      guard case .address(let reason, true)? = BindAttempt.error(bytes) else { return nil }
      return reason
    }
    #expect(BindAttempt.error([127, 0, 0, 1]) == nil)
    #expect(BindAttempt.error([0, 0, 0, 0]) == nil)
    #expect(error([192, 0, 2, 77])?.hasPrefix("Cannot assign requested address") == true)
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
