// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// A simulated daemon at work: connections come and go, queues fill and drain, the load varies, and
/// limits are reached now and then. The same seed gives the same sequence of states.
package struct LoadSimulator: Sendable {
  /// The time that a step stands for.
  package static let stepTime = Duration.seconds(1)

  private var generator: SplitMix64
  private var load = 0.8
  /// The number of steps that the current rush of connections still lasts.
  private var rush = 0
  /// The step at which each child ends.
  private var ends: [Int32: Int] = [:]
  private var stepCount = 0
  private var latestPID: Int32 = 0
  private let children: ChildProcesses?

  /// Processes that stand for the children, so that the process table has them.
  package struct ChildProcesses: Sendable {
    /// Starts a process with this title and returns its id, or `nil` when that is not possible.
    package var start: @Sendable (_ title: String) -> Int32?
    /// Ends a process.
    package var end: @Sendable (Int32) -> Void

    /// Processes that are started and ended by these functions.
    package init(
      start: @escaping @Sendable (String) -> Int32?, end: @escaping @Sendable (Int32) -> Void
    ) {
      self.start = start
      self.end = end
    }
  }

  /// The sequence of states that `seed` gives.
  ///
  /// `children` are the processes that stand for children; without them, their process ids are
  /// those of no process.
  package init(seed: UInt64, children: ChildProcesses? = nil) {
    generator = SplitMix64(seed: seed)
    self.children = children
  }

  /// Gives the daemon limits, queues and file systems of a medium mail server, and the children of
  /// thirty steps, so that the first status has something to show.
  package mutating func prepare(_ state: inout DaemonState) {
    state.maximumChildren = 20
    state.refuseLoadAverage = 12
    state.minimumFreeSpace = 102_400
    state.queueCounts = ["q1", "q2", "slow"].map {
      QueueCount(name: ByteText("/var/spool/mqueue/\($0)"), count: 0)
    }
    state.fileSystems = [
      FileSystemSpace(index: 0, name: "q1", freeSpace: 41_943_040),
      FileSystemSpace(index: 1, name: "slow", freeSpace: 10_485_760),
    ]
    state.freeSpace = 41_943_040
    for _ in 0..<30 { step(&state) }
  }

  /// Goes on by one step.
  package mutating func step(_ state: inout DaemonState) {
    stepCount += 1
    latestPID = max(latestPID, state.processID)
    endChildren(&state)
    admitChildren(&state)
    runQueues(&state)
    wander(&state)
  }

  private mutating func endChildren(_ state: inout DaemonState) {
    // After a restart the daemon does not list them any more.
    for (pid, end) in ends where end <= stepCount {
      state.processes.leave(pid: pid)
      children?.end(pid)
      ends[pid] = nil
    }
  }

  private mutating func admitChildren(_ state: inout DaemonState) {
    if rush == 0, chance(in: 90) { rush = number(in: 10...25) }
    rush = max(0, rush - 1)
    for _ in 0..<number(in: rush > 0 ? 1...4 : 0...1) {
      guard state.processes.childCount < state.maximumChildren ?? .max else { break }
      // A message is taken while the connection lasts.
      let queue = number(in: 0...max(0, state.queueCounts.count - 1))
      if !state.queueCounts.isEmpty { state.queueCounts[queue].count += number(in: 0...2) }
      // Drawn in any case, so that a seed gives the same sequence with and without processes.
      let unused = newPID(state)
      let peer = peer()
      let pid = children?.start("sendmail: server [\(peer)] cmd read") ?? unused
      enter(.smtpServer(pid: pid, peer: peer), for: number(in: 2...30), &state)
    }
  }

  private mutating func runQueues(_ state: inout DaemonState) {
    if stepCount % 60 == 1 {
      let unused = newPID(state)
      let pid = children?.start("sendmail: running queue: /var/spool/mqueue") ?? unused
      enter(.queueRunner(pid: pid), for: number(in: 5...20), &state)
    }
    guard state.processes.processes.contains(where: { $0.kind == .queueRunner }) else { return }
    for index in state.queueCounts.indices {
      state.queueCounts[index].count = max(0, state.queueCounts[index].count - number(in: 0...4))
    }
  }

  private mutating func wander(_ state: inout DaemonState) {
    let pull = 0.3 + 0.5 * Double(state.processes.childCount)
    let noise = Double(number(in: -100...100)) / 100
    load = max(0, load + (pull - load) / 15 + noise / 2)
    state.loadAverage = Int(load + 0.5)
    for index in state.fileSystems.indices {
      let change = number(in: -512...512)
      state.fileSystems[index].freeSpace = max(0, state.fileSystems[index].freeSpace + change)
    }
    if let first = state.fileSystems.first { state.freeSpace = first.freeSpace }
  }

  private mutating func enter(
    _ process: DaemonProcess, for steps: Int, _ state: inout DaemonState
  ) {
    state.processes.enter(process)
    ends[process.pid] = stepCount + steps
  }

  private mutating func newPID(_ state: DaemonState) -> Int32 {
    // One draw, whatever ids the processes that stand for children happen to have.
    latestPID += Int32(number(in: 1...9))
    while state.processes.contains(pid: latestPID) { latestPID += 1 }
    return latestPID
  }

  /// An address from the ranges that are kept for documentation, as sendmail writes addresses.
  private mutating func peer() -> String {
    switch number(in: 0...9) {
    case 0: "[UNIX: localhost]"
    case 1...3: "IPv6:2001:db8:0:0:0:0:0:" + String(number(in: 1...0xFFFF), radix: 16)
    case 4...6: "198.51.100.\(number(in: 1...254))"
    default: "192.0.2.\(number(in: 1...254))"
    }
  }

  private mutating func number(in range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  /// True once in so many times.
  private mutating func chance(in times: Int) -> Bool {
    number(in: 1...times) == 1
  }
}

extension LoadSimulator {
  /// Changes the state of `daemon` by a step a second, until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  package mutating func run(on daemon: ControlDaemon) async throws {
    while true {
      try await Task.sleep(for: Self.stepTime)
      daemon.update { step(&$0) }
    }
  }
}
