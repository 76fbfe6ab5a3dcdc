// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
package import SystemSupport

extension NoReplyDiagnosis {
  /// Diagnoses a query that failed for `cause`.
  ///
  /// - Parameters:
  ///   - cause: the reason why there is no reply.
  ///   - socket: the socket's path as it was named.
  ///   - observer: the observer of the daemon.
  ///   - ports: the daemon's SMTP ports, which are tried where nothing else tells.
  ///   - timeout: the time that the query was given.
  ///   - deadline: the end of the time for all of it.
  ///   - interruption: ends it early.
  /// - Throws: ``ControlError``: `interrupted`, or `system`.
  package init(
    observing cause: Cause, socket: [UInt8], by observer: DaemonObserver, ports: [DaemonPort],
    timeout: Duration, deadline: Deadline, interruption: Interruption? = nil
  ) throws(ControlError) {
    self.init(
      cause, socket: socket,
      observation: observer.observe([.files, .lock, .listeners, .process, .processTable]),
      timeout: timeout, user: LiveAccounts.whoami)
    if isWithoutSocket, let pid = observation.daemonProcessID {
      log = LogSearch(of: pid, until: deadline, interruption: interruption)
    }
    guard needsPorts else { return }
    let portObserver = PortObserver()
    let observed = portObserver.observe(ports, daemon: nil, isNaming: false)
    self.ports = try PortProbe(interruption: interruption).probe(
      observed, timeout: min(deadline.timeLeft, .seconds(1)), socket: socket)
    // To find out who has a port takes the longest.
    for (index, port) in portObserver.naming(observed).enumerated() {
      self.ports[index].holder = port.otherProgram
    }
  }
}

extension NoReplyDiagnosis.Cause {
  /// The cause of a query that failed with `error`; `nil` for a failure that is something else than a
  /// missing reply, such as a reply that broke off.
  package init?(_ error: ControlError) {
    guard error.received == 0 else { return nil }
    self.init(error.code)
  }

  /// The cause of a query that failed with `code`.
  package init?(_ code: ControlError.Code) {
    switch code {
    case .noSuchSocket: self = .noSuchSocket
    case .noListener: self = .noListener
    case .noPermission: self = .noPermission
    case .notASocket: self = .notASocket
    case .pathTooLong: self = .pathTooLong
    case .listenQueueFull: self = .listenQueueFull
    case .deadlinePassed: self = .silent
    case .connectionBroken, .replyTooLong, .cancelled, .badReply, .refused, .notCarriedOut,
      .noConfiguration, .noSocketConfigured, .system:
      return nil
    }
  }
}
