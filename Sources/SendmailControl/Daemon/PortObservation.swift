// SPDX-License-Identifier: Apache-2.0

/// A port of `DaemonPortOptions` and what the kernel tells of it, without a connection.
package struct PortObservation: Sendable, Equatable {
  /// The state of a port.
  package enum State: Sendable, Equatable {
    /// A process listens there: the daemon, as far as descriptors may be read.
    case open
    /// No process listens there: connections are refused.
    case closed
    /// Another process than the daemon listens there; `nil` when it may not be seen which.
    case taken(by: ObservedProcess?)
    /// No process listens there, and the daemon runs without it, as the configuration permits (`M=O`).
    case disabled
    /// It is not known.
    case unknown(reason: String)
  }

  /// The port with its own limits.
  package var port: DaemonPort
  /// Its address and number, such as `127.0.0.1 port 25`.
  package var address: String
  /// Its state.
  package var state: State
  /// True if it is closed because its address is not on this host; false when that is not known, too.
  package var lacksAddress = false
  /// The sockets that listen there: those of the daemon, or else all.
  var sockets: [Socket] = []
  /// The name of another port, whose socket is the one that listens there, too; `nil` for a port with its own.
  var sharedWith: [UInt8]?

  /// A socket that listens at a port.
  struct Socket: Sendable, Equatable {
    var inode: UInt64
    /// True if it was bound to the very address of the port, not to one that includes it.
    var isExact: Bool
  }

  /// A port in `state`.
  package init(_ port: DaemonPort, address: String, state: State) {
    self.port = port
    self.address = address
    self.state = state
  }

  /// The state of `port`.
  ///
  /// `tcp` are the TCP sockets that processes listen on. `local` returns the UNIX-domain sockets
  /// that processes listen on, and is called only where they matter. `held` are the sockets that
  /// the daemon holds: none when it does not run.
  package init(
    _ port: DaemonPort, tcp: Fact<[TCPListener]>,
    local: () -> Fact<[ListeningSocket]>, held: Fact<Set<UInt64>>
  ) {
    self.init(port, address: port.addressText, state: .closed)
    let found: Fact<[Socket]> =
      switch port.place {
      case .unknown(let reason): .unknown(reason: reason)
      case .internet(let address, let number):
        tcp.map { listeners in
          listeners.filter { $0.port == number && address.map($0.overlaps) != false }
            .map { Socket(inode: $0.inode, isExact: $0.address == address) }
        }
      case .local(let path):
        local().map {
          $0.filter { $0.name == path }.map { Socket(inode: $0.inode, isExact: true) }
        }
      }
    guard case .known(let all) = found else {
      state = .unknown(reason: found.reason ?? "it was not asked for")
      return
    }
    guard !all.isEmpty else { return }
    let own = all.filter { held.value?.contains($0.inode) != false }
    state = own.isEmpty ? .taken(by: nil) : .open
    sockets = own.isEmpty ? all : own
  }

  /// The sockets whose holders are to be named.
  package var unnamed: Set<UInt64> { state == .taken(by: nil) ? Set(sockets.map(\.inode)) : [] }

  /// Names the process that has the port, if it is one of `held`.
  package mutating func note(_ held: HeldSockets) {
    guard let holder = held.holders.first(where: { unnamed.contains($0.inode) }) else { return }
    state = .taken(by: holder.process)
  }
}

extension PortObservation {
  /// True if connections do not reach the daemon there, although the configuration wants it; `nil` when that is
  /// not known.
  package var isMissing: Bool? {
    switch state {
    case .open, .disabled: false
    case .closed, .taken: true
    case .unknown: nil
    }
  }

  /// The process that has the port, when it is known and not sendmail.
  package var otherProgram: ObservedProcess? {
    guard case .taken(let process?) = state, !process.isSendmail else { return nil }
    return process
  }

  /// The reason why a port is closed whose address is not on this host.
  static let noAddress = "its address is not on this host"

  /// The name of the state in machine-readable output.
  package var stateName: String {
    switch state {
    case .open: "open"
    case .closed: "closed"
    case .taken: "taken"
    case .disabled: "disabled"
    case .unknown: "unknown"
    }
  }

  /// The limits of this port alone, with their names in `DaemonPortOptions`.
  package var ownLimits: [(name: String, value: Int)] {
    [
      ("children", port.maximumChildren), ("delayLA", port.delayLA), ("queueLA", port.queueLA),
      ("refuseLA", port.refuseLA),
    ].compactMap { name, value in value.map { (name, $0) } }
  }

  /// The state in words.
  package var stateText: String {
    switch state {
    case .open: "open"
    case .closed where lacksAddress: "closed, \(Self.noAddress)"
    case .closed:
      sharedWith.map { "closed, the listener there is that of port \(TerminalEscaping.escape($0))" }
        ?? "closed, no process listens there"
    case .taken(let process): "held by \(process.map(\.nameText) ?? "another process")"
    case .disabled: "closed; the daemon runs without it (M=O)"
    case .unknown(let reason): "not known: \(reason)"
    }
  }

  /// The port in a line, such as `MTA, 127.0.0.1 port 25: open; its own children 2`.
  package var text: String {
    let limits = ownLimits.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return "\(TerminalEscaping.escape(port.name)), \(address): \(stateText)"
      + (limits.isEmpty ? "" : "; \(limits)")
  }
}

extension [PortObservation] {
  /// Gives each listener to one port only: the one of its very address, or else the first.
  package mutating func giveEachListenerOnce() {
    var owners: [UInt64: Int] = [:]
    let open = indices.filter { self[$0].state == .open }
    for isExact in [true, false] {
      for index in open where !owners.values.contains(index) {
        let sockets = self[index].sockets.filter { $0.isExact || !isExact }
        if let free = sockets.first(where: { owners[$0.inode] == nil }) {
          owners[free.inode] = index
        }
      }
    }
    for index in open where !owners.values.contains(index) {
      self[index].state = .closed
      self[index].sharedWith = self[index].sockets.first.flatMap { owners[$0.inode] }
        .map { self[$0].port.name }
    }
  }

  /// Tells the optional ports that a running daemon goes on without.
  package mutating func noteOptional() {
    for index in indices where self[index].state == .closed && self[index].port.isOptional {
      self[index].state = .disabled
    }
  }

  /// The names of the ports that are closed although the daemon accepts connections, for a text; `nil` when
  /// there are none.
  package var missingNames: String? {
    let names = filter { $0.isMissing == true }.map { TerminalEscaping.escape($0.port.name) }
    return names.isEmpty
      ? nil : (names.count == 1 ? "port " : "ports ") + names.joined(separator: ", ")
  }
}

extension ObservedProcess {
  /// The process in a text, such as `process 12 (exim4)`.
  package var nameText: String { "process \(pid) (\(TerminalEscaping.escape(name)))" }
}

extension DaemonPort {
  /// The address and the number for a text.
  package var addressText: String {
    switch place {
    case .local(let path): return TerminalEscaping.escape(path)
    case .internet(_, let number):
      let host = address.map { TerminalEscaping.escape($0) } ?? ""
      return "\(host.isEmpty ? family == .inet6 ? "::" : "0.0.0.0" : host) port \(number)"
    case .unknown:
      return ([address, port].compactMap { $0.map { TerminalEscaping.escape($0) } })
        .joined(separator: " port ")
    }
  }
}
