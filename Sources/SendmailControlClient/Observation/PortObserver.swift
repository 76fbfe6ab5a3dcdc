// SPDX-License-Identifier: Apache-2.0

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
    var observations = ports.map { port in
      var observation = PortObservation(
        port, tcp: tcp, local: sources.listeningSockets, held: held)
      if observation.state == .closed, case .internet(let address?, _) = port.place {
        observation.lacksAddress = sources.bindError(address) != nil
      }
      return observation
    }
    observations.giveEachListenerOnce()
    if daemon != nil { observations.noteOptional() }
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

  /// The ports of `ports` at which sendmail could not listen if it was started now. A port that the daemon holds is
  /// none of them: a daemon gives its ports up before it starts again.
  ///
  /// `daemon` is the daemon's process; `nil` when none runs. `bindsVersion6Only` is true where a socket of every IPv6
  /// address leaves IPv4 to others.
  package func obstacles(
    _ ports: [DaemonPort], daemon: Int32?, bindsVersion6Only: Bool
  ) -> [PortObstacle] {
    let places = ports.compactMap { port -> (port: DaemonPort, address: [UInt8], number: UInt16)? in
      guard case .internet(let address?, let number) = port.place else { return nil }
      return (port, address, number)
    }
    guard !places.isEmpty, case .known(let tcp) = listeners(daemon) else { return [] }
    let held = daemon.map(sources.socketsOf) ?? .known([])
    let found = places.compactMap { port, address, number -> (PortObstacle, UInt64?)? in
      if let error = sources.bindError(address) { return (PortObstacle(port, error), nil) }
      let other = tcp.first { listener in
        listener.port == number && held.value?.contains(listener.inode) == false
          && listener.conflicts(with: address, isVersion6Only: bindsVersion6Only)
      }
      return other.map { (PortObstacle(port, .held(by: nil)), $0.inode) }
    }
    let inodes = Set(found.compactMap(\.1))
    let holders = inodes.isEmpty ? [] : sources.heldSockets(inodes).holders
    return found.map { obstacle, inode in
      obstacle.held(by: holders.first { $0.inode == inode }?.process)
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
