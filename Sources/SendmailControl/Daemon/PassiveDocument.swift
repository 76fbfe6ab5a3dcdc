// SPDX-License-Identifier: Apache-2.0

/// The passive status as a JSON object. Members are only ever added.
package struct PassiveDocument: Encodable, Sendable {
  /// `smcontrol.passive/1`.
  package var schema = "smcontrol.passive/1"
  /// True if the daemon runs, or `null` when nothing tells.
  package var alive: Nullable<Bool>
  /// True if all that was asked for could be learnt.
  package var complete: Bool
  /// The state of the daemon by its title, with the names of ``DaemonCondition``; `down` for one that does
  /// not run, or `null` when it is not known.
  package var state: Nullable<String>
  /// The daemon's `MaxDaemonChildren`; `null` for no limit, or when its children cannot be seen.
  package var maximumChildren = Nullable<Int>(nil)
  /// True if the daemon was not queried, because it would refuse SMTP connections then.
  package var queryWithheld = false
  /// The facts about what the daemon really uses, or `null` when its configuration is not known.
  package var running = Nullable<RunningDocument>(nil)
  /// The PID file.
  package var pidFile: PIDFile
  /// The socket file.
  package var socketFile: SocketFile
  /// The daemon's process, or `null`.
  package var daemon: Nullable<Process>
  /// Its children.
  package var processes: [Process]
  /// The sendmail processes whose title is a daemon's, where `daemon` is `null`.
  package var candidates: [Process]
  /// The sendmail processes that are to be the daemon and have no title yet.
  package var starting: [Starting]
  /// True if the process of the PID file runs the queue only.
  package var queueOnly: Bool

  /// The PID file, or why it could not be read.
  package struct PIDFile: Encodable, Sendable {
    var path: String
    var pid: Nullable<Int32>
    var alive: Nullable<Bool>
    var problem: Nullable<String>
  }

  /// The socket file, or why it could not be examined.
  package struct SocketFile: Encodable, Sendable {
    var path: String
    var isSocket: Nullable<Bool>
    var owner: Nullable<String>
    var group: Nullable<String>
    var mode: Nullable<String>
    var hasListener: Nullable<Bool>
    var waitingConnections: Nullable<Int>
    var problem: Nullable<String>
  }

  /// A process and its title.
  package struct Process: Encodable, Sendable {
    var pid: Int32
    var title: String
  }

  /// A sendmail that starts, or tries for its ports.
  package struct Starting: Encodable, Sendable {
    var pid: Int32
    var ports: [String]
    var secondsLeft: Nullable<Int64>
    var text: String
  }

  /// The document for `observation`.
  package init(_ observation: DaemonObservation) {
    alive = Nullable(observation.isAlive)
    complete = observation.isComplete
    state = Nullable(observation.isAlive == false ? "down" : observation.condition?.name)
    let place = observation.place
    let pid = observation.pidFile.value
    pidFile = PIDFile(
      path: Self.text(place.pidFile ?? []), pid: Nullable(pid?.processID),
      alive: Nullable(pid == nil ? nil : observation.pidFileNamesDaemon),
      problem: Nullable(
        place.pidFile == nil ? "its path is not known" : Self.problem(observation.pidFile)))
    let file = observation.socketFile.value
    let isOther = file.map { $0.kind != .socket } ?? false
    socketFile = SocketFile(
      path: Self.text(place.socket ?? []), isSocket: Nullable(file.map { $0.kind == .socket }),
      owner: Nullable(file?.owner), group: Nullable(file?.group),
      mode: Nullable(file.map { Units.mode($0.mode) }),
      hasListener: Nullable(
        observation.listeners.value.map { !$0.isEmpty } ?? (isOther ? false : nil)),
      waitingConnections: Nullable(observation.waiting),
      problem: Nullable(
        place.socket == nil
          ? "ControlSocketName is not set" : Self.problem(observation.socketFile)))
    daemon = Nullable(observation.daemon.map(Self.process))
    processes = (observation.children.value ?? []).map(Self.process)
    candidates = observation.candidates.map(Self.process)
    starting = observation.starting.map { starting in
      Starting(
        pid: starting.process.pid, ports: starting.wantedPorts.map { Self.text($0.port.port.name) },
        secondsLeft: Nullable(starting.timeLeft?.components.seconds), text: starting.text)
    }
    queueOnly = observation.daemonAsQueueRunner != nil
  }

  private static func problem<Value>(_ fact: Fact<Value>) -> String? {
    fact == .absent ? "No such file or directory" : fact.reason
  }

  private static func process(_ process: ObservedProcess) -> Process {
    Process(pid: process.pid, title: text(process.shownTitle))
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
