// SPDX-License-Identifier: Apache-2.0

public import SendmailControl
public import SystemPackage
internal import SystemSupport

/// The one error of the client: of finding the socket, of the exchange, and of the reply.
public struct ControlError: Error, Sendable, Hashable {
  /// The kinds of failure. Kinds may be added: a switch needs a default.
  @nonexhaustive public enum Code: Sendable, Hashable {
    /// The configuration file cannot be read.
    case noConfiguration
    /// The configuration file sets no control socket.
    case noSocketConfigured
    /// The path is longer than a socket address holds.
    case pathTooLong
    /// There is nothing at the path, or a directory on the way to it is missing.
    case noSuchSocket
    /// The file at the path is no socket that takes connections of this kind, or the path leads nowhere.
    case notASocket
    /// There is a socket file, but no process listens on it.
    case noListener
    /// This user may not connect.
    case noPermission
    /// The listen queue stayed full until the deadline: the daemon is not accepting.
    case listenQueueFull
    /// The reply did not end before the deadline.
    case deadlinePassed
    /// The connection was reset in the middle of the reply.
    case connectionBroken
    /// The reply is longer than is held in memory.
    case replyTooLong
    /// The task was cancelled.
    case cancelled
    /// The reply was not understood; ``ControlError/reply`` says why.
    case badReply
    /// The daemon refused the command.
    case refused
    /// The daemon acknowledged the command and ended instead, or did not carry it out in time.
    case notCarriedOut
    /// The system refused a call that should succeed.
    case system
  }

  /// The meaning of a failure for a monitor. Meanings may be added: a switch needs a default.
  @nonexhaustive public enum Meaning: Sendable, Hashable {
    /// No daemon listens.
    case down
    /// A daemon listens and does not answer.
    case hanging
    /// This user may not ask.
    case notAllowed
    /// No control socket is configured, or its path cannot be one.
    case notConfigured
    /// The connection or the reply broke off, or was not understood.
    case broken
    /// The daemon answered and did not do what it was asked to.
    case refused
    /// The task was cancelled.
    case cancelled
    /// The system refused a call that should succeed.
    case system
  }

  /// The kind of failure.
  public let code: Code
  /// The system call that failed, such as `connect`; empty when none did.
  public let call: String
  /// The call's error, or `nil` when none failed.
  public let errno: Errno?
  /// The path of the socket, or of the configuration file that should name it.
  public let path: FilePath
  /// The number of bytes of the reply that were received.
  public let received: Int
  /// True if the request was sent, in part at least: the daemon may carry it out all the same.
  public let requestWasSent: Bool
  /// The reason why the reply was not understood, with `badReply` and `refused`.
  public let reply: ReplyError?

  /// An error of this kind.
  public init(
    _ code: Code, call: String = "", errno: Errno? = nil, path: FilePath, received: Int = 0,
    requestWasSent: Bool = false, reply: ReplyError? = nil
  ) {
    self.code = code
    self.call = call
    self.errno = errno
    self.path = path
    self.received = received
    self.requestWasSent = requestWasSent || received > 0
    self.reply = reply
  }

  /// The meaning of the failure.
  public var meaning: Meaning {
    switch code {
    case .noSuchSocket, .noListener: .down
    case .listenQueueFull, .deadlinePassed: .hanging
    case .noPermission: .notAllowed
    case .noConfiguration:
      errno == .permissionDenied || errno == .notPermitted ? .notAllowed : .notConfigured
    case .noSocketConfigured, .pathTooLong, .notASocket: .notConfigured
    case .connectionBroken, .replyTooLong, .badReply: .broken
    case .refused, .notCarriedOut: .refused
    case .cancelled: .cancelled
    case .system: .system
    }
  }

  /// The error for a `connect(2)` to `path` that failed with `errno`.
  ///
  /// `isSocket` is true if a socket is known to be there: `connect` answers `ECONNREFUSED` for an
  /// ordinary file just as for a socket without a listener.
  init(connectFailedWith errno: Errno, path: FilePath, isSocket: Bool?) {
    let code: Code =
      switch errno {
      case .noSuchFileOrDirectory: .noSuchSocket
      case .notDirectory, .tooManySymbolicLinkLevels: .notASocket
      case .connectionRefused: isSocket == false ? .notASocket : .noListener
      case .notSocket, .protocolWrongTypeForSocket: .notASocket
      case .permissionDenied, .notPermitted: .noPermission
      case .resourceTemporarilyUnavailable: .listenQueueFull
      default: .system
      }
    self.init(code, call: "connect", errno: errno, path: path)
  }
}

extension ControlError: CustomStringConvertible {
  /// The failure and its path, in one line; control characters in the path are escaped.
  public var description: String {
    let name = path.escaped
    let reason = errno.map { ": \(call): \($0)" } ?? ""
    return switch code {
    case .noConfiguration: "\(name): cannot be read\(reason)"
    case .noSocketConfigured: "\(name): ControlSocketName is not set"
    case .pathTooLong:
      """
      \(name): a socket's path holds at most \(ControlLimits.longestSocketPath) bytes, \
      this one has \(path.bytes.count)
      """
    case .noSuchSocket: "\(name): no such socket\(reason)"
    case .notASocket where errno == .notDirectory || errno == .tooManySymbolicLinkLevels:
      "\(name): no socket can be there\(reason)"
    case .notASocket: "\(name): not a stream socket\(reason)"
    case .noListener: "\(name): no listener: left over from a daemon that has exited\(reason)"
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
    case .cancelled: "interrupted"
    case .badReply, .refused: "\(name): \(reply.map { "\($0)" } ?? "the daemon refused")"
    case .notCarriedOut: "\(name): the daemon acknowledged the command and did not carry it out"
    case .system: "\(name)\(reason)"
    }
  }
}
