// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The ports of a daemon")
struct PortObservationTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let every4: [UInt8] = [0, 0, 0, 0]
  static let loopback: [UInt8] = [127, 0, 0, 1]
  static let other: [UInt8] = [192, 0, 2, 1]
  static let every6 = [UInt8](repeating: 0, count: 16)
  static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  static func listener(_ address: [UInt8], _ port: UInt16 = 25, only6: Bool? = nil) -> TCPListener {
    TCPListener(address: address, port: port, inode: 7, isVersion6Only: only6)
  }

  static func port(_ address: String? = nil, family: DaemonPort.Family = .inet) -> DaemonPort {
    var port = DaemonPort.everyAddress
    port.address = address.map(bytes)
    port.family = family
    return port
  }

  static func observation(
    _ place: PortAddress, _ listeners: Fact<[TCPListener]>, held: Fact<Set<UInt64>> = .known([7]),
    _ port: DaemonPort = port()
  ) -> PortObservation {
    var port = port
    port.place = place
    return PortObservation(
      port, tcp: listeners,
      local: { .known([ListeningSocket(name: bytes("/run/smtp"), inode: 7)]) }, held: held)
  }

  struct Row: Sendable {
    let place: PortAddress
    let listener: TCPListener
    let isOpen: Bool

    init(_ address: [UInt8]?, _ listener: TCPListener, isOpen: Bool) {
      place = .internet(address, port: 25)
      self.listener = listener
      self.isOpen = isOpen
    }
  }

  static let rows: [Row] = [
    Row(every4, listener(every4), isOpen: true), Row(every4, listener(every4, 26), isOpen: false),
    Row(loopback, listener(loopback), isOpen: true), Row(loopback, listener(other), isOpen: false),
    Row(loopback, listener(every4), isOpen: true), Row(every4, listener(loopback), isOpen: true),
    // A socket of every IPv6 address takes IPv4, too, unless it says no.
    Row(every4, listener(every6), isOpen: true), Row(loopback, listener(every6), isOpen: true),
    Row(every4, listener(every6, only6: false), isOpen: true),
    Row(every4, listener(every6, only6: true), isOpen: false),
    Row(every4, listener(loopback6), isOpen: false), Row(every6, listener(every4), isOpen: false),
    Row(every6, listener(loopback6), isOpen: true),
    // The address of a name is not known.
    Row(nil, listener(other), isOpen: true), Row(nil, listener(other, 26), isOpen: false),
  ]

  @Test("A listener counts where a connection would arrive", arguments: rows.indices)
  func addresses(index: Int) {
    let row = Self.rows[index]
    let found = Self.observation(row.place, .known([row.listener]))
    #expect(found.state == (row.isOpen ? .open : .closed))
    #expect(found.isMissing == !row.isOpen)
  }

  static let place = PortAddress.internet(every4, port: 25)

  @Test("A listener that the daemon does not hold has taken the port, and is named")
  func taken() {
    var port = Self.observation(Self.place, .known([Self.listener(Self.every4)]), held: .known([8]))
    #expect(port.state == .taken(by: nil))
    #expect(port.unnamed == [7])
    port.note(HeldSockets(holders: []))
    #expect(port.state == .taken(by: nil))
    let exim = ObservedProcess(pid: 12, name: Self.bytes("exim4"))
    port.note(HeldSockets(holders: [.init(inode: 7, process: exim)]))
    #expect(port.state == .taken(by: exim))
    #expect(port.otherProgram == exim)
    #expect(port.text == "MTA, 0.0.0.0 port 25: held by process 12 (exim4)")
    #expect([port].missingNames == "port MTA")
  }

  @Test("Where descriptors may not be read a listener is the daemon's")
  func unreadable() {
    let port = Self.observation(
      Self.place, .known([Self.listener(Self.every4)]), held: .unknown(reason: "Permission denied"))
    #expect(port.state == .open)
  }

  @Test("Ports that the kernel does not list are unknown, not missing")
  func unknown() {
    let port = Self.observation(Self.place, .unknown(reason: "WHY"))
    #expect(port.state == .unknown(reason: "WHY"))
    #expect(port.isMissing == nil)
    #expect([port].missingNames == nil)
    #expect(Self.observation(.unknown(reason: "X"), .known([])).state == .unknown(reason: "X"))
  }

  @Test("A local socket is found by its path")
  func local() {
    let local = Self.observation(.local(path: Self.bytes("/run/smtp")), .known([]))
    #expect(local.state == .open)
    #expect(local.text == "MTA, /run/smtp: open")
    #expect(Self.observation(.local(path: Self.bytes("/run/x")), .known([])).state == .closed)
  }

  @Test("A port that the daemon may do without is not missing")
  func optional() {
    var port = Self.port()
    port.modifiers = [UInt8(ascii: "O")]
    var ports = [
      Self.observation(Self.place, .known([]), port), Self.observation(Self.place, .known([])),
    ]
    ports.noteOptional()
    #expect(ports.map(\.state) == [.disabled, .closed])
    #expect(ports.map(\.isMissing) == [false, true])
    #expect(ports[0].text == "MTA, 0.0.0.0 port 25: closed; the daemon runs without it (M=O)")
  }

  private struct Sharing: Sendable {
    /// The addresses of the ports.
    let ports: [[UInt8]]
    /// The addresses of the daemon's listeners.
    let listeners: [[UInt8]]
    /// The ports in order, true for an open one.
    let open: [Bool]
  }

  private static let sharedRows = [
    Sharing(ports: [loopback, loopback], listeners: [loopback], open: [true, false]),
    Sharing(ports: [every4, loopback], listeners: [every4], open: [true, false]),
    // The listener is the port's that has its very address.
    Sharing(ports: [loopback, every4], listeners: [every4], open: [false, true]),
    Sharing(ports: [every4, every6], listeners: [every6], open: [false, true]),
    Sharing(ports: [every4, every6], listeners: [every4, every6], open: [true, true]),
    Sharing(ports: [loopback, other], listeners: [other, loopback], open: [true, true]),
    Sharing(ports: [every4, loopback], listeners: [other, loopback], open: [true, true]),
  ]

  @Test("One listener is not counted for two ports", arguments: sharedRows.indices)
  func sharing(index: Int) {
    let row = Self.sharedRows[index]
    let listeners = row.listeners.enumerated().map {
      TCPListener(address: $1, port: 25, inode: UInt64($0))
    }
    var ports = row.ports.enumerated().map { index, address in
      var port = Self.port()
      port.name = Self.bytes("P\(index)")
      return Self.observation(
        .internet(address, port: 25), .known(listeners),
        held: .known(Set(listeners.map(\.inode))), port)
    }
    ports.giveEachListenerOnce()
    #expect(ports.map { $0.state == .open } == row.open)
    for (port, isOpen) in zip(ports, row.open) where !isOpen {
      #expect(port.text.contains("closed, the listener there is that of port P"))
    }
  }

  @Test("A port shows its own limits")
  func limits() {
    var port = Self.port("127.0.0.1")
    (port.maximumChildren, port.refuseLA) = (2, 3)
    let found = Self.observation(Self.place, .known([]), port)
    #expect(
      found.text
        == "MTA, 127.0.0.1 port 25: closed, no process listens there; children 2, refuseLA 3")
  }
}
