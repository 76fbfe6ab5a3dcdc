// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
package import SystemPackage
package import SystemSupport

extension LogSearch {
  /// The files that syslog daemons keep messages of the mail system in, and those before them.
  package static let files: [FilePath] = [
    "/var/log/mail.log", "/var/log/maillog", "/var/log/mail.log.1", "/var/log/syslog",
    "/var/log/messages",
  ]
  /// The most that is read of a file, from its end, in bytes.
  private static let limit = 4 * 1024 * 1024

  /// Searches `files` for the message of the process `pid`; `nil` when the time did not suffice.
  ///
  /// `deadline` is the end of the time for the search. `interruption` ends it early.
  package init?(
    of pid: Int32, in files: [FilePath] = files, until deadline: Deadline,
    interruption: Interruption? = nil
  ) {
    func goesOn() -> Bool { !deadline.hasPassed && interruption?.hasHappened != true }
    var result = LogSearch.absent
    for file in files {
      do throws(Errno) {
        if let line = Self.line(of: pid, in: try Self.end(of: file, while: goesOn)) {
          self = .found(line: line, file: file.bytes)
          return
        }
      } catch {
        switch error {
        case .noSuchFileOrDirectory: continue
        case .canceled: return nil
        default:
          if result == .absent { result = .unreadable(file: file.bytes, reason: "\(error)") }
        }
      }
    }
    self = result
  }

  /// Returns the last bytes of `file`.
  ///
  /// - Throws: the `errno` of `open`, `lseek` or `read`.
  private static func end(
    of file: FilePath, while goesOn: () -> Bool
  ) throws(Errno) -> [UInt8] {
    try Errno.rethrowing {
      // Without waiting: a FIFO has no end.
      let descriptor = try FileDescriptor.open(
        file, .readOnly, options: [.closeOnExec, .nonBlocking])
      return try descriptor.closeAfter {
        let size = try descriptor.seek(offset: 0, from: .end)
        try descriptor.seek(offset: max(0, size - Int64(limit)), from: .start)
        // What is written meanwhile is read, too, up to a limit.
        return try descriptor.contents(atMost: 2 * limit, while: goesOn)
      }
    }
  }
}
