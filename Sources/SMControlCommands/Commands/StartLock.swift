// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The lock that lets one `start` at a time run for a configuration, from the search for a daemon until the new
/// one shows.
///
/// It is on the configuration file itself (`flock(2)`): this file is there for every daemon, no one else locks
/// it, and a lock ends with its process, so that none is left over. sendmail does not inherit it.
struct StartLock {
  private let file: FileDescriptor

  /// Waits for the lock as long as an exchange may take.
  ///
  /// - Returns: `nil` where the file system has no locks.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/temporaryFailure`` or ``ExitStatus/interrupted``.
  init?(for target: Target) throws(CommandFailure) {
    let path = target.choice.file
    guard
      let file = try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    else { return nil }
    self.file = file
    let deadline = Deadline(after: target.timeout)
    while flock(file.rawValue, LOCK_EX | LOCK_NB) < 0 {
      let error = Errno(rawValue: errno)
      guard error == .wouldBlock || error == .interrupted else {
        release()
        return nil
      }
      let pause = try? Readiness.pause(
        .milliseconds(20), until: deadline, interruption: target.context.interruption)
      switch pause {
      case .ready?: continue
      case .interrupted?:
        release()
        throw CommandFailure(.interrupted, "start: interrupted; nothing was started")
      case .deadlinePassed?, nil:
        let holder = FileLock.holder(at: path).map { "process \($0)" } ?? "a process"
        release()
        throw CommandFailure(
          .temporaryFailure,
          """
          start: \(holder) holds the lock on \(path.escaped): another start is under way; nothing was \
          started
          """)
      }
    }
  }

  /// Gives the lock back.
  func release() {
    try? file.close()
  }
}
