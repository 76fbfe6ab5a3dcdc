// SPDX-License-Identifier: Apache-2.0

/// A port of a configuration at which sendmail could not listen. It says so only when it is started, and tries for
/// about a minute before it ends with 71.
package struct PortObstacle: Sendable, Equatable {
  /// The reason.
  package enum Cause: Sendable, Equatable {
    /// The port of this name has the same address, or one that includes it or that it includes.
    case duplicate(of: [UInt8])
    /// The system does not bind its address, in the system's words. sendmail tries again unless the error will last.
    case address(reason: String, isRetried: Bool)
    /// Another process listens there; `nil` when it may not be seen which.
    case held(by: ObservedProcess?)
  }

  /// The name of the port.
  package let name: [UInt8]
  /// Its address and number, such as `127.0.0.1 port 25`.
  package let address: String
  /// The reason.
  package private(set) var cause: Cause
  /// True if sendmail goes on without the port (`M=O`).
  package let isOptional: Bool
  /// True if sendmail would not start because of it.
  package var isDecisive: Bool

  /// An obstacle for `port`.
  package init(_ port: DaemonPort, _ cause: Cause) {
    name = port.name
    address = port.addressText
    self.cause = cause
    isOptional = port.isOptional
    isDecisive = !port.isOptional
  }

  /// The same, held by `process` if that is known.
  package func held(by process: ObservedProcess?) -> PortObstacle {
    guard case .held = cause, let process else { return self }
    var obstacle = self
    obstacle.cause = .held(by: process)
    return obstacle
  }

  /// The obstacles that the ports are for one another. `bindsVersion6Only` is true on a machine where a socket of
  /// every IPv6 address leaves IPv4 to others.
  package static func duplicates(in ports: [DaemonPort], bindsVersion6Only: Bool) -> [PortObstacle]
  {
    ports.indices.compactMap { index in
      let first = ports[..<index].first {
        $0.place.conflicts(with: ports[index].place, bindsVersion6Only: bindsVersion6Only)
      }
      return first.map { PortObstacle(ports[index], .duplicate(of: $0.name)) }
    }
  }

  /// True if another process listens there.
  package var isHeld: Bool {
    if case .held = cause { true } else { false }
  }

  /// True if the process that listens there is a sendmail, or may be one.
  package var isHeldBySendmail: Bool {
    guard case .held(let process) = cause else { return false }
    return process?.isSendmail ?? true
  }

  /// True if sendmail tries for a minute before it ends.
  package var isRetried: Bool {
    if case .address(_, let isRetried) = cause { isRetried } else { true }
  }

  /// True if it is so as of now, on this machine, not by the file alone.
  package var isMomentary: Bool {
    if case .duplicate = cause { false } else { true }
  }

  /// The obstacle in a sentence, with sendmail's own words for it.
  package var text: String {
    let reason =
      switch cause {
      case .duplicate(let other):
        "cannot listen: Address already in use: port \(TerminalEscaping.escape(other)) has it"
      case .address(let reason, _): "cannot bind: \(reason)"
      case .held(let process):
        "cannot bind: Address already in use: held by \(process?.nameText ?? "another process")"
      }
    return "port \(TerminalEscaping.escape(name)), \(address): \(reason)"
  }

  /// The name of the cause in machine-readable output.
  package var causeName: String {
    switch cause {
    case .duplicate: "duplicate"
    case .address: "address"
    case .held: "held"
    }
  }
}

extension PortAddress {
  /// Returns whether a socket that listens at one keeps another from listening at the other.
  func conflicts(with other: PortAddress, bindsVersion6Only: Bool) -> Bool {
    guard case .internet(let own?, let number) = self,
      case .internet(let address?, let otherNumber) = other, number == otherNumber
    else { return false }
    return TCPListener.conflict(own, bindsVersion6Only, address, bindsVersion6Only)
  }
}
