// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization
internal import SystemPackage

/// The way the other end of a connection ended it.
public enum StreamEnding: Sendable, Equatable {
  /// Closed in order: end of file.
  case endOfFile
  /// ECONNRESET: the other end closed with bytes of ours unread.
  case reset
}

/// A connected stream socket with a deadline for everything done on it. Blocking inside.
final class HarnessSocket: Sendable {
  private let descriptor: FileDescriptor
  private let isOpen = Mutex(true)
  private let deadline: ContinuousClock.Instant

  init(descriptor: FileDescriptor, deadline: ContinuousClock.Instant) {
    self.descriptor = descriptor
    self.deadline = deadline
  }

  deinit {
    close()
  }

  var rawValue: CInt { descriptor.rawValue }

  /// Connects to the socket file at `path`.
  convenience init(path: FilePath, deadline: ContinuousClock.Instant) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = unsafe path.withPlatformString {
      unsafe Array(UnsafeBufferPointer(start: $0, count: path.length))
    }
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else { throw HarnessError("connect", path, .fileNameTooLong) }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { buffer in
      for (index, byte) in bytes.enumerated() {
        unsafe buffer[index] = UInt8(bitPattern: byte)
      }
    }
    try self.init(to: address, family: AF_UNIX, name: path, deadline: deadline)
  }

  /// Connects to `port` of 127.0.0.1.
  convenience init(loopbackPort port: UInt16, deadline: ContinuousClock.Instant) throws {
    try self.init(
      to: sockaddr_in(loopbackPort: port), family: AF_INET, name: FilePath("127.0.0.1:\(port)"),
      deadline: deadline)
  }

  private init<Address>(
    to address: Address, family: CInt, name: FilePath, deadline: ContinuousClock.Instant
  ) throws {
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    descriptor = FileDescriptor(rawValue: socket(family, type, 0))
    self.deadline = deadline
    guard descriptor.rawValue >= 0 else { throw HarnessError("socket", name, .current) }
    let result = unsafe withUnsafeBytes(of: address) { bytes in
      unsafe connect(
        descriptor.rawValue, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        socklen_t(bytes.count))
    }
    guard result == 0 else {
      let error = Errno.current
      close()
      throw HarnessError("connect", name, error)
    }
  }

  /// Sends all of `bytes`; throws `Errno`, broken pipe included.
  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      try wait(for: POLLOUT)
      let sent = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.send(
          descriptor.rawValue, buffer.baseAddress, buffer.count,
          CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
      }
      if sent >= 0 {
        rest = rest.dropFirst(sent)
      } else if Errno.current != .wouldBlock, Errno.current != .interrupted {
        throw Errno.current
      }
    }
  }

  /// Says that nothing more is coming, and keeps reading open.
  func finishSending() throws {
    guard shutdown(descriptor.rawValue, CInt(SHUT_WR)) == 0 else { throw Errno.current }
  }

  /// Reads what is there, at most `limit` bytes; `nil` at the end of the connection.
  func read(limit: Int = 65536) throws -> [UInt8]? {
    try wait(for: POLLIN)
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
    bytes.removeLast(limit - count)
    return bytes.isEmpty ? nil : bytes
  }

  /// Reads to the end of the connection.
  func readToEnd() throws -> (bytes: [UInt8], ending: StreamEnding) {
    var reply: [UInt8] = []
    do {
      while let bytes = try read() { reply += bytes }
      return (reply, .endOfFile)
    } catch Errno.connectionReset {
      return (reply, .reset)
    }
  }

  /// Closes the socket; a second call does nothing.
  func close() {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if wasOpen { try? descriptor.close() }
  }

  private func wait(for events: Int32) throws {
    var request = pollfd(fd: descriptor.rawValue, events: Int16(events), revents: 0)
    while true {
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { throw Errno.timedOut }
      // A minute at a time: poll counts in milliseconds that fill its argument within weeks.
      let ready = unsafe poll(&request, 1, CInt(min(left.rounded(.up), 60_000)))
      if ready > 0 { return }
      guard ready == 0 || Errno.current == .interrupted else { throw Errno.current }
    }
  }
}

extension sockaddr_in {
  /// `port` of 127.0.0.1.
  init(loopbackPort port: UInt16) {
    self.init()
    sin_family = sa_family_t(AF_INET)
    sin_port = port.bigEndian
    sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  }
}

extension Errno {
  /// The error of the system call that has just failed.
  static var current: Errno { Errno(rawValue: errno) }
}

extension HarnessSocket {
  /// The process that listens at the other end of an AF_UNIX connection.
  var peerIdentity: PeerIdentity {
    get throws {
      // Linux's struct ucred, which Glibc's module leaves out: pid, uid, gid.
      var credentials: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
      var length = socklen_t(MemoryLayout.size(ofValue: credentials))
      guard unsafe getsockopt(rawValue, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else {
        throw Errno.current
      }
      return PeerIdentity(
        pid: credentials.pid, userID: credentials.uid, groupID: credentials.gid)
    }
  }
}
