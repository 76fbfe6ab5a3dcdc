// SPDX-License-Identifier: Apache-2.0

public import SystemPackage
internal import SystemSupport

/// The reason why a sendmail.cf could not be read. sendmail itself then exits with 72.
public struct ConfigurationReadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  @nonexhaustive public enum Code: Sendable, Equatable {
    /// The file could not be opened.
    case cannotOpen
    /// It is a directory, a device, a FIFO or a socket.
    case notPlainFile
    /// It could not be read to its end.
    case cannotRead
  }

  /// The kind of failure.
  public let code: Code
  /// The system call that failed; `nil` when none did.
  public let systemCall: String?
  /// The call's error; `nil` when none failed.
  public let errno: Errno?
  /// The file.
  public let path: FilePath

  /// An error of this kind.
  public init(_ code: Code, systemCall: String? = nil, errno: Errno? = nil, path: FilePath) {
    self.code = code
    self.systemCall = systemCall
    self.errno = errno
    self.path = path
  }

  /// The message that sendmail prints for such a file, such as `/etc/mail/sendmail.cf: cannot open: No such
  /// file or directory`, without its `line 0`.
  public var description: String {
    let words =
      switch code {
      case .cannotOpen: "cannot open"
      case .notPlainFile: "not a plain file"
      case .cannotRead: "I/O read error"
      }
    return "\(path.escaped): \(words)" + (errno.map { ": \($0)" } ?? "")
  }

  /// The advice of smcontrol, which names its options.
  package var advice: String {
    switch (code, errno) {
    case (_, Errno.noSuchFileOrDirectory?): "use -C FILE for another one"
    case (_, Errno.permissionDenied?): "run as root or as a user who may read it"
    case (.notPlainFile, _): "use -C FILE for another one"
    default: "check the file and its file system"
    }
  }
}
