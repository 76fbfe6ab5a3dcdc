// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
public import SystemPackage
internal import SystemSupport

/// Why an exchange on the control socket failed.
public struct ControlError: Error, Sendable, Equatable {
  /// What went wrong.
  public enum Code: Sendable, Equatable {
    /// The path is longer than a socket address holds.
    case pathTooLong
    /// There is nothing at the path, or a directory on the way to it is missing.
    case noSuchSocket
    /// There is something at the path, but it is no socket that takes connections of this kind.
    case notASocket
    /// There is a socket file, but no process listens on it.
    case nobodyListens
    /// This user may not connect.
    case noPermission
    /// The listen queue stayed full until the deadline: the daemon is not accepting.
    case listenQueueFull
    /// The daemon accepted, or would have, and the reply did not end before the deadline.
    case deadlinePassed
    /// The connection was reset in the middle of the reply.
    case connectionBroken
    /// The reply is longer than is held in memory.
    case replyTooLong
    /// A signal asked for the end.
    case interrupted
    /// The system refused something it should not.
    case system
  }

  /// What went wrong.
  public let code: Code
  /// The system call that failed, such as `connect`; empty when none did.
  public let call: String
  /// Its error, or `nil` when none failed.
  public let errno: Errno?
  /// The path of the socket.
  public let path: FilePath
  /// How many bytes of the reply had come.
  public let received: Int

  init(_ code: Code, call: String = "", errno: Errno? = nil, path: FilePath, received: Int = 0) {
    self.code = code
    self.call = call
    self.errno = errno
    self.path = path
    self.received = received
  }

  /// The error for a `connect(2)` to `path` that failed with `errno`.
  ///
  /// - Parameter isSocket: whether a socket is known to be there: `connect` answers `ECONNREFUSED`
  ///   for an ordinary file just as for a socket nobody listens on.
  init(connectFailedWith errno: Errno, path: FilePath, isSocket: Bool?) {
    let code: Code =
      switch errno {
      case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels: .noSuchSocket
      case .connectionRefused: isSocket == false ? .notASocket : .nobodyListens
      case .notSocket, .protocolWrongTypeForSocket: .notASocket
      case .permissionDenied, .notPermitted: .noPermission
      case .resourceTemporarilyUnavailable: .listenQueueFull
      default: .system
      }
    self.init(code, call: "connect", errno: errno, path: path)
  }
}

extension ControlError: CustomStringConvertible {
  /// What failed and on which path, in one line; control characters in the path are escaped.
  public var description: String {
    let name = path.harmlessText
    let reason = errno.map { ": \(call): \($0)" } ?? ""
    return switch code {
    case .pathTooLong:
      """
      \(name): a socket's path holds at most \(ControlLimits.longestSocketPath) bytes, \
      this one has \(path.bytes.count)
      """
    case .noSuchSocket: "\(name): no such socket\(reason)"
    case .notASocket: "\(name): not a stream socket\(reason)"
    case .nobodyListens: "\(name): no listener: left over from a daemon that has exited\(reason)"
    case .noPermission: "\(name): no permission to connect\(reason)"
    case .listenQueueFull:
      "\(name): listen queue full: the daemon is not accepting connections\(reason)"
    case .deadlinePassed:
      received == 0
        ? "\(name): the daemon listens but does not answer"
        : "\(name): the reply stopped after \(received) bytes"
    case .connectionBroken: "\(name): the connection broke after \(received) bytes\(reason)"
    case .replyTooLong:
      """
      \(name): the reply is longer than \(ControlLimits.longestHeldReply / 1_048_576) MiB, \
      the most that is held in memory
      """
    case .interrupted: "interrupted"
    case .system: "\(name)\(reason)"
    }
  }
}
