// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl

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
      if port.modifiers.contains(UInt8(ascii: "D")) {
        self = .unreachable("the port is disabled (M=D)")
      } else if port.modifiers.contains(UInt8(ascii: "s")) {
        self = .unreachable("the port speaks TLS from the first byte (M=s)")
      } else if port.family == .unix {
        self = port.address.map { .address(.unix(path: $0)) } ?? .unreachable("it has no path")
      } else if let host = Self.host(of: port), let number = port.number {
        self = .address(.inet(host: host, port: number))
      } else {
        self = .unreachable("its address or service is not known here")
      }
    }

    /// The address in figures. Names are not looked up: that could take longer than the deadline.
    private static func host(of port: DaemonPort) -> String? {
      let isVersion6 = port.family == .inet6
      let text = port.addressInFigures
      switch text.lowercased() {
      case "", "0.0.0.0", "::", "localhost", "loopback":
        return isVersion6 ? "::1" : "127.0.0.1"
      default:
        var address = in6_addr()
        let family = isVersion6 ? AF_INET6 : AF_INET
        return unsafe inet_pton(family, text, &address) == 1 ? text : nil
      }
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
