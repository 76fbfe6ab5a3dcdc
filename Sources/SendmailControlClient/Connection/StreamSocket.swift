// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// A stream socket of the AF_UNIX or AF_INET family, closed when it goes out of scope.
///
/// The calls are the C functions of the same names; each throws the `errno` it failed with. None is
/// repeated after a signal (`EINTR`): the caller decides whether to go on.
struct StreamSocket: ~Copyable {
  let descriptor: CInt

  /// `socket(2)`.
  init(family: CInt) throws(Errno) {
    descriptor = Glibc.socket(family, CInt(SOCK_STREAM.rawValue) | CloseOnExec.socketFlag, 0)
    if descriptor < 0 { throw Errno(rawValue: errno) }
  }

  deinit { Glibc.close(descriptor) }

  /// `connect(2)` to the socket file at `path`.
  func connect(to path: [UInt8]) throws(Errno) {
    let result = unsafe UnixAddress.with(path) { unsafe Glibc.connect(descriptor, $0, $1) }
    if result < 0 { throw Errno(rawValue: errno) }
  }

  /// `connect(2)` to an IPv4 or IPv6 address in figures; a host that is none is `EINVAL`.
  func connect(to host: String, port: UInt16) throws(Errno) {
    let result: CInt
    if host.utf8.contains(ASCII.colon) {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      guard unsafe inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else {
        throw .invalidArgument
      }
      result = unsafe withUnsafeBytes(of: &address) { unsafe connect(toAddress: $0) }
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw .invalidArgument }
      result = unsafe withUnsafeBytes(of: &address) { unsafe connect(toAddress: $0) }
    }
    if result < 0 { throw Errno(rawValue: errno) }
  }

  private func connect(toAddress bytes: UnsafeRawBufferPointer) -> CInt {
    unsafe Glibc.connect(
      descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
      socklen_t(bytes.count))
  }

  /// `fstat(2)`: the inode by which the kernel lists this end.
  var inode: UInt32? {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 ? UInt32(truncatingIfNeeded: facts.st_ino) : nil
  }

  /// `fcntl(2)`: from here on no call on this socket blocks.
  func setNonBlocking() {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// `send(2)` without SIGPIPE. Returns how many bytes were taken.
  func send(_ bytes: ArraySlice<UInt8>) throws(Errno) -> Int {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_NOSIGNAL))
    }
    if count < 0 { throw Errno(rawValue: errno) }
    return count
  }

  /// `recv(2)` into `buffer`. Returns how many bytes came; 0 at the end.
  func receive(into buffer: inout [UInt8]) throws(Errno) -> Int {
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe Glibc.recv(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    if count < 0 { throw Errno(rawValue: errno) }
    return count
  }

  /// `getsockopt(2)` with `SO_PEERCRED`: who listens at the other end, or `nil` when the kernel
  /// cannot name a process of this pid namespace.
  func peerCredentials() -> PeerCredentials? {
    // `struct ucred` is pid, uid and gid; the C library's module does not show it to Swift.
    var credentials: [UInt32] = [0, 0, 0]
    var size = socklen_t(credentials.count * MemoryLayout<UInt32>.size)
    let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
    let processID = Int32(bitPattern: credentials[0])
    guard result == 0, processID > 0 else { return nil }
    return PeerCredentials(
      processID: processID, userID: credentials[1], groupID: credentials[2])
  }

  /// `getsockopt(2)` with `SO_ERROR`: how a connect that did not block ended.
  func pendingError() -> Errno? {
    var value: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &size)
    if result < 0 { return Errno(rawValue: errno) }
    return value == 0 ? nil : Errno(rawValue: value)
  }
}

/// Flags that keep a descriptor from a program we start.
enum CloseOnExec {
  /// For `socket(2)`.
  static let socketFlag = CInt(SOCK_CLOEXEC.rawValue)
}
