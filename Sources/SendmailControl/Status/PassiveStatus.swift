// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be seen of the daemon without a connection, which sendmail would count as a child: its
/// PID file, its socket file, and the process table. None of it is sendmail's own word.
public struct PassiveStatus: Sendable, Equatable {
  /// What the PID file says.
  public var pidFile: Sight<NoAnswer.PIDFileFacts>
  /// What is at the control socket's path.
  public var socketFile: Sight<SocketFacts>
  /// The daemon's process, or `nil` when it does not run or may not be seen.
  public var daemon: ObservedProcess?
  /// Its children, by process id.
  public var children: [ObservedProcess]

  /// What was seen.
  public init(
    pidFile: Sight<NoAnswer.PIDFileFacts>, socketFile: Sight<SocketFacts>,
    daemon: ObservedProcess?, children: [ObservedProcess]
  ) {
    self.pidFile = pidFile
    self.socketFile = socketFile
    self.daemon = daemon
    self.children = children
  }

  /// A thing that was looked at, or why it could not be.
  public enum Sight<Facts: Sendable & Equatable>: Sendable, Equatable {
    /// It is there.
    case seen(Facts)
    /// It is not there, or cannot be seen: the path and the reason.
    case unseen(path: [UInt8], reason: String)
  }

  /// What is at the control socket's path.
  public struct SocketFacts: Sendable, Equatable {
    /// The path.
    public var path: [UInt8]
    /// Whether it is a socket at all.
    public var isSocket: Bool
    /// Owner, group and mode.
    public var file: NoAnswer.FileFacts
    /// Whether somebody listens there; `nil` when the system does not tell.
    public var hasListener: Bool?
    /// How many connections wait to be accepted there; `nil` when the system does not tell.
    public var waiting: Int?

    /// What is at the path.
    public init(
      path: [UInt8], isSocket: Bool, file: NoAnswer.FileFacts, hasListener: Bool? = nil,
      waiting: Int? = nil
    ) {
      self.path = path
      self.isSocket = isSocket
      self.file = file
      self.hasListener = hasListener
      self.waiting = waiting
    }
  }

  /// A process as the process table shows it.
  public struct ObservedProcess: Sendable, Equatable {
    /// The process id.
    public var pid: Int32
    /// The title, without the `sendmail: ` that sendmail puts before its own words.
    public var title: [UInt8]

    /// A process whose title in the process table is `title`.
    public init(pid: Int32, title: [UInt8]) {
      self.pid = pid
      self.title =
        SendmailProcess.isTitle(title)
        ? Array(title.dropFirst(SendmailProcess.titlePrefix.count)) : title
    }
  }

  /// Whether a daemon lives, as far as can be seen.
  public var isAlive: Bool {
    if case .seen(let file) = pidFile, file.isAlive { return true }
    return daemon != nil
  }
}
