// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl

/// Observes the ports of a configuration without a connection, which sendmail would count as a child.
package struct PortObserver: Sendable {
  private let sources: ObservationSources

  /// An observer that asks `sources`.
  package init(sources: ObservationSources = .live) {
    self.sources = sources
  }

  /// Observes `ports`, in order.
  ///
  /// `ports` are the ports of a configuration. `daemon` is the daemon's process; `nil` for one that
  /// does not run. `isNaming` is true to find out which process has a port that is not the
  /// daemon's. Every descriptor of every process is read then, if there is such a port.
  package func observe(
    _ ports: [DaemonPort], daemon: Int32?, isNaming: Bool = true
  ) -> [PortObservation] {
    guard !ports.isEmpty else { return [] }
    let tcp = listeners(daemon)
    // A daemon that does not run holds nothing.
    let held = daemon.map(sources.socketsOf) ?? .known([])
    let observations = ports.map { port in
      let place = PortAddress(port)
      var observation = PortObservation(
        port, at: place, tcp: tcp, local: sources.listeningSockets, held: held)
      if observation.state == .closed, case .internet(let address?, _) = place {
        observation.lacksAddress = sources.hasAddress(address) == false
      }
      return observation
    }
    return isNaming ? naming(observations) : observations
  }

  /// Returns `ports` with the processes that have those of them that are not the daemon's.
  package func naming(_ ports: [PortObservation]) -> [PortObservation] {
    let unnamed = ports.reduce(into: Set<UInt64>()) { $0.formUnion($1.unnamed) }
    guard !unnamed.isEmpty else { return ports }
    let holders = sources.heldSockets(unnamed)
    return ports.map { port in
      var port = port
      port.note(holders)
      return port
    }
  }

  /// The TCP sockets; unknown where the daemon is, or may be, in another network namespace than this process.
  private func listeners(_ daemon: Int32?) -> Fact<[TCPListener]> {
    guard sources.sharesNetwork(daemon ?? 1) != false else {
      return .unknown(reason: ListeningSocket.otherNetwork)
    }
    return sources.tcpListeners()
  }
}

extension PortAddress {
  /// The place of `port`. Names of hosts are not looked up: that could take longer than any deadline.
  init(_ port: DaemonPort) {
    switch port.family {
    case .unix: self = port.address.map { .local(path: $0) } ?? .unknown(reason: "it has no path")
    case .number(let number): self = .unknown(reason: "sendmail does not serve family \(number)")
    case .inet, .inet6:
      guard let number = port.number else {
        self = .unknown(reason: "its service is not known here")
        return
      }
      self = .internet(Self.bytes(of: port), port: number)
    }
  }

  private static func bytes(of port: DaemonPort) -> [UInt8]? {
    let isVersion6 = port.family == .inet6
    let text = port.addressInFigures
    guard !text.isEmpty else { return [UInt8](repeating: 0, count: isVersion6 ? 16 : 4) }
    var address = in6_addr()
    let result = unsafe inet_pton(isVersion6 ? AF_INET6 : AF_INET, text, &address)
    guard result == 1 else { return nil }
    return unsafe withUnsafeBytes(of: address) { unsafe Array($0.prefix(isVersion6 ? 16 : 4)) }
  }
}

extension DaemonPort {
  /// `Addr` without the tag and the brackets of IPv6; empty for every address.
  var addressInFigures: String {
    var text = String(decoding: address ?? [], as: UTF8.self)
    if text.lowercased().hasPrefix("ipv6:") { text.removeFirst(5) }
    if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
    return text == "*" ? "" : text
  }

  /// The number of the port, that of its service if it is named; `nil` for a service that this machine does not
  /// know.
  var number: UInt16? {
    if let number = portNumber { return UInt16(exactly: number) }
    let service = port.map { String(decoding: $0, as: UTF8.self) } ?? "smtp"
    if service.lowercased() == "smtp" { return 25 }
    guard let entry = unsafe getservbyname(service, "tcp") else { return nil }
    return UInt16(bigEndian: UInt16(truncatingIfNeeded: unsafe entry.pointee.s_port))
  }
}
