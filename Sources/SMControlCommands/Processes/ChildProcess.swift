// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlClient
internal import SystemSupport

/// A program that we have started, before it is reaped.
struct ChildProcess {
  let processID: Int32
  /// True if it leads a group of its own, to which those belong that it starts in turn.
  let leadsGroup: Bool

  /// The time that a program has to end after it was asked to.
  private static let grace = Duration.seconds(2)

  /// Waits for its end.
  ///
  /// - Parameter isWanted: tells at each poll whether it may go on.
  /// - Returns: whether it ended by itself.
  func waitForEnd(while isWanted: () -> Bool) async -> Bool {
    await wait(for: { !ProcessTable.isRunning(processID) }, while: isWanted)
  }

  /// Ends it with SIGTERM, or with SIGKILL when it does not obey, and with it its group.
  func end() async {
    send(SIGTERM)
    let deadline = Deadline(after: Self.grace)
    guard await !wait(for: { !isAlive }, while: { !deadline.hasPassed }) else { return }
    send(SIGKILL)
  }

  private var isAlive: Bool {
    leadsGroup
      ? ProcessTable.isAnyRunning(inGroup: processID) : ProcessTable.isRunning(processID)
  }

  private func send(_ signal: CInt) {
    kill(leadsGroup ? -processID : processID, signal)
  }

  private func wait(for condition: () -> Bool, while isWanted: () -> Bool) async -> Bool {
    var pause = Duration.milliseconds(1)
    while !condition() {
      guard isWanted() else { return false }
      // No wait for the signal's descriptor: SIGINT may be the program's own matter.
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(20))
    }
    return true
  }
}
