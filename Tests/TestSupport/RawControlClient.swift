// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage

/// The reply of a control socket, as bytes.
public struct RawReply: Sendable, Equatable {
  /// Everything that came before the end.
  public let bytes: [UInt8]
  /// The end of the connection.
  public let ending: StreamEnding

  /// A reply of `bytes` that ended as `ending` says.
  public init(bytes: [UInt8], ending: StreamEnding) {
    self.bytes = bytes
    self.ending = ending
  }

  /// The bytes as UTF-8, repaired where they are none.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The process at the other end of a connection, as the kernel knows it (SO_PEERCRED).
public struct PeerIdentity: Sendable, Equatable {
  /// The id of the process that called `listen`.
  public let pid: Int32
  /// Its effective user id at that time.
  public let userID: UInt32
  /// Its effective group id at that time.
  public let groupID: UInt32
}

/// A connection to a control socket that knows nothing of the protocol, so that a test can say and
/// hear any bytes it likes.
public final class RawControlClient: Sendable {
  private let socket: HarnessSocket

  /// Connects to the control socket at `path`.
  ///
  /// `timeout` is an upper bound for all that is done on the connection.
  ///
  /// - Throws: ``HarnessError`` when the connection is refused.
  public init(_ path: FilePath, timeout: Duration = .seconds(120)) throws {
    socket = try HarnessSocket(path: path, deadline: ContinuousClock.now + timeout)
  }

  /// The process that listens on the socket.
  ///
  /// - Throws: `Errno` of `getsockopt`.
  public var peer: PeerIdentity {
    get throws { try socket.peerIdentity }
  }

  /// Sends `bytes`.
  ///
  /// - Throws: `Errno`: `brokenPipe` or `connectionReset` when the daemon has closed already,
  ///   `timedOut` when it does not take them in time.
  public func send(_ bytes: [UInt8]) async throws {
    try await blocking { [socket] in try socket.send(bytes) }
  }

  /// Closes the sending half of the connection.
  ///
  /// - Throws: `Errno` of `shutdown`.
  public func finishSending() throws {
    try socket.finishSending()
  }

  /// Reads to the end of the connection.
  ///
  /// - Throws: `Errno`: `timedOut` when the end does not come in time.
  public func readToEnd() async throws -> RawReply {
    try await blocking { [socket] in
      let (bytes, ending) = try socket.readToEnd()
      return RawReply(bytes: bytes, ending: ending)
    }
  }

  /// Closes the connection. It is also closed when the last reference to it goes.
  public func close() {
    socket.close()
  }

  /// Connects, sends `request` and reads to the end.
  ///
  /// `halfClose` is true to close the sending half after the request.
  ///
  /// - Throws: ``HarnessError`` when the connection is refused, and `Errno` when it breaks before
  ///   all is sent or outlasts `timeout`.
  public static func exchange(
    _ path: FilePath, _ request: [UInt8], halfClose: Bool = false, timeout: Duration = .seconds(120)
  ) async throws -> RawReply {
    let client = try RawControlClient(path, timeout: timeout)
    defer { client.close() }
    try await client.send(request)
    if halfClose { try client.finishSending() }
    return try await client.readToEnd()
  }

  /// Connects, sends `command` as a line and reads to the end.
  ///
  /// - Throws: as ``exchange(_:_:halfClose:timeout:)`` does.
  public static func exchange(
    _ path: FilePath, _ command: String, timeout: Duration = .seconds(120)
  ) async throws -> RawReply {
    try await exchange(path, Array("\(command)\n".utf8), timeout: timeout)
  }
}
