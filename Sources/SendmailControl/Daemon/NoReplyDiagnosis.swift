// SPDX-License-Identifier: Apache-2.0

/// The diagnosis of a missing reply: what failed, and what is known of the daemon all the same.
package struct NoReplyDiagnosis: Sendable, Equatable {
  /// The reason why there is no reply.
  package var cause: Cause
  /// The socket's path as it was named, or empty when none is configured.
  package var socket: [UInt8]
  /// The facts that were learnt without a connection.
  package var observation: DaemonObservation
  /// The SMTP ports that were tried, one entry for each port of `DaemonPortOptions`.
  package var ports: [PortFacts]
  /// The time that the query was given.
  package var timeout: Duration
  /// The user who asked, with its groups, for messages.
  package var user: String
  /// The configuration file, when it is the mail submission program's, which opens no control socket:
  /// sendmail refuses to be a daemon with `UseMSP` (sendmail/main.c).
  package var submissionFile: [UInt8]?
  /// The daemon's own message about a socket that it did not open; `nil` where it was not searched for.
  package var log: LogSearch?

  /// A diagnosis.
  package init(
    _ cause: Cause, socket: [UInt8], observation: DaemonObservation, ports: [PortFacts] = [],
    timeout: Duration = .zero, user: String = "", submissionFile: [UInt8]? = nil,
    log: LogSearch? = nil
  ) {
    self.cause = cause
    self.socket = socket
    self.observation = observation
    self.ports = ports
    self.timeout = timeout
    self.user = user
    self.submissionFile = submissionFile
    self.log = log
  }

  /// The reason why there is no reply.
  package enum Cause: Sendable, Equatable {
    /// sendmail.cf (the file named) sets no `ControlSocketName`; a path that would do, for advice.
    case notConfigured(file: [UInt8], suggestion: [UInt8])
    /// There is nothing at the path.
    case noSuchSocket
    /// A socket file that no process listens on, as a killed daemon leaves it.
    case noListener
    /// This user may not connect.
    case noPermission
    /// The daemon accepted, or its listen queue took the connection, and there was no reply in time.
    case silent
    /// The listen queue is full: the daemon is not accepting connections.
    case listenQueueFull
    /// Something else is at the path.
    case notASocket
    /// The path is too long for a socket's address.
    case pathTooLong
  }

  /// The state of an SMTP port.
  package struct PortFacts: Sendable, Equatable {
    /// The daemon's name for it, such as `MTA`.
    package var name: [UInt8]
    /// The address that was tried: `127.0.0.1 port 25`.
    package var address: String
    /// The result.
    package var outcome: Outcome
    /// The process that has the port, when it is known and not sendmail.
    package var holder: ObservedProcess?

    /// The result of a connection to an SMTP port.
    package enum Outcome: Sendable, Equatable {
      /// It greets, with this line (`220 …` from one that takes mail).
      case greets([UInt8])
      /// It accepts and says nothing.
      case silent
      /// No process listens there.
      case refused
      /// It could not be tried; why.
      case unknown(String)
    }

    /// The state of an SMTP port.
    package init(
      name: [UInt8], address: String, outcome: Outcome, holder: ObservedProcess? = nil
    ) {
      self.holder = holder
      self.name = name
      self.address = address
      self.outcome = outcome
    }
  }

  /// True if the daemon runs: as the observation tells, and as the failed query itself shows
  /// and an SMTP port that greets. `nil`: nothing tells.
  package var isAlive: Bool? {
    let greets = ports.contains {
      if case .greets = $0.outcome { $0.holder == nil } else { false }
    }
    if greets { return true }
    switch cause {
    case .silent, .listenQueueFull: return true
    case .noSuchSocket, .noListener:
      // connect(2) has told that none listens, across network namespaces, too.
      var observation = observation
      observation.listeners = .absent
      return observation.isAlive
    case .noPermission, .notConfigured, .notASocket, .pathTooLong: return observation.isAlive
    }
  }
}

extension NoReplyDiagnosis {
  /// True to try the SMTP ports. To sendmail each connection is a child, so that they are tried only
  /// where nothing else tells, and never by a user without permission.
  package var needsPorts: Bool {
    switch cause {
    case .silent, .listenQueueFull, .noPermission: false
    case .noSuchSocket, .noListener, .notConfigured, .notASocket, .pathTooLong: isAlive != true
    }
  }
}

extension NoReplyDiagnosis {
  /// True if a daemon runs without the socket and nothing else tells why, so that its log may say it.
  package var isWithoutSocket: Bool {
    switch cause {
    case .noSuchSocket, .noListener:
      observation.pidFileIsCurrent == true && observation.explanations.isEmpty
    default: false
    }
  }
}

extension NoReplyDiagnosis.Cause {
  /// The name of the cause in machine-readable output.
  package var name: String {
    switch self {
    case .notConfigured: "not-configured"
    case .noSuchSocket: "no-such-socket"
    case .noListener: "no-listener"
    case .noPermission: "no-permission"
    case .silent: "silent"
    case .listenQueueFull: "listen-queue-full"
    case .notASocket: "not-a-socket"
    case .pathTooLong: "path-too-long"
    }
  }
}
