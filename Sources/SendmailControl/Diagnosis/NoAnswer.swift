// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the daemon did not answer, and what can be seen of it without its answer.
public struct NoAnswer: Sendable, Equatable {
  /// What stands in the way.
  public var cause: Cause
  /// The socket's path, or empty when none is configured.
  public var socket: [UInt8]
  /// What the PID file says, or `nil` when there is none to be read.
  public var pidFile: PIDFileFacts?
  /// How many connections wait at the socket to be accepted; `nil` when the system does not tell.
  public var waiting: Int?
  /// The configuration file, when it is the mail submission program's, which opens no control socket:
  /// sendmail refuses to be a daemon with `UseMSP` (sendmail/main.c).
  public var submissionFile: [UInt8]?
  /// What the SMTP ports do, one entry per port of `DaemonPortOptions`.
  public var ports: [PortFacts]

  /// Facts about a failure.
  public init(
    cause: Cause, socket: [UInt8], pidFile: PIDFileFacts? = nil, waiting: Int? = nil,
    submissionFile: [UInt8]? = nil, ports: [PortFacts] = []
  ) {
    self.cause = cause
    self.socket = socket
    self.pidFile = pidFile
    self.waiting = waiting
    self.submissionFile = submissionFile
    self.ports = ports
  }

  /// What stands between smcontrol and the daemon's answer.
  public enum Cause: Sendable, Equatable {
    /// sendmail.cf (the file named) sets no `ControlSocketName`; a path that would do, for advice.
    case notConfigured(file: [UInt8], suggestion: [UInt8])
    /// There is nothing at the path.
    case noSuchSocket
    /// A socket file that no process listens on, as a killed daemon leaves it.
    case nobodyListens
    /// This user may not connect; who may, and who asks. The file's facts are missing when not even
    /// the directory may be searched.
    case noPermission(file: FileFacts?, whoami: String)
    /// The daemon accepted, or its listen queue took us, and it said nothing in so many seconds.
    case silent(seconds: Double)
    /// The listen queue is full: the daemon accepts nobody.
    case listenQueueFull
    /// Something else is at the path.
    case notASocket
    /// The path has this many bytes, too many for a socket's address.
    case pathTooLong(length: Int)
  }

  /// Who may use a file.
  public struct FileFacts: Sendable, Equatable {
    /// The owner's name.
    public var owner: String
    /// The group's name.
    public var group: String
    /// Permission bits, such as `0o660`.
    public var mode: UInt32

    /// Who may use a file.
    public init(owner: String, group: String, mode: UInt32) {
      self.owner = owner
      self.group = group
      self.mode = mode
    }
  }

  /// What the PID file says.
  public struct PIDFileFacts: Sendable, Equatable {
    /// Its path.
    public var path: [UInt8]
    /// The process it names, if any.
    public var processID: Int32?
    /// Whether that process runs, or the file is locked as a living daemon keeps it.
    public var isAlive: Bool

    /// What the PID file says.
    public init(path: [UInt8], processID: Int32?, isAlive: Bool) {
      self.path = path
      self.processID = processID
      self.isAlive = isAlive
    }
  }

  /// What an SMTP port does.
  public struct PortFacts: Sendable, Equatable {
    /// The daemon's name for it, such as `MTA`.
    public var name: [UInt8]
    /// Where it was tried: `127.0.0.1 port 25`.
    public var address: String
    /// What came of it.
    public var outcome: Outcome

    /// What came of a connection to an SMTP port.
    public enum Outcome: Sendable, Equatable {
      /// It greets, with this line (`220 …` from one that takes mail).
      case greets([UInt8])
      /// It accepts and says nothing.
      case silent
      /// Nobody listens there.
      case refused
      /// It could not be tried; why.
      case unknown(String)
    }

    /// What an SMTP port does.
    public init(name: [UInt8], address: String, outcome: Outcome) {
      self.name = name
      self.address = address
      self.outcome = outcome
    }
  }

  /// Whether the daemon lives: `true` when there is a sign of life (the PID file's process, a port
  /// that greets, somebody who holds the socket open), `false` when there is none where one would be,
  /// `nil` when the socket cannot tell and nothing else does.
  public var isAlive: Bool? {
    let greets = ports.contains { if case .greets = $0.outcome { true } else { false } }
    if greets || pidFile?.isAlive == true { return true }
    switch cause {
    case .silent, .listenQueueFull: return true
    case .noSuchSocket, .nobodyListens: return false
    case .noPermission, .notConfigured, .notASocket, .pathTooLong: return nil
    }
  }
}
