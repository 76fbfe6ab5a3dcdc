// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SystemPackage
internal import SystemSupport

/// The daemon's PID file: its process id, its command line, and a lock for as long as it lives.
struct LockedPIDFile: ~Copyable {
  private let path: [UInt8]
  private let descriptor: Int32

  /// Opens the file, or makes an empty one, and locks it (`flock`, as sendmail does on Linux). As
  /// sendmail it follows no link and takes only a regular file with one name.
  ///
  /// - Throws: ``DaemonError`` with `unsafePIDFile`, `pidFileLocked`, or `system` when the file cannot be
  ///   opened.
  init(locking path: [UInt8]) throws(DaemonError) {
    let descriptor = unsafe open(
      path.cString, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      let isUnsafe = [ELOOP, EISDIR, ENXIO].contains(errno)
      throw DaemonError(
        isUnsafe ? .unsafePIDFile : .system, systemCall: "open", errno: errno, path: path)
    }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_nlink == 1
    else {
      SystemCalls.release(descriptor)
      throw DaemonError(.unsafePIDFile, path: FilePath(bytes: path))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error = DaemonError(
        errno == EWOULDBLOCK ? .pidFileLocked : .system, systemCall: "flock", errno: errno,
        path: path)
      SystemCalls.release(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
  }

  /// Writes the process id and the command line, in the place of what the file held.
  ///
  /// - Throws: ``DaemonError``.
  borrowing func write(processID: Int32, commandLine: [String]) throws(DaemonError) {
    guard ftruncate(descriptor, 0) == 0 else {
      throw DaemonError(.system, systemCall: "ftruncate", errno: errno, path: path)
    }
    let text = Array("\(processID)\n\(commandLine.joined(separator: " "))\n".utf8)
    guard unsafe Glibc.write(descriptor, text, text.count) == text.count else {
      throw DaemonError(.system, systemCall: "write", errno: errno, path: path)
    }
  }

  /// Gives the file up before the daemon has started: one that was made for it does not stay.
  consuming func abandon() {
    var facts = stat()
    if unsafe fstat(descriptor, &facts) == 0, facts.st_size == 0 { try? Files.remove(path) }
  }

  /// Removes the file, as sendmail does when it ends in good order.
  consuming func remove() {
    try? Files.remove(path)
  }

  /// Gives up the lock. The file stays, as after a crash.
  deinit {
    // A program that is just being started may hold a copy of the descriptor, and the lock with it.
    flock(descriptor, LOCK_UN)
    SystemCalls.release(descriptor)
  }
}
