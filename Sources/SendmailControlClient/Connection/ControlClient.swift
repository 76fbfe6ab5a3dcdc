// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
public import SystemPackage
package import SystemSupport

/// The client's end of the control socket: one command, one connection, one deadline.
public struct ControlClient: Sendable {
  /// The socket's path, absolute.
  public let path: FilePath
  /// How long a whole exchange may take: connecting, writing, and reading to the end of the reply.
  public var timeout: Duration
  private let bindingDirectory: FilePath?
  private let interruption: Interruption?
  private let trace: Trace?

  /// A client for the socket at `path`; nothing is connected yet.
  ///
  /// - Parameters:
  ///   - bindingDirectory: the directory that the daemon bound a relative name in, which makes a path
  ///     reachable that is too long as a whole for a socket address.
  ///   - timeout: for each exchange.
  ///   - trace: is told each step.
  public init(
    path: FilePath, bindingDirectory: FilePath? = nil, timeout: Duration = .seconds(10),
    trace: Trace? = nil
  ) {
    self.init(
      path: path, bindingDirectory: bindingDirectory, timeout: timeout, interruption: nil,
      trace: trace)
  }

  /// The same, for an exchange that ends early when the user asks for it.
  package init(
    path: FilePath, bindingDirectory: FilePath? = nil, timeout: Duration,
    interruption: Interruption?, trace: Trace? = nil
  ) {
    self.path = path
    self.bindingDirectory = bindingDirectory
    self.timeout = timeout
    self.interruption = interruption
    self.trace = trace
  }

  /// Sends `command` and returns the whole reply.
  ///
  /// - Throws: ``ControlError``; its `replyTooLong` past ``ControlLimits/longestHeldReply`` bytes.
  public func send(_ command: ControlCommand) throws(ControlError) -> ControlReply {
    try exchange(request: command.requestBytes)
  }

  /// Sends `request`, which ends with a line feed, and returns the whole reply.
  ///
  /// - Throws: ``ControlError``; its `replyTooLong` past ``ControlLimits/longestHeldReply`` bytes.
  public func exchange(request: [UInt8]) throws(ControlError) -> ControlReply {
    var bytes: [UInt8] = []
    do {
      let end = try stream(request: request) { chunk in
        guard bytes.count + chunk.count <= ControlLimits.longestHeldReply else {
          throw ControlError(.replyTooLong, path: path, received: bytes.count)
        }
        bytes += chunk
      }
      return ControlReply(bytes: bytes, end: end)
    } catch let error as ControlError {
      throw error
    } catch {
      // `stream` throws nothing else but what the closure above throws.
      throw ControlError(.system, path: path, received: bytes.count)
    }
  }

  /// Sends `request`, which ends with a line feed, and hands the reply on as it comes, in chunks of
  /// at most 64 KiB.
  ///
  /// - Parameter receive: is called for each chunk; what it throws ends the exchange.
  /// - Returns: how the reply ended.
  /// - Throws: ``ControlError``, or what `receive` throws.
  public func stream(
    request: [UInt8], receive: (ArraySlice<UInt8>) throws -> Void
  ) throws -> ReplyEnd {
    let deadline = Deadline(after: timeout)
    let socket = try connect(until: deadline)
    let peer = socket.peerCredentials()
    trace?(.connected(peer))
    socket.setNonBlocking()
    try write(request, to: socket, until: deadline)
    return try read(from: socket, peer: peer, until: deadline, receive: receive)
  }

  private func connect(until deadline: Deadline) throws(ControlError) -> StreamSocket {
    trace?(.connecting(path))
    let address = try SocketAddress(path: path, bindingDirectory: bindingDirectory)
    let socket: StreamSocket
    do {
      socket = try StreamSocket(family: AF_UNIX)
    } catch {
      throw ControlError(.system, call: "socket", errno: error, path: path)
    }
    while true {
      // On Linux connect(2) waits this long for a place in the listen queue.
      socket.setSendTimeout(deadline.timeLeft)
      do {
        try socket.connect(to: address.bytes)
        return socket
      } catch .interrupted {
        if interruption?.hasHappened == true { throw ControlError(.interrupted, path: path) }
      } catch {
        throw ControlError(
          connectFailedWith: error, path: path, isSocket: (try? SocketFile(at: path))?.isSocket)
      }
    }
  }

  /// Writes as much of `request` as the daemon takes. A daemon that closes early may have left a
  /// reply, so that is for `read` to find out.
  private func write(
    _ request: [UInt8], to socket: borrowing StreamSocket, until deadline: Deadline
  ) throws(ControlError) {
    var rest = request[...]
    while !rest.isEmpty {
      try wait(for: socket.descriptor, events: POLLOUT, until: deadline, received: 0)
      do {
        let count = try socket.send(rest)
        trace?(.sent(Array(rest.prefix(count))))
        rest = rest.dropFirst(count)
      } catch .brokenPipe, .connectionReset {
        return
      } catch .interrupted, .resourceTemporarilyUnavailable {
        continue
      } catch {
        throw ControlError(.system, call: "send", errno: error, path: path)
      }
    }
  }

  private func read(
    from socket: borrowing StreamSocket, peer: PeerCredentials?, until deadline: Deadline,
    receive: (ArraySlice<UInt8>) throws -> Void
  ) throws -> ReplyEnd {
    var buffer = [UInt8](repeating: 0, count: 65536)
    var received = 0
    var isInLine = false
    while true {
      try wait(for: socket.descriptor, events: POLLIN, until: deadline, received: received)
      let count: Int
      do {
        count = try socket.receive(into: &buffer)
      } catch .interrupted, .resourceTemporarilyUnavailable {
        continue
      } catch .connectionReset where received > 0 && !isInLine {
        // The daemon closed with input unread: everything it had to say has come.
        trace?(.ended(byReset: true))
        return ReplyEnd(wasReset: true, byteCount: received, isWithinLine: false, peer: peer)
      } catch {
        throw ControlError(
          .connectionBroken, call: "recv", errno: error, path: path, received: received)
      }
      guard count > 0 else {
        trace?(.ended(byReset: false))
        return ReplyEnd(
          wasReset: false, byteCount: received, isWithinLine: isInLine, peer: peer)
      }
      received += count
      let chunk = buffer[..<count]
      isInLine = chunk.last != ASCII.lineFeed
      trace?(.received(chunk))
      try receive(chunk)
    }
  }

  private func wait(
    for descriptor: CInt, events: CInt, until deadline: Deadline, received: Int
  ) throws(ControlError) {
    let outcome: Readiness
    do {
      outcome = try Readiness.wait(
        for: descriptor, events: events, until: deadline, interruption: interruption)
    } catch {
      throw ControlError(.system, call: "poll", errno: error, path: path, received: received)
    }
    switch outcome {
    case .ready: return
    case .deadlinePassed: throw ControlError(.deadlinePassed, path: path, received: received)
    case .interrupted: throw ControlError(.interrupted, path: path, received: received)
    }
  }
}
