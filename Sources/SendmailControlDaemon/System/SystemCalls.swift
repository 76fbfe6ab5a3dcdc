// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl

/// The system calls of the daemon that SwiftNIO does not make for it. Each is tried again after
/// `EINTR` where that is right, and reports `errno` in a ``DaemonError``.
enum SystemCalls {
  /// `strerror` of `errno`.
  static func text(ofError errno: Int32) -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
  }

  /// The process id of this process.
  static var processID: Int32 { getpid() }

  /// The effective user and group id of this process and its other groups.
  static var identity: (user: UInt32, group: UInt32, groups: Set<UInt32>) {
    var groups = [gid_t](repeating: 0, count: 65536)
    let count = unsafe getgroups(Int32(groups.count), &groups)
    return (geteuid(), getegid(), Set(groups.prefix(Int(max(0, count)))))
  }

  // MARK: Paths

  /// What `lstat` and `readlink` say of `path`.
  static func lookup(_ path: [UInt8]) -> PathLookup {
    var status = stat()
    let result = unsafe path.withCString { unsafe lstat($0, &status) }
    guard result == 0 else { return .failed(rule(for: errno)) }
    let mode = status.st_mode
    let kind: FileFacts.Kind
    switch mode & S_IFMT {
    case S_IFDIR: kind = .directory
    case S_IFREG: kind = .regular
    case S_IFSOCK: kind = .socket
    case S_IFIFO: kind = .fifo
    case S_IFCHR, S_IFBLK: kind = .device
    case S_IFLNK:
      guard let target = linkTarget(path) else { return .failed(rule(for: errno)) }
      kind = .symbolicLink(target: target)
    default: kind = .other
    }
    return .found(
      FileFacts(
        kind: kind, mode: UInt16(truncatingIfNeeded: mode & 0o7777), owner: status.st_uid,
        group: status.st_gid, linkCount: Int(status.st_nlink)))
  }

  private static func linkTarget(_ path: [UInt8]) -> [UInt8]? {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe path.withCString { path in
      unsafe target.withUnsafeMutableBytes { buffer in
        unsafe buffer.withMemoryRebound(to: CChar.self) { text in
          unsafe text.baseAddress.map { unsafe readlink(path, $0, text.count) } ?? -1
        }
      }
    }
    return length < 0 ? nil : Array(target.prefix(length))
  }

  private static func rule(for errno: Int32) -> PathRule {
    switch errno {
    case ENOENT: .missing
    case ENOTDIR: .notADirectory
    case ELOOP: .tooManyLinks
    case EACCES: .notPermitted
    case ENAMETOOLONG: .nameTooLong
    default: .systemError(errno)
    }
  }

  /// Removes the file at `path` and returns `errno`, 0 when it went well.
  static func remove(_ path: [UInt8]) -> Int32 {
    unsafe path.withCString { unsafe unlink($0) } == 0 ? 0 : errno
  }

  // MARK: Sockets

  /// A socket bound to `path`, not yet listening, with `mode` set on its file.
  static func boundSocket(_ path: [UInt8], mode: UInt32) throws(DaemonError) -> Int32 {
    guard path.count <= ControlLimits.longestSocketPath else {
      throw DaemonError(.system, systemCall: "bind", errno: ENAMETOOLONG, path: path)
    }
    let descriptor = newSocket()
    guard descriptor >= 0 else { throw failure("socket", path) }
    guard unsafe withAddress(path, { unsafe bind(descriptor, $0, $1) }) == 0 else {
      let error = failure("bind", path)
      release(descriptor)
      throw error
    }
    guard unsafe path.withCString({ unsafe chmod($0, mode) }) == 0 else {
      let error = failure("chmod", path)
      release(descriptor)
      _ = remove(path)
      throw error
    }
    return descriptor
  }

  /// Gives the file at `path` to `user`.
  static func changeOwner(_ path: [UInt8], to user: UInt32) throws(DaemonError) {
    guard unsafe path.withCString({ unsafe chown($0, user, gid_t.max) }) == 0 else {
      throw failure("chown", path)
    }
  }

  /// `fcntl(2)` with `F_DUPFD_CLOEXEC`: another descriptor for the same socket.
  static func copy(_ descriptor: Int32) -> Int32 {
    fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
  }

  /// `shutdown(2)` and `close(2)`: nobody can connect from now on, not even while a program that is
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
  static func fillListenQueue(of path: [UInt8], most: Int) -> [Int32] {
    var descriptors: [Int32] = []
    while descriptors.count < most {
      let descriptor = newSocket()
      guard descriptor >= 0 else { break }
      guard unsafe withAddress(path, { unsafe connect(descriptor, $0, $1) }) == 0 else {
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
  /// - Parameter peeking: whether the bytes stay unread.
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
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    #else
      let type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC
    #endif
    return socket(AF_UNIX, type, 0)
  }

  /// Calls `body` with the socket address of `path`, which must fit.
  private static func withAddress(
    _ path: [UInt8], _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
      unsafe place.copyBytes(from: path.prefix(place.count - 1))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    return unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, size) }
    }
  }

  private static func failure(_ call: String, _ path: [UInt8]) -> DaemonError {
    DaemonError(.system, systemCall: call, errno: errno, path: path)
  }
}

extension [UInt8] {
  /// Calls `body` with these bytes and a NUL after them.
  fileprivate func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe body(map { CChar(bitPattern: $0) } + [0])
  }
}
