// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
package import SystemSupport

/// Watches a daemon that has acknowledged a restart or a shutdown, until it is completed.
///
/// `OK` only acknowledges: sendmail's control child writes it, and the daemon acts when it reaps that
/// child. The socket file and the process table are polled; a connection is only made to a socket
/// file that is not the old one, since each connection counts as a child.
package struct ListenerWatch: Sendable {
  private var client: ControlClient
  private var interruption: Interruption?
  private let oldSocket: SocketFile?
  /// True if the kernel's list of listening sockets, which is that of this network namespace, has the
  /// old one: otherwise it cannot tell when there is no listener any more.
  private let isListed: Bool
  private let sinceMade = Stopwatch()
  /// The processes there were before, and the names of their programs.
  private let knownProcesses: [Int32: [UInt8]]
  /// The time in which a daemon that has closed its socket removes the file.
  private static let removalTime = Duration.milliseconds(100)
  /// The daemon that receives the command, once it is known.
  package var processID: Int32?
  /// True if the daemon was started by a relative path or with a relative `-C`; `nil` when that is not known.
  package var isRelative: Bool?
  /// Called again and again while it waits.
  package var onPause: (@Sendable () -> Void)?

  /// Records the present state: to be made before the command is sent.
  package init(client: ControlClient, interruption: Interruption? = nil) {
    self.client = client
    self.interruption = interruption
    oldSocket = try? SocketFile(at: client.path)
    isListed = Self.listeners(at: client.path) ?? 0 > 0
    knownProcesses = Dictionary(
      uniqueKeysWithValues: ProcessTable.processIDs().compactMap { pid in
        ProcessTable.observe(pid).value.map { (pid, $0.name) }
      })
  }

  /// The same watch, whose waits end early by `interruption`.
  func interrupted(by interruption: Interruption) -> ListenerWatch {
    var watch = self
    watch.interruption = interruption
    watch.client = client.interrupted(by: interruption)
    return watch
  }

  /// A daemon that has come back.
  package struct Restarted: Sendable, Equatable {
    /// The process before, if it is known.
    package let oldProcessID: Int32?
    /// The process now: another one with `-bd`, the same with `-bD`.
    package let newProcessID: Int32?
    /// The time in which no one could connect, to the few milliseconds between two polls; for a daemon
    /// that was started, since the watch was made.
    package let away: Duration
  }

  /// A daemon that has gone.
  package struct ShutDown: Sendable, Equatable {
    /// The process that received the command, if it is known.
    package let processID: Int32?
    /// True if the socket file is left, without a listener.
    package let socketLeft: Bool
    /// The time that it took.
    package let took: Duration
  }

  /// Waits until a new listener answers a `status` as sendmail does.
  ///
  /// `timeout` is the longest time to wait.
  ///
  /// - Throws: ``WatchError``.
  package func waitForRestart(timeout: Duration) throws(WatchError) -> Restarted {
    let clock = Stopwatch()
    let deadline = Deadline(after: timeout)
    var goneSince: Duration?
    var pollsWithoutProcess = 0
    while true {
      let now = try? SocketFile(at: client.path)
      if let now, now.identity == oldSocket?.identity {
        if goneSince == nil, isDead(after: &pollsWithoutProcess) {
          throw error(.daemonDied(socketLeft: true), after: clock)
        }
      } else {
        if goneSince == nil { goneSince = clock.elapsed }
        if now != nil, case .daemon(let newProcessID) = try ask(until: deadline, after: clock) {
          return Restarted(
            oldProcessID: processID, newProcessID: newProcessID,
            away: clock.elapsed - (goneSince ?? .zero))
        }
        if now == nil, isDead(after: &pollsWithoutProcess) {
          throw error(.daemonDied(socketLeft: false), after: clock)
        }
      }
      try pause(
        until: deadline, after: clock,
        orFailWith: goneSince == nil ? .nothingHappened : .noNewListener)
    }
  }

  /// Waits until there is no listener any more and the process is gone. A daemon in this very process, as in a
  /// test, ends without its process: then the socket alone tells.
  ///
  /// `timeout` is the longest time to wait.
  ///
  /// - Throws: ``WatchError``.
  package func waitForShutdown(timeout: Duration) throws(WatchError) -> ShutDown {
    let clock = Stopwatch()
    let deadline = Deadline(after: timeout)
    var closedSince: Duration?
    while true {
      let now = try? SocketFile(at: client.path)
      let isOldSocket = now != nil && now?.identity == oldSocket?.identity
      let processIsGone = processID.flatMap { $0 == getpid() ? nil : !ProcessTable.isRunning($0) }
      let isOver: Bool
      var failure = isOldSocket ? WatchError.Code.nothingHappened : .stillRunning
      if now == nil {
        isOver = processIsGone ?? !hasListener(unlessKnown: false)
      } else if isOldSocket {
        // Without a list of listeners, only the end of the process can tell.
        let isClosed = !hasListener(unlessKnown: processIsGone == nil)
        closedSince = isClosed ? closedSince ?? clock.elapsed : nil
        // A daemon closes its socket first and removes the file then.
        let isLeft = closedSince.map { clock.elapsed - $0 >= Self.removalTime } == true
        isOver = isClosed && (processIsGone ?? isLeft)
      } else {
        switch try ask(until: deadline, after: clock) {
        case .daemon(let pid), .stranger(let pid):
          throw error(.replaced(by: pid), after: clock)
        case .noListener: isOver = processIsGone ?? true
        case .silence:
          isOver = false
          failure = .replaced(by: nil)
        }
      }
      if isOver {
        return ShutDown(processID: processID, socketLeft: isOldSocket, took: clock.elapsed)
      }
      try pause(until: deadline, after: clock, orFailWith: failure)
    }
  }

  /// Waits until a daemon answers at the socket, where none did before.
  ///
  /// `timeout` is the longest time to wait.
  ///
  /// - Throws: ``WatchError``.
  package func waitForStart(timeout: Duration) throws(WatchError) -> Restarted {
    let clock = Stopwatch()
    let deadline = Deadline(after: timeout)
    while true {
      let now = try? SocketFile(at: client.path)
      if let now, now.identity != oldSocket?.identity,
        case .daemon(let newProcessID) = try ask(until: deadline, after: clock, daemonIsTold: false)
      {
        return Restarted(
          oldProcessID: nil, newProcessID: newProcessID, away: sinceMade.elapsed)
      }
      try pause(
        until: deadline, after: clock, orFailWith: .noNewListener, daemonIsTold: false)
    }
  }

  /// The result of a query at the socket.
  private enum Answer {
    /// There is no listener.
    case noListener
    /// The listener does not answer, or not to the end.
    case silence
    /// A daemon answers; its process, if the kernel names it.
    case daemon(Int32?)
    /// The answer is not in sendmail's protocol.
    case stranger(Int32?)
  }

  /// Asks at the socket for the status, for as long as an exchange may take, but not beyond `deadline`.
  private func ask(
    until deadline: Deadline, after clock: Stopwatch, daemonIsTold: Bool = true
  ) throws(WatchError) -> Answer {
    var client = client
    client.timeout = min(client.timeout, deadline.timeLeft)
    let reply: ControlReply
    do {
      reply = try client.send(.status)
    } catch {
      switch error.code {
      case .noSuchSocket, .noListener, .notASocket: return .noListener
      case .listenQueueFull, .deadlinePassed, .connectionBroken: return .silence
      case .cancelled: throw self.error(.interrupted(daemonIsTold: daemonIsTold), after: clock)
      case .noPermission, .pathTooLong, .replyTooLong, .system, .noConfiguration,
        .noSocketConfigured, .badReply, .refused, .notCarriedOut:
        throw self.error(.cannotLook(error), after: clock)
      }
    }
    let processID = reply.end.peer?.processID
    do {
      _ = try StatusReply(parsing: reply.bytes)
      return .daemon(processID)
    } catch {
      switch error.code {
      // A connection that the daemon dropped in the middle of its restart is no answer.
      case .empty, .cutShort: return .silence
      case .malformed, .refused: return .stranger(processID)
      }
    }
  }

  /// Returns whether a process listens on the socket, as the kernel lists it.
  ///
  /// `assumption` is the result when the list cannot tell.
  private func hasListener(unlessKnown assumption: Bool) -> Bool {
    guard isListed, let count = Self.listeners(at: client.path) else { return assumption }
    return count > 0
  }

  /// Returns the number of listening sockets at `path`; `nil` when the kernel does not tell.
  private static func listeners(at path: FilePath) -> Int? {
    DaemonObserver(DaemonPlace(socket: path.bytes)).observe([.files, .listeners])
      .listeners.value?.count
  }

  /// Returns whether the daemon ended and left no successor: with `-bd` the new daemon is a child of the
  /// old process, which is there before the old one ends. Two polls, since the process table is not read
  /// at one moment.
  private func isDead(after polls: inout Int) -> Bool {
    guard let processID, !ProcessTable.isRunning(processID), !hasSuccessor else {
      polls = 0
      return false
    }
    polls += 1
    return polls > 1
  }

  /// True if a process of the same program has come since the command was sent. Where this user may
  /// not see other users' processes there is no telling, so that one must be assumed.
  private var hasSuccessor: Bool {
    guard let processID, let name = knownProcesses[processID] else { return true }
    return !ProcessTable.running(name, except: knownProcesses.keys).isEmpty
  }

  private func pause(
    until deadline: Deadline, after clock: Stopwatch, orFailWith failure: WatchError.Code,
    daemonIsTold: Bool = true
  ) throws(WatchError) {
    onPause?()
    // Short pauses while it is a matter of milliseconds, as it is on an idle machine.
    let pause: Duration = clock.elapsed < .seconds(2) ? .milliseconds(2) : .milliseconds(25)
    let outcome: Readiness
    do {
      outcome = try Readiness.pause(pause, until: deadline, interruption: interruption)
    } catch let errno {
      let refusal = ControlError(.system, call: "poll", errno: errno, path: client.path)
      throw error(.cannotLook(refusal), after: clock)
    }
    switch outcome {
    case .ready: return
    case .deadlinePassed: throw error(failure, after: clock)
    case .interrupted: throw error(.interrupted(daemonIsTold: daemonIsTold), after: clock)
    }
  }

  private func error(_ code: WatchError.Code, after clock: Stopwatch) -> WatchError {
    WatchError(
      code: code, processID: processID, path: client.path, waited: clock.elapsed,
      isRelative: isRelative)
  }
}

/// Time since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  var elapsed: Duration { start.duration(to: .now) }
}
