// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemSupport

extension PortProbe {
  /// The way to try a port of `DaemonPortOptions` from this machine.
  enum Destination {
    /// At this address.
    case address(Address)
    /// Not at all; why.
    case unreachable(String)

    /// The address, if there is one.
    var address: Address? {
      if case .address(let address) = self { address } else { nil }
    }

    /// The way to try `port`. A port of every address is tried on the loopback address.
    init(_ port: DaemonPort) {
      if port.modifiers.contains(UInt8(ascii: "s")) {
        self = .unreachable("the port speaks TLS from the first byte (M=s)")
      } else if port.family == .unix {
        self = port.address.map { .address(.unix(path: $0)) } ?? .unreachable("it has no path")
      } else if case .internet(let address, let number) = port.place,
        let host = Self.host(of: port, at: address)
      {
        self = .address(.inet(host: host, port: number))
      } else {
        self = .unreachable("its address or service is not known here")
      }
    }

    /// The address in figures. The loopback address stands for every address, and for its own names.
    private static func host(of port: DaemonPort, at address: [UInt8]?) -> String? {
      let isVersion6 = port.family == .inet6
      let loopback = isVersion6 ? "::1" : "127.0.0.1"
      guard let address else {
        return port.isAtLoopback ? loopback : nil
      }
      guard address.contains(where: { $0 != 0 }) else { return loopback }
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      guard
        unsafe inet_ntop(
          isVersion6 ? AF_INET6 : AF_INET, address, &text, socklen_t(text.count)) != nil
      else { return nil }
      return String(decoding: text.bytesOfCString, as: UTF8.self)
    }
  }
}

extension PortProbe.Address {
  /// The address for a message.
  var text: String {
    switch self {
    case .inet(let host, let port): "\(host) port \(port)"
    case .unix(let path): TerminalEscaping.escape(path)
    }
  }
}
