// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
public import SystemPackage
internal import SystemSupport

/// The error of a daemon: it cannot start, or what was waited for did not come.
public struct DaemonError: Error, Sendable, Equatable {
  /// The kind of the error. Kinds may be added: a switch needs a default.
  @nonexhaustive public enum Code: Sendable, Hashable {
    /// sendmail's rules refuse the path of the socket.
    case unsafePath
    /// The path of the socket is empty.
    case noPath
    /// The file at the path of the socket is no socket, and is not replaced.
    case notASocket
    /// The PID file is a link, has several names, or is no regular file, which sendmail refuses.
    case unsafePIDFile
    /// Another process holds the lock of the PID file.
    case pidFileLocked
    /// The system refused a call.
    case system
    /// The event that was waited for did not come in time.
    case deadlinePassed
    /// The daemon has ended, so that what was waited for cannot come any more.
    case ended
    /// The task that waited was cancelled.
    case cancelled
  }

  /// The kind of the error.
  public let code: Code
  /// The system call that failed, if one did.
  public let systemCall: String?
  /// The `errno` of the system call.
  public let errno: Errno?
  /// The file concerned.
  public let path: FilePath?
  /// The verdict about the path of the socket, with ``Code/unsafePath``.
  package private(set) var verdict: PathVerdict?

  /// An error about `path`.
  public init(
    _ code: Code, systemCall: String? = nil, errno: Errno? = nil, path: FilePath? = nil
  ) {
    self.code = code
    self.systemCall = systemCall
    self.errno = errno
    self.path = path
  }

  /// An error of a system call about `path`, with `errno` as the C library has it.
  package init(_ code: Code, systemCall: String? = nil, errno: Int32, path: [UInt8]) {
    self.init(
      code, systemCall: systemCall, errno: Errno(rawValue: errno),
      path: path.isEmpty ? nil : FilePath(bytes: path))
  }

  /// An error about a path that `verdict` refuses.
  package init(unsafe verdict: PathVerdict, path: FilePath) {
    self.init(.unsafePath, path: path)
    self.verdict = verdict
  }
}

extension DaemonError: CustomStringConvertible {
  /// The failure, the expectation, and the remedy. Bytes of the path that are not printable ASCII are
  /// shown as sendmail's log shows them: `\ooo`.
  public var description: String {
    let name = Self.printable(path?.bytes ?? [])
    switch code {
    case .unsafePath:
      let place = (verdict?.refusal?.path).map(Self.printable) ?? name
      return "could not open control socket \(name): \(reason) (at \(place)); "
        + Self.advice(verdict?.refusal?.rule)
    case .noPath:
      return "no path for the control socket: expected a file name of 1 to "
        + "\(ControlLimits.longestSocketPath) bytes"
    case .notASocket:
      return "\(name) is not a socket and is left alone; "
        + "remove it or choose another path for the control socket"
    case .unsafePIDFile:
      return "\(name) is not a regular file with one name; choose another PID file"
    case .pidFileLocked:
      return "\(name) is locked by another daemon; stop it or choose another PID file"
    case .deadlinePassed: return "\(name): what was waited for did not come in time"
    case .ended: return "\(name): the daemon has ended; what was waited for cannot come"
    case .cancelled: return "\(name): the task that waited was cancelled"
    default:
      let isLimit = errno == .tooManyOpenFiles || errno == .tooManyOpenFilesInSystem
      return "\(systemCall ?? "a call") failed\(path == nil ? "" : " for \(name)"): \(reason)"
        + (isLimit ? "; raise the limit on open files" : "")
    }
  }

  /// Returns the remedy for a broken rule.
  private static func advice(_ rule: PathRule?) -> String {
    switch rule {
    case .worldWritableDirectory, .groupWritableDirectory:
      "choose a directory that only its owner can write to"
    case .symbolicLink, .hardLink, .executable, .foreignOwner, .fileNotWritable, .notARegularFile,
      .groupWritableFile, .worldWritableFile, .groupReadableFile, .worldReadableFile:
      "remove what is there if it is of no use, or choose another path"
    case .directoryNotWritable, .notPermitted:
      "choose a directory that belongs to the user of the daemon"
    case .nameTooLong: "choose a path of at most \(ControlLimits.longestSocketPath) bytes"
    case .missing, .notADirectory, .tooManyLinks, .systemError, nil:
      "make sure that the directory is there"
    }
  }

  /// The reason alone, in the words of sendmail's log line `daemon could not open control socket`.
  package var reason: String {
    if let rule = verdict?.refusal?.rule {
      if let words = rule.reason { return words }
      if case .systemError(let errno) = rule { return Errno(rawValue: errno).description }
    }
    return errno?.description ?? "not possible"
  }

  /// `bytes` for a message.
  static func printable(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      switch byte {
      case ASCII.tab: "\\t"
      case ASCII.lineFeed: "\\n"
      case ASCII.space..<ASCII.delete: String(UnicodeScalar(byte))
      default: "\\" + String(byte / 64) + String(byte / 8 % 8) + String(byte % 8)
      }
    }.joined()
  }
}
