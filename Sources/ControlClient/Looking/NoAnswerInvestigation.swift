// SPDX-License-Identifier: GPL-3.0-or-later

public import SendmailControl
public import SystemPackage

/// Finds out why the daemon did not answer, and what can be seen of it all the same.
public struct NoAnswerInvestigation: Sendable {
  private let pidFile: FilePath?
  private let ports: [DaemonPort]
  private let timeout: Duration
  private let interruption: Interruption?

  /// An investigation that will look at these.
  ///
  /// - Parameters:
  ///   - pidFile: the daemon's PID file, if its path is known.
  ///   - ports: the SMTP ports to try.
  ///   - timeout: for the exchange that failed, and for each SMTP port.
  public init(
    pidFile: FilePath?, ports: [DaemonPort], timeout: Duration, interruption: Interruption? = nil
  ) {
    self.pidFile = pidFile
    self.ports = ports
    self.timeout = timeout
    self.interruption = interruption
  }

  /// What there is to say about an exchange that failed with `error`; `nil` for a failure that is no
  /// want of an answer, such as a reply that broke off.
  public func findings(about error: ControlError) -> NoAnswer? {
    guard let cause = cause(of: error) else { return nil }
    return findings(cause: cause, socket: error.path.bytes)
  }

  /// What there is to say when `cause` stands in the way.
  public func findings(cause: NoAnswer.Cause, socket: [UInt8]) -> NoAnswer {
    var answer = NoAnswer(cause: cause, socket: socket)
    if let pidFile, case .seen(let facts) = PassiveLook.pidFileSight(of: pidFile) {
      answer.pidFile = facts
    }
    switch cause {
    case .silent, .listenQueueFull:
      let listeners = ListeningSockets.now()?.at(FilePath(bytes: socket))
      answer.waiting = listeners?.compactMap(\.waiting).max()
    default: break
    }
    let probe = SMTPProbe(interruption: interruption)
    answer.ports = ports.map { port in
      switch SMTPProbe.Target(port) {
      case .unreachable(let reason):
        NoAnswer.PortFacts(name: port.name, address: "not tried", outcome: .unknown(reason))
      case .address(let address):
        NoAnswer.PortFacts(
          name: port.name, address: address.text,
          outcome: probe.look(at: address, timeout: timeout))
      }
    }
    return answer
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
      let (seconds, attoseconds) = timeout.components
      return .silent(seconds: Double(seconds) + Double(attoseconds) / 1e18)
    case .deadlinePassed, .connectionBroken, .replyTooLong, .interrupted, .system: return nil
    }
  }
}
