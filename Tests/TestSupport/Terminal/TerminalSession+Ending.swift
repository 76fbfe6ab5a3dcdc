// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc
internal import Synchronization
internal import SystemPackage

extension TerminalSession {
  /// Closes the terminal, as when its window is closed: the program gets SIGHUP.
  ///
  /// - Throws: ``HarnessError`` when that does not happen in time.
  public func hangUp() async throws {
    state.withLock { $0.isToHangUp = true }
    wakeReader()
    try await eventually("the closing of the terminal of \(name)") {
      state.withLock { state in
        if !state.isReading, state.isOpen {
          state.isOpen = false
          try? terminal.emulator.close()
        }
        return !state.isOpen
      }
    }
  }

  /// Kills all that is left and closes everything.
  func close() async throws {
    // A task of its own, since the test's may have been cancelled.
    try await Task {
      try await eventually("the end of all processes in the session of \(name)") {
        let processes = remainingProcesses()
        for pid in processes { kill(pid, SIGKILL) }
        return processes.isEmpty && state.withLock { !$0.isReading }
      }
      try await hangUp()
      state.withLock { state in
        state.isReaped = true
        _ = waitpid(processID, nil, 0)
      }
      bell.close()
    }.value
  }

  /// The processes of the session that have not ended, the program itself included.
  public func remainingProcesses() -> [Int32] {
    SessionProcesses(session: processID).running()
  }
}
