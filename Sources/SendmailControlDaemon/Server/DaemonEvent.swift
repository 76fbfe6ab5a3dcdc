// SPDX-License-Identifier: Apache-2.0

public import SendmailControl

/// An event of a daemon. More kinds may come in later versions.
@nonexhaustive public enum DaemonEvent: Sendable, Equatable {
  /// The socket is there and accepts connections.
  case listening
  /// A connection was accepted. Connections are numbered from 1.
  case accepted(connection: Int)
  /// A request was read.
  case request(ControlDaemon.Request)
  /// `Timeout.control` has ended a connection.
  case timedOut(connection: Int)
  /// A connection is closed and its control child reaped.
  case closed(connection: Int)
  /// The daemon has closed and removed its socket, and is about to start again.
  case restarting
  /// The daemon goes on without a socket, as sendmail does when it cannot open one.
  case withoutSocket(DaemonError)
  /// The daemon has ended.
  case stopped(StopReason)

  /// The reason for which a daemon has ended.
  @nonexhaustive public enum StopReason: Sendable, Equatable {
    /// The command `shutdown`.
    case command
    /// A call of ``ControlDaemon/shutdown()``, or the release of the daemon.
    case call
    /// A call of ``ControlDaemon/crash()``.
    case crash
    /// A restart after which sendmail would not have come back.
    case failedRestart
  }
}

extension ControlDaemon {
  /// A request as the daemon has read it.
  public struct Request: Sendable, Equatable {
    /// The number of the connection over which it came.
    public let connection: Int
    /// The bytes read, the line feed included if there was one.
    public let bytes: [UInt8]
    /// The reply before any fault was applied to it; `nil` for a memory dump, which is made while it is
    /// sent.
    public let reply: [UInt8]?

    /// A request of these bytes.
    public init(connection: Int, bytes: [UInt8], reply: [UInt8]?) {
      self.connection = connection
      self.bytes = bytes
      self.reply = reply
    }

    /// The command that sendmail reads in it; `nil` when it is none of sendmail's.
    public var command: ControlCommand? { line.command }
    /// The request that the bytes make.
    package var line: RequestLine { RequestLine(bytes) }
    /// The first word of the request.
    package var word: [UInt8] { line.word }
  }
}
