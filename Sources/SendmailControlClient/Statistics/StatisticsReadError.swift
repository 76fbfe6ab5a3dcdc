// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
package import SystemPackage
internal import SystemSupport

/// The reason why there are no statistics of a configuration.
package struct StatisticsReadError: Error, Sendable, Equatable {
  /// The kinds of failure.
  package enum Code: Sendable, Equatable {
    /// The configuration names no statistics file.
    case notSet
    /// The file is not there: sendmail counts in one that is there, and never makes it.
    case missing
    /// This user may not read it.
    case notPermitted
    /// It is a directory, a device, a FIFO or a socket.
    case notRegularFile
    /// It could not be opened or read.
    case cannotRead
    /// It does not hold statistics of this version of sendmail.
    case malformed(StatisticsFormatError)
  }

  /// The kind of failure.
  package let code: Code
  /// The statistics file, or the configuration file where that names none.
  package let path: FilePath
  /// The system call that failed; empty when none did.
  package let call: String
  /// Its error.
  package let errno: Errno?
  /// True if the configuration is the mail submission program's.
  private let isOfMSP: Bool

  /// A failure of this kind.
  init(
    _ code: Code, path: FilePath, call: String = "", errno: Errno? = nil, isOfMSP: Bool = false
  ) {
    self.code = code
    self.path = path
    self.call = call
    self.errno = errno
    self.isOfMSP = isOfMSP
  }

  /// The failure of `call` on the file at `path`.
  init(_ call: String, _ errno: Errno, path: FilePath, isOfMSP: Bool) {
    let code: Code =
      switch errno {
      case .noSuchFileOrDirectory, .notDirectory: .missing
      case .permissionDenied, .notPermitted: .notPermitted
      default: .cannotRead
      }
    self.init(code, path: path, call: call, errno: errno, isOfMSP: isOfMSP)
  }
}

extension StatisticsReadError {
  /// True if sendmail keeps no statistics.
  package var isOff: Bool { code == .notSet || code == .missing }
}

extension StatisticsReadError: CustomStringConvertible {
  /// The file, and what failed.
  package var description: String {
    switch code {
    case .notSet: "\(path.escaped): StatusFile is not set: sendmail keeps no statistics"
    case .notRegularFile: "\(path.escaped): not a regular file"
    case .malformed(let error): "\(path.escaped): \(error)"
    case .missing, .notPermitted, .cannotRead:
      "\(path.escaped): " + (errno.map { "\(call): \($0)" } ?? "cannot be read")
    }
  }

  /// The advice of smcontrol.
  package var advice: [String] {
    switch code {
    case .notSet:
      [
        """
        to have sendmail count, put define(`STATUS_FILE', `/var/lib/sendmail/sendmail.st')dnl into \
        sendmail.mc, which becomes O StatusFile=/var/lib/sendmail/sendmail.st in sendmail.cf, make \
        that file, empty and with mode 0640, and restart sendmail
        """
      ]
    case .missing:
      [
        """
        sendmail counts only in a file that is there: on Debian set \(debianSetting)="Yes" in \
        /etc/mail/sendmail.conf and run sendmailconfig; elsewhere make \(missing), empty and with \
        mode 0640
        """
      ]
    case .notPermitted: ["run as root\(readers), or allow this command line with sudo"]
    case .notRegularFile: ["sendmail counts in regular files only: correct StatusFile"]
    case .cannotRead: ["check the file and its file system"]
    case .malformed: ["mailstats(8) of the sendmail that wrote it shows it"]
    }
  }

  /// The things that are to be made: the file, and its directory where that is missing, too.
  private var missing: String {
    let directory = path.removingLastComponent()
    let isThere =
      directory.isEmpty || Files.lookup(directory.bytes, followsLinks: true) != .failed(.missing)
    return isThere ? "the file" : "the directory \(directory.escaped) and in it the file"
  }

  private var debianSetting: String { isOfMSP ? "MSP_MAILSTATS" : "DAEMON_MAILSTATS" }

  /// The group that may read the file, where one may, in words.
  private var readers: String {
    guard case .found(let facts) = Files.lookup(path.bytes), facts.mode & 0o040 != 0 else {
      return ""
    }
    return " or as a member of group \(LiveAccounts().groupName(facts.group))"
  }
}
