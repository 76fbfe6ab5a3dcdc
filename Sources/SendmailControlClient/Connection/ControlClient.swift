// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import SendmailControl
internal import SystemPackage
package import SystemSupport

/// The client's end of the control socket: one command, one connection, one deadline. To sendmail each
/// connection is a child.
public struct ControlClient: Sendable {
  /// The daemon's socket.
  public let socket: ControlSocket
  /// The time for a whole exchange: connecting, writing, and reading to the end of the reply.
  public var timeout: Duration
  package let interruption: Interruption?
  private let trace: Trace?

  /// The path of the socket.
  var path: FilePath { socket.path }

  /// A client for `socket`; nothing is connected yet.
  ///
  /// - Parameters:
  ///   - socket: the daemon's socket.
  ///   - timeout: the time for each exchange.
  public init(_ socket: ControlSocket, timeout: Duration = .seconds(10)) {
    self.init(socket, timeout: timeout, interruption: nil)
  }

  /// A client whose exchanges end early by `interruption`, and pass each step on to `trace`.
  package init(
    _ socket: ControlSocket, timeout: Duration, interruption: Interruption?, trace: Trace? = nil
  ) {
    self.socket = socket
    self.timeout = timeout
    self.interruption = interruption
    self.trace = trace
  }

  /// The same client, whose exchanges end early by `interruption`.
  func interrupted(by interruption: Interruption) -> ControlClient {
    ControlClient(socket, timeout: timeout, interruption: interruption, trace: trace)
  }
}

extension ControlClient {
  /// Sends `command` and returns the whole reply. It blocks its thread until then.
  ///
  /// - Throws: ``ControlError``; its `replyTooLong` past 64 MiB.
  @available(*, noasync, message: "it blocks its thread: await the other send")
  public func send(_ command: ControlCommand) throws(ControlError) -> ControlReply {
    try exchange(request: command.requestBytes)
  }

