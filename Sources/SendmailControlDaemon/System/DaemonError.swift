// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

/// Why the daemon cannot open its control socket, or do without something it was told to have.
public struct DaemonError: Error, Sendable, Equatable {
  /// What went wrong.
  public enum Code: Sendable, Equatable {
    /// sendmail's rules refuse the path of the socket.
    case unsafePath(PathVerdict)
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
  }

  /// What went wrong.
  public let code: Code
  /// The system call that failed, or an empty string.
  public let systemCall: String
  /// Its `errno`, or 0.
  public let errno: Int32
  /// The file concerned.
  public let path: [UInt8]

  /// An error about `path`.
  public init(_ code: Code, systemCall: String = "", errno: Int32 = 0, path: [UInt8]) {
    self.code = code
    self.systemCall = systemCall
    self.errno = errno
    self.path = path
  }
}

extension DaemonError: CustomStringConvertible {
  /// What happened, what was expected, and what to do about it. Bytes of the path that are no
  /// printable ASCII are shown as sendmail's log shows them: `\ooo`.
  public var description: String {
    switch code {
    case .unsafePath(let verdict):
      let place = Self.printable(verdict.refusal?.path ?? path)
      return "could not open control socket \(Self.printable(path)): \(reason) (at \(place)); "
        + Self.advice(verdict.refusal?.rule)
    case .noPath:
      return "no path for the control socket: expected a file name of 1 to "
        + "\(ControlLimits.longestSocketPath) bytes"
    case .notASocket:
      return "\(Self.printable(path)) is not a socket and is left alone; "
        + "remove it or choose another path for the control socket"
    case .unsafePIDFile:
      return "\(Self.printable(path)) is not a regular file with one name; choose another PID file"
    case .pidFileLocked:
      return
        "\(Self.printable(path)) is locked by another daemon; stop it or choose another PID file"
    case .system:
      let advice = [EMFILE, ENFILE].contains(errno) ? "; raise the limit on open files" : ""
      let place = path.isEmpty ? "" : " for \(Self.printable(path))"
      return "\(systemCall) failed\(place): \(reason)\(advice)"
    }
  }

  /// What to do about a broken rule.
  private static func advice(_ rule: PathRule?) -> String {
    switch rule {
    case .worldWritableDirectory, .groupWritableDirectory:
      "choose a directory that nobody but its owner can write to, or relax the check"
    case .symbolicLink, .hardLink, .executable, .foreignOwner, .fileNotWritable:
      "remove what is there if it is of no use, or choose another path"
    case .directoryNotWritable, .notPermitted:
      "choose a directory that belongs to the user of the daemon"
    case .nameTooLong: "choose a path of at most \(ControlLimits.longestSocketPath) bytes"
    case .missing, .notADirectory, .tooManyLinks, .systemError, nil:
      "see to it that the directory is there"
    }
  }

  /// The reason alone, in the words of sendmail's log line `daemon could not open control socket`.
  public var reason: String {
    if case .unsafePath(let verdict) = code, let rule = verdict.refusal?.rule {
      if let words = rule.reason { return words }
      if case .systemError(let errno) = rule { return Errno(rawValue: errno).description }
    }
    return errno == 0 ? "not possible" : Errno(rawValue: errno).description
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
