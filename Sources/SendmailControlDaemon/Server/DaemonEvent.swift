// SPDX-License-Identifier: GPL-3.0-or-later

public import SendmailControl

/// Something that has happened to the daemon.
public enum DaemonEvent: Sendable, Equatable {
  /// The socket is there and takes connections.
  case listening
  /// A connection was accepted. Connections are numbered from 1.
  case accepted(connection: Int)
  /// A request was read.
  case request(ReceivedRequest)
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

  /// Why a daemon has ended.
  public enum StopReason: Sendable, Equatable {
    /// The command `shutdown`.
    case command
    /// A call of ``ControlDaemon/shutdown()``.
    case call
    /// A call of ``ControlDaemon/crash()``.
    case crash
    /// A restart that did not get as far as to start again.
    case failedRestart
  }
}

/// A request as the daemon has read it.
public struct ReceivedRequest: Sendable, Equatable {
  /// The number of the connection it came over.
  public let connection: Int
  /// The bytes read, the line feed included if there was one.
  public let bytes: [UInt8]
  /// The request that the bytes make.
  public let line: RequestLine
  /// The reply that was decided on, before any fault took hold of it; `nil` for a heap report, which
  /// is made while it is sent.
  public let reply: [UInt8]?

  /// The first word of the request.
  public var word: [UInt8] { line.word }
}