  /// Sends `request`, which ends with a line feed, and returns the whole reply. It blocks its thread.
  ///
  /// `whenAccepted` is true to send it only when a process has accepted the connection. `isMeant`
  /// returns whether the process that listens is the one that is meant; otherwise nothing is sent.
  ///
  /// - Throws: ``ControlError``; its `replyTooLong` past ``ControlLimits/longestHeldReply`` bytes, and
  ///   `cancelled` for a process that is not meant.
  package func exchange(
    request: [UInt8], whenAccepted: Bool = false,
    ifListener isMeant: (PeerCredentials?) -> Bool = { _ in true }
  ) throws(ControlError) -> ControlReply {
    var bytes: [UInt8] = []
    do {
      let end = try stream(
        request: request, whenAccepted: whenAccepted, ifListener: isMeant
      ) { chunk in
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

  /// Sends `request`, which ends with a line feed, and passes the reply on as it comes, in chunks of
  /// at most 64 KiB. It blocks its thread.
  ///
  /// `whenAccepted` is true to send it only when a process has accepted the connection, so that to
  /// close it before withdraws the request. Where the kernel does not tell, it is sent at once.
  /// `isMeant` returns whether the process that listens is the one that is meant; otherwise nothing
  /// is sent. `receive` is a function that is called for each chunk; what it throws ends the
  /// exchange.
  ///
  /// - Returns: the end of the reply.
  /// - Throws: ``ControlError``, or what `receive` throws.
  package func stream(
    request: [UInt8], whenAccepted: Bool = false,
    ifListener isMeant: (PeerCredentials?) -> Bool = { _ in true },
    receive: (ArraySlice<UInt8>) throws -> Void
  ) throws -> ReplyEnd {
    let deadline = Deadline(after: timeout)
    let socket = try connect(until: deadline)
    let peer = socket.peerCredentials()
    trace?(.connected(peer))
    guard isMeant(peer) else { throw ControlError(.cancelled, path: path) }
    if whenAccepted { try waitUntilAccepted(socket, until: deadline) }
    try write(request, to: socket, until: deadline)
    return try read(from: socket, peer: peer, until: deadline, receive: receive)
  }

  /// The time between two attempts to find a place in a full listen queue.
  private static let queuePause = Duration.milliseconds(5)

  private func connect(until deadline: Deadline) throws(ControlError) -> StreamSocket {
    trace?(.connecting(path))
    let address = try SocketAddress(path: path, bindingDirectory: socket.bindingDirectory)
    let socket: StreamSocket
    do {
      socket = try StreamSocket(family: AF_UNIX)
    } catch {
      throw ControlError(.system, call: "socket", errno: error, path: path)
    }
    socket.setNonBlocking()
    while true {
      do {
        try socket.connect(to: address.bytes)
        return socket
      } catch {
        let failure = ControlError(
          connectFailedWith: error, path: path, isSocket: (try? SocketFile(at: path))?.isSocket)
        guard failure.code == .listenQueueFull || error == .interrupted, !deadline.hasPassed else {
          throw failure
        }
      }
      // Linux does not say when there is a place again.
      try wait(for: -1, events: 0, until: .earlier(deadline, Deadline(after: Self.queuePause)))
    }
  }

  /// Waits until a process has accepted the connection of `socket`: until then the kernel lists it as
  /// waiting, and to close it withdraws it.
  private func waitUntilAccepted(
    _ socket: borrowing StreamSocket, until deadline: Deadline
  ) throws(ControlError) {
    guard let inode = socket.inode else { return }
    var pause = Duration.milliseconds(1)
    while let waiting = try? SockDiag.waitingConnections(), waiting.contains(inode) {
      guard !deadline.hasPassed else { throw ControlError(.deadlinePassed, path: path) }
      try wait(for: -1, events: 0, until: .earlier(deadline, Deadline(after: pause)))
      pause = min(pause * 2, .milliseconds(20))
    }
  }

  /// Writes as much of `request` as the daemon takes. A daemon that closes early may have left a
  /// reply, so that is for `read` to find out.
  private func write(
    _ request: [UInt8], to socket: borrowing StreamSocket, until deadline: Deadline
  ) throws(ControlError) {
    var rest = request[...]
    while !rest.isEmpty {
      let isBegun = rest.count < request.count
      try wait(
        for: socket.descriptor, events: POLLOUT, until: deadline, requestWasSent: isBegun)
      do {
        let count = try socket.send(rest)
        trace?(.sent(Array(rest.prefix(count))))
        rest = rest.dropFirst(count)
      } catch .brokenPipe, .connectionReset {
        return
      } catch .interrupted, .resourceTemporarilyUnavailable {
        continue
      } catch {
        throw ControlError(.system, call: "send", errno: error, path: path, requestWasSent: isBegun)
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
      try wait(
        for: socket.descriptor, events: POLLIN, until: deadline, received: received,
        requestWasSent: true)
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
          .connectionBroken, call: "recv", errno: error, path: path, received: received,
          requestWasSent: true)
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

  /// Waits for `descriptor`; for none (-1) it sleeps until `deadline`.
  private func wait(
    for descriptor: CInt, events: CInt, until deadline: Deadline, received: Int = 0,
    requestWasSent: Bool = false
  ) throws(ControlError) {
    let outcome: Readiness
    do {
      outcome = try Readiness.wait(
        for: descriptor, events: events, until: deadline, interruption: interruption)
    } catch {
      throw ControlError(
        .system, call: "poll", errno: error, path: path, received: received,
        requestWasSent: requestWasSent)
    }
    switch outcome {
    case .ready: return
    case .deadlinePassed:
      guard descriptor >= 0 else { return }
      throw ControlError(
        .deadlinePassed, path: path, received: received, requestWasSent: requestWasSent)
    case .interrupted:
      throw ControlError(
        .cancelled, path: path, received: received, requestWasSent: requestWasSent)
    }
  }
}
