// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
package import SystemPackage
internal import SystemSupport

/// The daemon's PID file: its process id, its command line, and its lock.
///
/// sendmail keeps the file open and locked (`flock`) as long as it runs, so that a file left
/// by a daemon that was killed can be distinguished from a running daemon's.
package struct PIDFile: Sendable, Equatable {
  /// The path of the file.
  package let path: FilePath
  /// The first line: the daemon's process id, or `nil` when the line holds none.
  package let processID: Int32?
  /// The second line: the command line the daemon was started with, joined by blanks.
  package let commandLine: [UInt8]
  /// True if some process holds the lock.
  package let isLocked: Bool
  /// The process that holds the lock, if the kernel tells and it runs.
  package let lockHolder: Int32?

  /// Reads the file at `path`.
  ///
  /// The lock is tried for and given back at once, which disturbs no one: sendmail takes it only
  /// when it starts.
  ///
  /// `triesLock` is true to find out about the lock; otherwise ``isLocked`` is false.
  ///
  /// - Throws: `Errno`, such as `noSuchFileOrDirectory` or `permissionDenied`.
  package init(at path: FilePath, triesLock: Bool = true) throws(Errno) {
    // Not blocking, in case there is a FIFO.
    let descriptor = try Errno.rethrowing {
      try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    }
    defer { try? descriptor.close() }
    isLocked =
      triesLock && flock(descriptor.rawValue, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK
    lockHolder = isLocked ? FileLock.holder(of: descriptor) : nil
    var lines = ReplyLines(try descriptor.readOnce(atMost: 4096)).makeIterator()
    self.path = path
    processID = lines.next().flatMap { Int32(String(decoding: $0, as: UTF8.self)) }
      .flatMap { $0 > 0 ? $0 : nil }
    commandLine = Array(lines.next() ?? [])
  }

  /// The PID file that the daemon `pid` holds open, wherever that is; `nil` when there is none, or this user may
  /// not see it.
  package static func held(by pid: Int32) -> PIDFile? {
    let directory = FilePath("/proc/\(pid)/fd")
    for name in (try? Directories.names(in: directory)) ?? [] {
      guard
        let target = try? Files.linkTarget(
          of: directory.appending(FilePath(bytes: name).components))
      else {
        continue
      }
      let path = FilePath(bytes: target)
      guard path.isAbsolute, let status = try? Stat(path), status.type == .regular,
        status.size <= longestFile, let file = try? PIDFile(at: path, triesLock: false),
        !file.commandLine.isEmpty,
        file.processID == pid || FileLock.holder(at: path) == pid
      else { continue }
      return file
    }
    return nil
  }

  /// The size of the largest file that is taken for a PID file.
  private static let longestFile = 4096
}
