// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import Synchronization
import SystemPackage
import TestSupport

/// A soak: rounds of many clients and a daemon that is switched between going wrong and not, with a
/// measure both processes after each round, when no client queries.
final class SoakRun: Sendable {
  /// The time that a client has, and that one has which is sure to wait for nothing.
  static let timeout = Duration.seconds(3)
  static let shortTimeout = Duration.milliseconds(200)
  /// The time by which a client may miss its deadline: no more than a machine with more to do than
  /// processors needs to give it one.
  static let margin = Duration.seconds(2)
  /// The rounds that are planned; the first warms both processes up.
  static let rounds = 10
  /// The growth of a process's memory after half of the rounds, in KiB, that is allowed. It is what
  /// malloc's own habits come to; 50,000 exchanges that keep 200 bytes each are above it.
  static let memoryGrowth = 8 * 1024

  let plan: SoakPlan
  let tally = Tally()
  private let daemon: SoakDaemon
  private let socket: FilePath
  private let history = FaultHistory()
  private let footprints = Mutex<[(client: Footprint, daemon: Footprint)]>([])
  private let hoard = Mutex<[[UInt8]]>([])
  private let start = ContinuousClock.now

  init(_ plan: SoakPlan, daemon: SoakDaemon) throws {
    self.plan = plan
    self.daemon = daemon
    socket = daemon.socket
    try daemon.change(DaemonChange(isStart: true))
    try warmUp()
  }

