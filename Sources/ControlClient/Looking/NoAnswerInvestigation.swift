// SPDX-License-Identifier: GPL-3.0-or-later

public import SendmailControl
public import SystemPackage

/// Finds out why the daemon did not answer, and what can be seen of it all the same.
public struct NoAnswerInvestigation: Sendable {
  private let pidFile: FilePath?
  private let ports: [DaemonPort]
  private let timeout: Duration
  private let deadline: Deadline
  private let interruption: Interruption?

  /// An investigation that will look at these.
  ///
  /// - Parameters:
  ///   - pidFile: the daemon's PID file, if its path is known.
  ///   - ports: the SMTP ports to try.
  ///   - timeout: what the exchange that failed was given.
  ///   - deadline: when the time for all of it ends.
  ///   - interruption: ends it early when the user asks for it.
  public init(
    pidFile: FilePath?, ports: [DaemonPort], timeout: Duration, deadline: Deadline,
    interruption: Interruption? = nil
  ) {
    self.pidFile = pidFile
    self.ports = ports
    self.timeout = timeout
    self.deadline = deadline
    self.interruption = interruption
  }

  /// What there is to say about an exchange that failed with `error`; `nil` for a failure that is no
  /// want of an answer, such as a reply that broke off.
  ///
  /// - Throws: ``ControlError``: `interrupted`, or `system`.
  public func findings(about error: ControlError) throws(ControlError) -> NoAnswer? {
    guard let cause = cause(of: error) else { return nil }
    return try findings(cause: cause, socket: error.path.bytes)
  }

  /// What there is to say when `cause` stands in the way.
  ///
  /// - Throws: ``ControlError``: `interrupted`, or `system`.
  public func findings(
    cause: NoAnswer.Cause, socket: [UInt8]
  ) throws(ControlError) -> NoAnswer {
    var answer = NoAnswer(cause: cause, socket: socket)
    if let pidFile, case .seen(let facts) = PassiveLook.pidFileSight(of: pidFile) {
      answer.pidFile = facts
    }
    switch cause {
    case .silent, .listenQueueFull:
      let listeners = ListeningSockets.now()?.at(FilePath(bytes: socket))
      answer.waiting = listeners?.compactMap(\.waiting).max()
    case .noPermission: break
    case .noSuchSocket, .nobodyListens, .notConfigured, .notASocket, .pathTooLong:
      // To sendmail each connection is a child: they are made only where nothing else tells.
      guard answer.pidFile?.isAlive != true else { break }
      answer.ports = try lookAtPorts(socket)
    }
    return answer
  }

  private static let longestLook = Duration.seconds(1)

  private func lookAtPorts(_ socket: [UInt8]) throws(ControlError) -> [NoAnswer.PortFacts] {
    let targets = ports.map(SMTPProbe.Target.init)
    let addresses = targets.compactMap(\.address)
    var outcomes = try SMTPProbe(interruption: interruption).look(
      at: addresses, timeout: min(deadline.timeLeft, Self.longestLook), socket: socket
    ).makeIterator()
    return zip(ports, targets).map { port, target in
      switch target {
      case .unreachable(let reason):
        NoAnswer.PortFacts(name: port.name, address: "not tried", outcome: .unknown(reason))
      case .address(let address):
        NoAnswer.PortFacts(
          name: port.name, address: address.text,
          outcome: outcomes.next() ?? .unknown(SMTPProbe.noTimeLeft))
      }
    }
  }

  private func cause(of error: ControlError) -> NoAnswer.Cause? {
    switch error.code {
    case .noSuchSocket: return .noSuchSocket
    case .nobodyListens: return .nobodyListens
    case .notASocket: return .notASocket
    case .listenQueueFull: return .listenQueueFull
    case .pathTooLong: return .pathTooLong(length: error.path.bytes.count)
    case .noPermission:
      let file = (try? SocketFile(at: error.path)).map { NoAnswer.FileFacts($0) }
      return .noPermission(file: file, whoami: Accounts.whoami)
    case .deadlinePassed where error.received == 0:
      return .silent(seconds: timeout / .seconds(1))
    case .deadlinePassed, .connectionBroken, .replyTooLong, .interrupted, .system: return nil
    }
  }
}
