// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
public import SystemPackage

/// A client of a control socket that goes one step at a time, byte for byte, so that a test can
/// see what the daemon does.
///
/// Every call blocks, for ``timeout`` at the longest; use ``onThread(_:)`` from asynchronous code.
public final class StepwiseClient: Sendable {
  /// A system call that failed.
  public struct Failure: Error, Equatable {
    /// Its name.
    public let call: String
    /// Its `errno`.
    public let errno: Int32

    /// A failure of `call`.
    public init(call: String, errno: Int32) {
      self.call = call
      self.errno = errno
    }
  }

  /// The end of a reply.
  public enum End: Sendable, Equatable {
    /// The daemon has closed the connection in good order.
    case endOfFile
    /// The connection was reset (`ECONNRESET`).
    case reset
    /// Nothing came any more, and the connection is still open.
    case silence
    /// As many bytes as were asked for are there.
    case enough
    /// Another error.
    case failed(errno: Int32)
  }

  /// A reply and its end.
  public struct Reply: Sendable, Equatable {
    /// The bytes.
    public var bytes: [UInt8]
    /// The end.
    public var end: End

    /// A reply and its end.
    public init(bytes: [UInt8], end: End) {
      self.bytes = bytes
      self.end = end
    }

    /// The bytes as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The upper bound of every wait, in seconds; it is reached by a failing test only.
  public static let timeout = 120

  private let descriptor: Int32

  /// Connects to the socket at `path`.
  ///
  /// `waits` is true to wait for a place in the listen queue when it is full.
  public init(_ path: FilePath, waits: Bool = true) throws(Failure) {
    let type = Int32(SOCK_STREAM.rawValue) | (waits ? 0 : Int32(SOCK_NONBLOCK.rawValue))
    descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { throw Failure(call: "socket", errno: errno) }
    setTimeout(Self.timeout)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
      unsafe place.copyBytes(from: path.string.utf8.prefix(place.count - 1))
    }
    let descriptor = descriptor
    let result = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Failure(call: "connect", errno: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Sets the time to wait for bytes, in seconds.
  public func setTimeout(_ seconds: Int) {
    // `struct timeval`: seconds and microseconds.
    var time = (seconds, 0)
    let size = socklen_t(MemoryLayout.size(ofValue: time))
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  /// The process id that the kernel names as the other end (`SO_PEERCRED`).
  public var peerProcessID: Int32 {
    // struct ucred: pid, uid, gid.
    var peer: (Int32, UInt32, UInt32) = (0, 0, 0)
    var size = socklen_t(MemoryLayout.size(ofValue: peer))
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size)
    return peer.0
  }

  /// Sends all of `bytes`.
  public func send(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      guard count >= 0 else { throw Failure(call: "send", errno: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Says that nothing more will be sent.
  public func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Receives until the daemon ends the connection, or until there are `most` bytes.
  public func receive(most: Int = .max) -> Reply {
    var bytes: [UInt8] = []
    while bytes.count < most {
      let wanted = min(65536, most - bytes.count)
      var count = -1
      bytes += unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, used in
        count = unsafe recv(descriptor, buffer.baseAddress, wanted, 0)
        used = max(0, count)
      }
      if count == 0 { return Reply(bytes: bytes, end: .endOfFile) }
      guard count < 0 else { continue }
      switch errno {
      case ECONNRESET: return Reply(bytes: bytes, end: .reset)
      case EAGAIN: return Reply(bytes: bytes, end: .silence)
      case let errno: return Reply(bytes: bytes, end: .failed(errno: errno))
      }
    }
    return Reply(bytes: bytes, end: .enough)
  }

  /// Runs `body` with this client on a thread where blocking does no harm.
  public func onThread<Result: Sendable>(
    _ body: @escaping @Sendable (StepwiseClient) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Swift.Result { try body(self) })
      }
    }
  }

  /// Connects, sends `request`, and receives the whole reply.
  ///
  /// `finishing` is true to shut down the sending half after the request.
  public static func exchange(
    _ path: FilePath, _ request: [UInt8], finishing: Bool = false
  ) async throws -> Reply {
    try await StepwiseClient(path).onThread { client in
      try client.send(request)
      if finishing { client.finishSending() }
      return client.receive()
    }
  }
}
