// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// A probe of SMTP ports: whether they greet tells a daemon that has ended from one that hangs.
///
/// To sendmail each of these connections is a child like any other, so that they are made only where
/// nothing else tells.
struct PortProbe {
  /// An address at which a port of `DaemonPortOptions` can be reached from this machine.
  enum Address: Equatable {
    /// An IPv4 or IPv6 address in figures, and a port number.
    case inet(host: String, port: UInt16)
    /// The path of a local socket.
    case unix(path: [UInt8])
  }

  private let interruption: Interruption?

  /// A probe that ends early when the user interrupts.
  init(interruption: Interruption? = nil) {
    self.interruption = interruption
  }

  private static let noTimeLeft = "no time was left"

  /// Tries `ports`, all at once, but those at which the kernel knows no listener.
  ///
  /// `ports` are the ports as they were observed. `timeout` is the time for all of them together.
  /// `socket` is the control socket that gave no reply, for errors.
  ///
  /// - Throws: ``ControlError``: `interrupted`, or `system` when `poll` fails.
  func probe(
    _ ports: [PortObservation], timeout: Duration, socket: [UInt8]
  ) throws(ControlError) -> [NoReplyDiagnosis.PortFacts] {
    let targets = ports.map { Destination($0.port) }
    var outcomes = try probe(
      zip(ports, targets).compactMap { $0.state == .closed ? nil : $1.address }, timeout: timeout,
      socket: socket
    ).makeIterator()
    return zip(ports, targets).map { port, target in
      switch target {
      case .unreachable(let reason):
        NoReplyDiagnosis.PortFacts(
          name: port.port.name, address: "not tried", outcome: .unknown(reason))
      case .address(let address):
        NoReplyDiagnosis.PortFacts(
          name: port.port.name, address: address.text,
          outcome: port.state == .closed
            ? .refused : outcomes.next() ?? .unknown(Self.noTimeLeft))
      }
    }
  }

  /// Connects to all `addresses` at once and waits for their greetings.
  ///
  /// - Returns: an outcome for each address.
  private func probe(
    _ addresses: [Address], timeout: Duration, socket: [UInt8]
  ) throws(ControlError) -> [NoReplyDiagnosis.PortFacts.Outcome] {
    guard timeout > .zero else { return addresses.map { _ in .unknown(Self.noTimeLeft) } }
    let deadline = Deadline(after: timeout)
    let attempts = addresses.map { address in
      Result { () throws(Errno) in try Connection(to: address) }
    }
    let connections = attempts.compactMap { try? $0.get() }
    while case let open = connections.filter({ $0.outcome == nil }), !open.isEmpty {
      var descriptors = open.map(\.request)
      descriptors.append(
        pollfd(fd: interruption?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
      let count = unsafe poll(&descriptors, nfds_t(descriptors.count), deadline.millisecondsLeft)
      let error = Errno(rawValue: errno)
      guard interruption?.hasHappened != true else {
        throw ControlError(.cancelled, path: FilePath(bytes: socket))
      }
      if count < 0, error != .interrupted {
        throw ControlError(.system, call: "poll", errno: error, path: FilePath(bytes: socket))
      }
      if count > 0 {
        for (connection, descriptor) in zip(open, descriptors) where descriptor.revents != 0 {
          connection.goOn()
        }
      }
      if deadline.hasPassed { break }
    }
    return attempts.map { attempt in
      switch attempt {
      case .success(let connection): connection.outcome ?? .silent
      case .failure(let error): Self.outcome(of: error)
      }
    }
  }

  private static func outcome(of error: Errno) -> NoReplyDiagnosis.PortFacts.Outcome {
    switch error {
    case .connectionRefused, .noSuchFileOrDirectory: .refused
    // A full listen queue, as far as a local socket goes.
    case .timedOut, .resourceTemporarilyUnavailable: .silent
    default: .unknown(error.description)
    }
  }

  /// A connection to a port, on its way to a greeting.
  private final class Connection {
    /// The result, once it is known.
    private(set) var outcome: NoReplyDiagnosis.PortFacts.Outcome?
    private let socket: StreamSocket
    private var isConnected = true
    private var line: [UInt8] = []

    /// Begins to connect to `address`, without waiting.
    init(to address: Address) throws(Errno) {
      switch address {
      case .unix(let path):
        guard path.count <= ControlLimits.longestSocketPath else { throw .invalidArgument }
        socket = try StreamSocket(family: AF_UNIX)
        socket.setNonBlocking()
        try socket.connect(to: path)
      case .inet(let host, let port):
        socket = try StreamSocket(family: host.utf8.contains(ASCII.colon) ? AF_INET6 : AF_INET)
        socket.setNonBlocking()
        do {
          try socket.connect(to: host, port: port)
        } catch .nowInProgress {
          isConnected = false
        }
      }
    }

    /// The event that it waits for.
    var request: pollfd {
      pollfd(fd: socket.descriptor, events: Int16(isConnected ? POLLIN : POLLOUT), revents: 0)
    }

    /// Does what can be done without waiting.
    func goOn() {
      do throws(Errno) {
        if isConnected {
          try read()
        } else {
          if let error = socket.pendingError() { throw error }
          isConnected = true
        }
      } catch .interrupted, .resourceTemporarilyUnavailable {
        return
      } catch {
        outcome = PortProbe.outcome(of: error)
      }
    }

    /// Reads more of the first line; `QUIT` is said to it before the connection closes.
    private func read() throws(Errno) {
      var buffer = [UInt8](repeating: 0, count: 512)
      let count = try socket.receive(into: &buffer)
      line += buffer[..<count]
      guard count == 0 || line.contains(ASCII.lineFeed) || line.count >= 4096 else { return }
      _ = try? socket.send(Array("QUIT\r\n".utf8)[...])
      var lines = ReplyLines(line).makeIterator()
      outcome = lines.next().map { .greets(Array($0)) } ?? .silent
    }
  }
}
