// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// A control child: the process that sendmail forks for each connection.
struct ControlChild: Sendable {
  /// Its process id.
  let pid: Int32
  /// The daemon's table at the fork, without the child.
  let table: SlotTable
}

/// The daemon without its sockets: a value that children are forked from and reaped by.
struct DaemonCore: Sendable {
  private(set) var state: DaemonState
  private var title = DaemonTitle()
  private var latestPID: Int32

  init(_ state: DaemonState) {
    self.state = state
    latestPID = state.processID
  }

  /// Changes the state, and the title with it.
  mutating func update(now: Duration, _ change: (inout DaemonState) throws -> Void) rethrows {
    try change(&state)
    refreshTitle(now: now)
  }

  /// Makes the daemon's title follow its state, as the daemon does before it waits for the next
  /// connection.
  private mutating func refreshTitle(now: Duration) {
    let text = title.evaluate(state, now: now)
    state.processes.update(pid: state.processID) { $0.text = text }
  }

  /// Forks a control child. From then on it counts as one of the daemon's children.
  mutating func fork(now: Duration) -> ControlChild {
    refreshTitle(now: now)
    let child = ControlChild(pid: newPID(), table: state.processes)
    state.processes.enter(.controlChild(pid: child.pid))
    refreshTitle(now: now)
    return child
  }

  /// Forgets a control child that has ended.
  mutating func reap(_ child: ControlChild, now: Duration) {
    state.processes.leave(pid: child.pid)
    refreshTitle(now: now)
  }

  /// The reply that `child` makes to `request`.
  func reply(
    to request: RequestLine, by child: ControlChild, time: () -> String
  ) -> ReplySource {
    withoutActuallyEscaping(time) { time in
      Responder(state: state, table: child.table, pid: child.pid, time: time).reply(to: request)
    }
  }

  /// Restarts: the children go on, but the daemon no longer knows them.
  mutating func restart(now: Duration) {
    let pid = state.mode == .background ? newPID() : state.processID
    state.processes = SlotTable([
      DaemonProcess(kind: .daemon, pid: pid, text: SendmailWords.initial)
    ])
    title = DaemonTitle()
    refreshTitle(now: now)
  }

  /// The next process id that is not in the table.
  private mutating func newPID() -> Int32 {
    repeat {
      latestPID = latestPID < 4_194_303 ? latestPID + 1 : 300
    } while state.processes.contains(pid: latestPID)
    return latestPID
  }
}
