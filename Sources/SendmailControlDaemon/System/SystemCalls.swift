// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SystemSupport

/// The system calls of the daemon that SwiftNIO does not make for it. Each is tried again after
/// `EINTR` where that is right, and reports `errno` in a ``DaemonError``.
enum SystemCalls {
  /// The process id of this process.
  static var processID: Int32 { getpid() }

  /// A socket bound to `path`, not yet listening, with `mode` set on its file.
  static func boundSocket(_ path: [UInt8], mode: UInt32) throws(DaemonError) -> Int32 {
    let descriptor = newSocket()
    guard descriptor >= 0 else { throw failure("socket", path) }
    guard unsafe UnixAddress.with(path, { unsafe bind(descriptor, $0, $1) }) == 0 else {
      let error = failure("bind", path)
      release(descriptor)
      throw error
    }
    guard unsafe chmod(path.cString, mode) == 0 else {
      let error = failure("chmod", path)
      release(descriptor)
      try? Files.remove(path)
      throw error
    }
    return descriptor
  }

  /// Gives the file at `path` to `user`.
  static func changeOwner(_ path: [UInt8], to user: UInt32) throws(DaemonError) {
    guard unsafe chown(path.cString, user, gid_t.max) == 0 else {
      throw failure("chown", path)
    }
  }

  /// Checks that this process can open so many descriptors more, for the daemon at `path`.
  ///
  /// - Throws: ``DaemonError`` with `EMFILE` or `ENFILE` when it cannot.
  static func requireDescriptors(_ count: Int, path: [UInt8]) throws(DaemonError) {
    var descriptors: [Int32] = []
    defer { for descriptor in descriptors { release(descriptor) } }
    while descriptors.count < count {
      let descriptor = newSocket()
      guard descriptor >= 0 else { throw failure("socket", path) }
      descriptors.append(descriptor)
    }
  }

  /// `fcntl(2)` with `F_DUPFD_CLOEXEC`: another descriptor for the same socket.
  static func copy(_ descriptor: Int32) -> Int32 {
    fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
  }

  /// `shutdown(2)` and `close(2)`: no one can connect from now on, not even while a program that is
  /// just being started still holds a copy of the descriptor.
  static func stopListening(_ descriptor: Int32) {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
    release(descriptor)
  }

  /// Sets the length of the listen queue of a socket, and makes this process the one that
  /// `SO_PEERCRED` names. Also right for a socket that listens already.
  static func startListening(
    _ descriptor: Int32, path: [UInt8], backlog: Int
  ) throws(DaemonError) {
    guard listen(descriptor, Int32(backlog)) == 0 else { throw failure("listen", path) }
  }

  /// Connects to `path` without waiting until the listen queue takes no more, and returns the
  /// descriptors of the connections, which keep their places in the queue.
  ///
  /// - Throws: ``DaemonError`` when there are no descriptors for them.
  static func fillListenQueue(of path: [UInt8], most: Int) throws(DaemonError) -> [Int32] {
    var descriptors: [Int32] = []
    while descriptors.count < most {
      let descriptor = newSocket()
      guard descriptor >= 0 else {
        let error = failure("socket", path)
        for descriptor in descriptors { release(descriptor) }
        throw error
      }
      guard unsafe UnixAddress.with(path, { unsafe connect(descriptor, $0, $1) }) == 0 else {
        release(descriptor)
        break
      }
      descriptors.append(descriptor)
    }
    return descriptors
  }

  /// Closes `descriptor`. Never tried again: Linux has closed it even when it says `EINTR`.
  static func release(_ descriptor: Int32) {
    _ = close(descriptor)
  }

  /// Reads from a socket without waiting: the bytes, or `nil` when there are none now.
  ///
  /// `peeking` is true if the bytes stay unread.
  static func receive(_ descriptor: Int32, most: Int, peeking: Bool) -> [UInt8]? {
    guard most > 0 else { return nil }
    let flags = Int32(MSG_DONTWAIT) | (peeking ? Int32(MSG_PEEK) : 0)
    var count = -1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, used in
      repeat {
        count = unsafe recv(descriptor, buffer.baseAddress, most, flags)
      } while count < 0 && errno == EINTR
      used = max(0, count)
    }
    return count > 0 ? bytes : nil
  }

  /// A non-blocking Unix-domain stream socket, or a negative number.
  private static func newSocket() -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    return socket(AF_UNIX, type, 0)
  }

  private static func failure(_ call: String, _ path: [UInt8]) -> DaemonError {
    DaemonError(.system, systemCall: call, errno: errno, path: path)
  }
}
