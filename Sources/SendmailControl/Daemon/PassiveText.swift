// SPDX-License-Identifier: Apache-2.0

/// The passive status for scripts. Each fact names its source, since none is reported by sendmail.
package enum PassiveText {
  /// The text of `observation`.
  ///
  /// `running` has the facts about what the daemon really uses, if they are known.
  package static func status(
    _ observation: DaemonObservation, running: RunningDaemon? = nil
  ) -> String {
    var facts = TerminalTable([.init(), .init()])
    facts.append(["PID file", pidFile(observation)])
    facts.append(["Socket file", socketFile(observation)])
    for (index, title) in daemons(observation).enumerated() {
      facts.append([index == 0 ? "Process title" : "", title])
    }
    for (title, lines) in running?.facts ?? [] {
      for (index, line) in lines.enumerated() { facts.append([index == 0 ? title : "", line]) }
    }
    var text = facts.text(TerminalStyle())
    if let children = observation.children.value, !children.isEmpty {
      var table = TerminalTable([.init(title: "PID", isRight: true), .init(title: "TITLE")])
      for child in children {
        table.append([String(child.pid), TerminalEscaping.escape(child.shownTitle)])
      }
      text += "\n" + table.text(TerminalStyle())
    }
    return text + "\nNo connection was made.\n"
  }

  /// The PID file and the process that it names.
  static func pidFile(_ observation: DaemonObservation) -> String {
    guard let path = observation.place.pidFile else { return "its path is not known" }
    let name = TerminalEscaping.escape(path)
    return switch observation.pidFile {
    case .notAsked: name
    case .absent: "\(name): \(noSuchFile)"
    case .unknown(let reason, _): "\(name): \(reason)"
    case .known: "\(name): \(PIDFileText.state(observation) ?? "")"
    }
  }

  /// The socket file and whether a process listens there.
  static func socketFile(_ observation: DaemonObservation) -> String {
    guard let path = observation.place.socket else { return "ControlSocketName is not set" }
    let name = TerminalEscaping.escape(path)
    switch observation.socketFile {
    case .notAsked: return name
    case .absent: return "\(name): \(noSuchFile)"
    case .unknown(let reason, _): return "\(name): \(reason)" + listening(observation)
    case .known(let file):
      let kind = file.kind == .socket ? "" : "not a socket; "
      let mode = Units.mode(file.mode)
      return "\(name) (\(kind)user \(file.owner), group \(file.group), mode \(mode))"
        + listening(observation)
    }
  }

  private static let noSuchFile = "No such file or directory"

  private static func listening(_ observation: DaemonObservation) -> String {
    switch observation.listeners {
    case .notAsked, .absent: return ""
    // The socket file is unknown for the same reason, which is shown already.
    case .unknown where observation.socketFile.reason != nil: return ""
    case .unknown(let reason, _): return ", listener unknown: \(reason)"
    case .known([]): return ", no listener"
    case .known:
      let waiting = observation.waiting ?? 0
      return ", listening" + (waiting > 0 ? ", \(self.waiting(waiting))" : "")
    }
  }

  /// The number of connections that are not yet accepted.
  static func waiting(_ count: Int) -> String {
    count == 1 ? "1 connection waiting" : "\(count) connections waiting"
  }

  /// The daemon's title; or those of the processes that may be it.
  package static func daemons(_ observation: DaemonObservation) -> [String] {
    let starting = observation.starting
    if let pid = observation.daemonProcessID {
      guard let daemon = observation.daemon else {
        return ["process \(pid) is hidden from this user"]
      }
      let title = "\(TerminalEscaping.escape(daemon.shownTitle)) (process \(pid))"
      let isStarting = starting.contains { $0.process.pid == pid }
      return (isStarting ? [] : [title]) + observation.explanations
    }
    guard starting.isEmpty else { return starting.map(\.text) }
    guard !observation.place.isSubmission else { return queueRunners(observation) }
    let candidates = observation.candidates
    guard candidates.isEmpty else {
      return candidates.map {
        """
        \(TerminalEscaping.escape($0.shownTitle)) (process \($0.pid), \
        not confirmed by the PID file or the socket)
        """
      }
    }
    return observation.sendmailProcesses.value?.isEmpty == false
      ? ["none of the sendmail processes is known to be the daemon"]
      : ["no sendmail process found"]
  }

  /// The titles of the queue runners of the mail submission program, which has no daemon.
  private static func queueRunners(_ observation: DaemonObservation) -> [String] {
    let pids = Set(observation.queueRunners.map(\.pid))
    let titles = (observation.sendmailProcesses.value ?? []).filter { pids.contains($0.pid) }.map {
      "\(TerminalEscaping.escape($0.shownTitle)) (process \($0.pid))"
    }
    return titles.isEmpty ? ["no queue runner found"] : titles
  }
}

/// The process that a PID file names, in words.
enum PIDFileText {
  /// Such as `process 12, running`; `nil` when the file could not be read.
  static func state(_ observation: DaemonObservation) -> String? {
    guard let file = observation.pidFile.value else { return nil }
    guard let pid = file.processID else {
      return "no process id in it" + (file.isLocked == true ? ", but it is locked" : "")
    }
    let process = "process \(pid)"
    switch observation.namedProcessRuns {
    case nil: return process
    case false?:
      // A process holds the lock: the one named is of another process id namespace, or has ended.
      return file.isLocked == true
        ? "\(process), not found here, but the file is locked" : "\(process), not running"
    case true?:
      switch observation.pidFileIsCurrent {
      case true?:
        if let holder = file.lockHolder, holder != pid {
          return "\(process), which is another one here: process \(holder) holds the file"
        }
        return observation.pidFileDaemonID == nil
          ? "\(process), running, but not sendmail; the file is locked" : "\(process), running"
      case false?: return "\(process), running, but not sendmail"
      case nil: return "\(process), running, hidden from this user"
      }
    }
  }
}

extension DaemonObservation {
  /// The sendmail processes whose title is a daemon's, for an observation that does not tell which
  /// process is the daemon.
  package var candidates: [ObservedProcess] {
    guard daemonProcessID == nil else { return [] }
    return (sendmailProcesses.value ?? []).filter { process in
      let title = TitleState.read(process.title ?? [], prefix: place.titlePrefix)
      return DaemonCondition(title: title) != .unknown
    }
  }
}
