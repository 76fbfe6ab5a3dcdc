// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// The daemon's PID file: its process id, its command line, and a lock for as long as it lives.
struct PIDFile: ~Copyable {
  private let path: [UInt8]
  private let descriptor: Int32

  /// Writes the file, or writes it anew, and locks it (`flock`, as sendmail does on Linux).
  ///
  /// - Throws: ``DaemonError`` with `pidFileLocked`, or `system` when the file cannot be written.
  init(path: [UInt8], processID: Int32, commandLine: [String]) throws(DaemonError) {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let descriptor = unsafe open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw DaemonError(.system, systemCall: "open", errno: errno, path: path)
    }
    func fail(_ code: DaemonError.Code, _ call: String) -> DaemonError {
      let error = DaemonError(code, systemCall: call, errno: errno, path: path)
      SystemCalls.release(descriptor)
      return error
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw fail(errno == EWOULDBLOCK ? .pidFileLocked : .system, "flock")
    }
    guard ftruncate(descriptor, 0) == 0 else { throw fail(.system, "ftruncate") }
    let text = Array("\(processID)\n\(commandLine.joined(separator: " "))\n".utf8)
    guard unsafe write(descriptor, text, text.count) == text.count else {
      throw fail(.system, "write")
    }
    self.path = path
    self.descriptor = descriptor
  }

  /// Removes the file, as sendmail does when it ends in good order.
  consuming func remove() {
    _ = SystemCalls.remove(path)
  }

  /// Gives up the lock. The file stays, as after a crash.
  deinit {
    // A program that is just being started may hold a copy of the descriptor, and the lock with it.
    flock(descriptor, LOCK_UN)
    SystemCalls.release(descriptor)
  }
}
