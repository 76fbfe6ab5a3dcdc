// SPDX-License-Identifier: GPL-3.0-or-later

/// What was seen of the daemon without a connection to it.
public struct DaemonSight: Sendable, Equatable {
  /// A process that holds the listening socket.
  public struct Holder: Sendable, Equatable {
    /// The process id.
    public let pid: Int32
    /// Its effective user id; `nil` when it may not be seen.
    public let user: UInt32?
    /// The path of its program; `nil` when it may not be seen.
    public let program: [UInt8]?

    /// A process.
    public init(pid: Int32, user: UInt32?, program: [UInt8]?) {
      self.pid = pid
      self.user = user
      self.program = program
    }
  }

  /// Who listens on the socket.
  public enum Listener: Sendable, Equatable {
    /// Nobody.
    case nobody
    /// These processes hold it open.
    case holders([Holder])
    /// Somebody listens, or that is not known; why it cannot be said who.
    case notSeen(String)
  }

  /// A command line.
  public struct CommandLine: Sendable, Equatable {
    /// The process it belongs to.
    public let pid: Int32
    /// Where it was read, for a message: `PID file /run/sendmail.pid`, `process table`.
    public let origin: String
    /// Its arguments without the program's name.
    public let arguments: [[UInt8]]
    /// Whether it is certain that the process is the configuration's own daemon. Of another process
    /// that is judged by the configuration file that its command line names.
    public let isOwn: Bool

    /// A command line.
    public init(pid: Int32, origin: String, arguments: [[UInt8]], isOwn: Bool) {
      self.pid = pid
      self.origin = origin
      self.arguments = arguments
      self.isOwn = isOwn
    }
  }

  /// Who listens on the socket.
  public var listener: Listener
  /// The daemon's process, when the PID file names one that lives.
  public var daemon: Int32?
  /// The daemon's real user id; `nil` when no daemon was seen.
  public var realUser: UInt32?
  /// The command lines of daemons.
  public var commandLines: [CommandLine]
  /// The paths that could not be checked.
  public var unchecked: [Unchecked]

  /// What was seen.
  public init(
    listener: Listener = .nobody, daemon: Int32? = nil, realUser: UInt32? = nil,
    commandLines: [CommandLine] = [], unchecked: [Unchecked] = []
  ) {
    self.listener = listener
    self.daemon = daemon
    self.realUser = realUser
    self.commandLines = commandLines
    self.unchecked = unchecked
  }
}
