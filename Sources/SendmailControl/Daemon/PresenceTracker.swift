// SPDX-License-Identifier: Apache-2.0

/// The state of the prompt: follows a daemon by its replies, by failures, and by observations.
package struct PresenceTracker: Sendable, Equatable {
  /// The daemon's state.
  package private(set) var presence: DaemonPresence = .unknown
  /// The daemon's process, when it is known.
  package private(set) var processID: Int32?
  /// The number of observations in a row, the last one included, in which connections waited for the
  /// daemon to accept them; 0 when none does, or the system does not tell.
  package private(set) var pollsWithBacklog = 0
  /// The daemon's process that ended, as long as no other is known.
  private var endedProcessID: Int32?
  /// The process id of the PID file whose lock was tried last.
  private var lockTriedFor: Int32?

  /// The number of observations in a row with waiting connections after which a daemon does not answer:
  /// one that accepts connections does so within milliseconds.
  package static let backlogThreshold = 3

  /// A tracker that knows nothing.
  package init() {}

  /// The aspects to observe next. The lock is not among them: see ``needsLock(after:)``.
  package var wants: DaemonObservation.Aspects { [.files, .listeners, .process] }

  /// Returns whether the lock on the PID file should be tried, too. It is tried once for each process
  /// that the file names, so that it does not get in the way of a daemon that starts.
  package func needsLock(after observation: DaemonObservation) -> Bool {
    guard let named = observation.pidFile.value?.processID, named != processID,
      named != lockTriedFor
    else { return false }
    switch observation.namedProcessRuns {
    case true?: return observation.namedProcess.value?.isSendmail != true
    // It may run in another process id namespace.
    case false?: return observation.listeners.reason != nil
    case nil: return false
    }
  }

  /// Returns whether the prompt is the same as that of `other`: the reason that a daemon gives changes
  /// all the time.
  package func hasSamePrompt(as other: PresenceTracker) -> Bool {
    processID == other.processID && presence.promptWord == other.presence.promptWord
  }

  /// Takes a reply into account.
  package mutating func note(_ reply: DaemonStatus) {
    guard let daemon = reply.daemon else { return note(peer: nil) }
    // A number that the kernel did not name may be one of another process id namespace.
    let isLocal = daemon.evidence == .peerCredentials
    become(.running(daemon.condition), isLocal ? daemon.pid : processID)
  }

  /// Takes into account that the daemon replied. What it does now shows in its title.
  ///
  /// - Parameter peer: the process that listens, if the kernel named it.
  package mutating func note(peer: Int32?) {
    let process = peer ?? processID
    if case .running = presence, process == processID { return }
    become(.running(.unknown), process)
  }

  /// Takes into account that the daemon could not be asked, or did not answer.
  package mutating func note(_ failure: NoReplyDiagnosis.Cause) {
    presence =
      switch failure {
      case .noSuchSocket, .noListener: .down
      case .noPermission: .noPermission
      case .silent, .listenQueueFull: .notAnswering
      case .notConfigured, .notASocket, .pathTooLong: .noSocket
      }
  }

  /// Takes an observation into account. Where it tells nothing, the state stays as it was.
  package mutating func note(_ observation: DaemonObservation) {
    if observation.pidFile.value?.isLocked != nil {
      lockTriedFor = observation.pidFile.value?.processID
    }
    guard observation.place.socket != nil else { return become(.noSocket, nil) }
    let process = livingProcess(in: observation)
    if let failure = Self.failure(observation) { return become(failure, process) }
    let isSame = processID == nil || processID == process
    let polls = (observation.waiting ?? 0) > 0 ? pollsWithBacklog + 1 : 0
    var found =
      process.map { presence(ofProcess: $0, observation, isSame: isSame) }
      ?? presenceWithoutProcess(observation)
    // Whether one that did not answer does now, only a query tells, unless it accepts those who waited.
    let isSilent = presence == .notAnswering && (polls > 0 || pollsWithBacklog == 0)
    if case .running = found, polls >= Self.backlogThreshold || isSilent && isSame {
      found = .notAnswering
    }
    become(found, process)
    pollsWithBacklog = polls
  }

  private mutating func become(_ presence: DaemonPresence, _ process: Int32?) {
    if process != nil { endedProcessID = nil }
    self.presence = presence
    processID = process
    pollsWithBacklog = 0
  }

  /// The daemon's process, if it runs.
  private mutating func livingProcess(in observation: DaemonObservation) -> Int32? {
    switch observation.followedProcess {
    case .known(let process) where !process.hasEnded: return processID
    case .unknown, .notAsked:
      if let processID { return processID }
    case .known, .absent:
      if let processID { endedProcessID = processID }
    }
    guard let named = observation.pidFileDaemonID, named != endedProcessID else { return nil }
    return named
  }

  /// The state that the socket's file alone tells: no one can connect there.
  private static func failure(_ observation: DaemonObservation) -> DaemonPresence? {
    if observation.socketFile == .absent { return .down }
    if let kind = observation.socketFile.value?.kind, kind != .socket { return .noSocket }
    return observation.mayConnect == .known(false) ? .noPermission : nil
  }

  /// The state of a daemon whose process runs.
  private func presence(
    ofProcess process: Int32, _ observation: DaemonObservation, isSame: Bool
  ) -> DaemonPresence {
    // Whether one that was down listens again, the kernel tells.
    if presence == .down, isSame, observation.listeners.value?.isEmpty != false { return .down }
    let title =
      [observation.followedProcess, observation.namedProcess].compactMap(\.value)
      .first { $0.pid == process }?.title ?? []
    let condition = DaemonCondition(
      title: TitleState.read(title, prefix: observation.place.titlePrefix))
    // It may have no title of sendmail's, or one that may not be read: its last reply still holds.
    if condition == .unknown, isSame, case .running = presence { return presence }
    return .running(condition)
  }

  /// The state of a daemon whose process is not known.
  private func presenceWithoutProcess(_ observation: DaemonObservation) -> DaemonPresence {
    // A child may hold the socket of a daemon that was killed for a while.
    if let endedProcessID, observation.pidFile.value?.processID == endedProcessID { return .down }
    switch observation.isAlive {
    case true?:
      if case .running = presence, processID == nil { return presence }
      return .running(.unknown)
    case nil where processID == nil: return presence
    case false?, nil: return .down
    }
  }
}
