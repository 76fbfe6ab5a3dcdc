// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

/// Looks whether an SMTP port greets, which tells a dead daemon from a deaf one.
///
/// To sendmail this connection is a child like any other, so it is only made when the control socket
/// gave no answer.
public struct SMTPProbe: Sendable {
  /// Where a port of `DaemonPortOptions` can be reached from this machine.
  public enum Address: Sendable, Equatable {
    /// An IPv4 or IPv6 address in figures, and a port number.
    case inet(host: String, port: UInt16)
    /// The path of a local socket.
    case unix(path: [UInt8])
  }

  private let interruption: Interruption?

  /// A probe that ends early when the user interrupts.
  public init(interruption: Interruption? = nil) {
    self.interruption = interruption
  }

  /// Connects to `address` and waits for its greeting.
  ///
  /// - Parameter timeout: for connecting and greeting together.
  public func look(at address: Address, timeout: Duration) -> NoAnswer.PortFacts.Outcome {
    let deadline = Deadline(after: timeout)
    do {
      let socket = try connect(to: address, until: deadline)
      return try greeting(of: socket, until: deadline)
    } catch .connectionRefused, .noSuchFileOrDirectory {
      return .refused
    } catch .timedOut {
      return .silent
    } catch {
      return .unknown(error.description)
    }
  }

  private func connect(
    to address: Address, until deadline: Deadline
  ) throws(Errno) -> StreamSocket {
    switch address {
    case .unix(let path):
      guard path.count <= ControlLimits.longestSocketPath else { throw .invalidArgument }
      let socket = try StreamSocket(family: AF_UNIX)
      socket.setSendTimeout(deadline.timeLeft)
      try socket.connect(to: path)
      socket.setNonBlocking()
      return socket
    case .inet(let host, let port):
      let socket = try StreamSocket(family: host.utf8.contains(ASCII.colon) ? AF_INET6 : AF_INET)
      socket.setNonBlocking()
      do {
        try socket.connect(to: host, port: port)
      } catch .nowInProgress {
        try wait(for: socket.descriptor, events: POLLOUT, until: deadline)
        if let error = socket.pendingError() { throw error }
      }
      return socket
    }
  }

  /// The first line that comes; `QUIT` is said to it before the connection closes.
  private func greeting(
    of socket: consuming StreamSocket, until deadline: Deadline
  ) throws(Errno) -> NoAnswer.PortFacts.Outcome {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 512)
    while !line.contains(ASCII.lineFeed), line.count < 4096 {
      try wait(for: socket.descriptor, events: POLLIN, until: deadline)
      let count = try socket.receive(into: &buffer)
      guard count > 0 else { break }
      line += buffer[..<count]
    }
    _ = try? socket.send(Array("QUIT\r\n".utf8)[...])
    var lines = ReplyLines(line).makeIterator()
    guard let first = lines.next() else { return .silent }
    return .greets(Array(first))
  }

  private func wait(
    for descriptor: CInt, events: CInt, until deadline: Deadline
  ) throws(Errno) {
    let outcome = try Readiness.wait(
      for: descriptor, events: events, until: deadline, interruption: interruption)
    switch outcome {
    case .ready: return
    case .deadlinePassed: throw .timedOut
    case .interrupted: throw .interrupted
    }
  }
}