  /// Has each event loop of the daemon serve once: each makes its timer, a descriptor, when it first
  /// needs one, and a restarted daemon is on the next loop.
  private func warmUp() throws {
    for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
      try turn(to: .restart, load: 0)
      try turn(to: nil, load: 0)
    }
  }

  /// The failures.
  var complaints: [String] { tally.complaints }

  // MARK: Rounds

  /// Soaks until the plan is met.
  func soak() {
    let perRound = max(1, plan.exchanges / Self.rounds)
    var round = 0
    while !isOver(round), tally.complaints.isEmpty {
      soak(round: round, exchanges: perRound)
      round += 1
      settle()
    }
    if plan.breakage == .process { leaveProcessBehind() }
    compareFootprints()
  }

  private func isOver(_ round: Int) -> Bool {
    guard let seconds = plan.seconds else { return round >= Self.rounds }
    // At least one round to warm up, and two to compare.
    return round >= 3 && ContinuousClock.now - start >= .seconds(seconds)
  }

  private func soak(round: Int, exchanges: Int) {
    let isDone = Atomic(false)
    let left = Atomic(exchanges)
    let clients = Threads(plan.clients) { number in
      var random = SeededNumbers(seed: self.plan.seed &+ UInt64(round * 1000 + number))
      while left.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 {
        self.exchange(using: &random)
      }
    }
    let storm = Threads(1) { _ in
      var random = SeededNumbers(seed: self.plan.seed &- UInt64(round + 1))
      while !isDone.load(ordering: .relaxed) { self.change(using: &random) }
    }
    clients.wait()
    isDone.store(true, ordering: .relaxed)
    storm.wait()
  }

  /// One fine time and one fault.
  private func change(using random: inout SeededNumbers) {
    do {
      Thread.sleep(forTimeInterval: Double.random(in: 0.05...0.4, using: &random))
      let load = Int.random(in: 0...9, using: &random)
      try turn(to: nil, load: load)
      Thread.sleep(forTimeInterval: Double.random(in: 0.05...0.3, using: &random))
      try turn(to: .any(using: &random), load: load)
      Thread.sleep(forTimeInterval: Double.random(in: 0...0.05, using: &random))
      try turn(to: nil, load: load)
    } catch {
      tally.complain("the daemon could not be changed: \(error)")
    }
  }

  private func turn(to fault: SoakFault?, load: Int) throws {
    let expected = plan.breakage == .reply ? load + 1 : load
    try history.record(fault, load: expected) {
      try daemon.change(DaemonChange(load: load, fault: fault.map { .inject($0) } ?? .clear))
      if fault == .restart { try restart() }
    }
    if let fault { tally.note(fault) }
  }

  private func restart() throws {
    let client = ControlClient(ControlSocket(path: socket), timeout: .seconds(60))
    let watch = ListenerWatch(client: client)
    let reply = try client.send(.restart)
    guard reply.bytes == SendmailWords.ok else {
      throw HarnessError("restart is answered with \(TerminalEscaping.escape(reply.bytes))")
    }
    _ = try watch.waitForRestart(timeout: .seconds(60))
    try daemon.change(DaemonChange(entersChildren: true))
  }

  // MARK: One exchange

  private func exchange(using random: inout SeededNumbers) {
    let request = SoakRequest.any(using: &random)
    let timeout = history.fault?.hangs == true ? Self.shortTimeout : Self.timeout
    let start = ContinuousClock.now
    let outcome = ExchangeOutcome.of(request, socket: socket, timeout: timeout)
    let conditions = history.conditions(since: start)
    let number = tally.count(request, outcome)
    injectFault(number)
    // Nothing is learnt from failing as fast as one can.
    if [.noSuchSocket, .noListener].contains(outcome.failure) {
      Thread.sleep(forTimeInterval: 0.002)
    }

    let margin = plan.breakage == .deadline ? .zero : Self.margin
    if outcome.duration > timeout + margin {
      tally.complain("exchange \(number), \(request.name): \(outcome.duration), not \(timeout)")
    }
    let isFine =
      (conditions.wasFine && request.isRight(outcome, in: conditions))
      || conditions.faults.contains { fault in
        // A fault need not be met: the daemon may have been done with the exchange before.
        fault.allows(outcome, of: request, in: conditions)
          || request.isRight(outcome, in: conditions)
      }
    guard !isFine else { return }
    let wrong = request.complaint(
      about: outcome.head, isWhole: outcome.end == .closed, in: conditions)
    tally.complain(
      """
      exchange \(number): \(TerminalEscaping.escape(request.bytes.prefix(60))) under \
      \(conditions.faults), load \(conditions.loads.sorted()): \(outcome.end) after \
      \(outcome.count) bytes and \(outcome.duration)\(wrong.map { "; \($0)" } ?? ""): \
      \(TerminalEscaping.escape(outcome.head.prefix(600)))
      """)
  }

  // MARK: What is left

  private func injectFault(_ number: Int) {
    switch plan.breakage {
    case .descriptors where number % 10 == 0: _ = unsafe open("/dev/null", O_RDONLY)
    case .memory: hoard.withLock { $0.append([UInt8](repeating: 1, count: 20_000)) }
    default: break
    }
  }

  private func leaveProcessBehind() {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sleep")
    process.arguments = ["60"]
    try? process.run()
    footprints.withLock { $0.append(measure()) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Waits until the daemon has closed what clients have left, and measures both processes.
  private func settle() {
    history.forget()
    let deadline = ContinuousClock.now + .seconds(10)
    var now = measure()
    // The first round is what all others are compared with, so it only has to come to rest.
    var usual = footprints.withLock { $0.first }
    while ContinuousClock.now < deadline {
      Thread.sleep(forTimeInterval: 0.1)
      let before = usual ?? now
      now = measure()
      if now.client.descriptors <= before.client.descriptors,
        now.daemon.descriptors <= before.daemon.descriptors
      {
        break
      }
    }
    footprints.withLock { $0.append(now) }
    usual = usual ?? now
    guard let usual else { return }
    compare("the clients", usual.client, now.client)
    compare("the daemon", usual.daemon, now.daemon)
  }

  private func compare(_ name: String, _ usual: Footprint, _ now: Footprint) {
    guard now.descriptors > usual.descriptors else { return }
    tally.complain("\(name): \(usual.descriptors) descriptors became \(now.descriptors)")
  }

  private func measure() -> (client: Footprint, daemon: Footprint) {
    (Footprint(of: getpid()), Footprint(of: daemon.processID))
  }

  /// Compares what only shows over many rounds.
  private func compareFootprints() {
    let measured = footprints.withLock { $0 }
    guard let last = measured.last, measured.count > 2 else { return }
    let middle = measured[measured.count / 2]
    compare("the clients", middle.client, last.client, children: 1)
    compare("the daemon", middle.daemon, last.daemon, children: 0)
  }

  private func compare(_ name: String, _ middle: Footprint, _ last: Footprint, children: Int) {
    if last.memory > middle.memory + Self.memoryGrowth {
      tally.complain("\(name): \(middle.memory) KiB of memory became \(last.memory)")
    }
    if last.children != children {
      tally.complain("\(name): \(last.children) child processes, expected \(children)")
    }
  }

  // MARK: The end

  /// Shuts the daemon down and sees it go.
  func finish() {
    let reply = try? ControlClient(ControlSocket(path: socket), timeout: .seconds(60)).send(
      .shutdown)
    if reply?.bytes != SendmailWords.ok { tally.complain("shutdown is not answered with OK") }
    let status = daemon.waitForEnd()
    if status != 0 { tally.complain("the daemon ended with \(status)") }
    if FileManager.default.fileExists(atPath: socket.string) {
      tally.complain("the socket is left")
    }
  }

  /// Returns the exchanges and the observations, in a few lines.
  func summary() -> String {
    var lines = tally.lines(duration: ContinuousClock.now - start)
    for (number, pair) in footprints.withLock({ $0 }).enumerated() {
      for (name, side) in [("clients", pair.client), ("daemon", pair.daemon)] {
        lines.append(
          """
          round \(number + 1), \(name): \(side.descriptors) descriptors, \(side.memory) KiB, \
          \(side.threads) threads, \(side.children) children
          """)
      }
    }
    return lines.joined(separator: "\n")
  }
}
