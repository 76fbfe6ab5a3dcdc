// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization
public import SystemPackage

/// A program that a test observes while it runs, without a terminal, with the descriptors that the
/// test gives it.
public final class RunningProgram: Sendable {
  /// The program's process id, which is also that of its session.
  public let processID: Int32
  private let name: String
  private let state = Mutex<TerminalProgramEnding?>(nil)

  /// Runs `path` while `body` observes it.
  ///
  /// When `body` returns or throws, everything in the program's session is killed.
  ///
  /// `environment` has variables to set over those of the test process; `nil` unsets one. `user` is
  /// the user to run it as; only root may name another user than itself. `input`, `output` and
  /// `error` are its standard descriptors; `nil` is `/dev/null`.
  ///
  /// - Throws: ``HarnessError`` when the program cannot be started or its processes not be killed, and
  ///   what `body` throws.
  public static func run<Result>(
    _ path: FilePath, _ arguments: [String] = [], environment: [String: String?] = [:],
    workingDirectory: FilePath? = nil, user: SystemUser? = nil, input: FileDescriptor? = nil,
    output: FileDescriptor? = nil, error: FileDescriptor? = nil,
    body: (RunningProgram) async throws -> Result
  ) async throws -> Result {
    let program = TerminalProgram(
      path: path, arguments: arguments, environment: environment,
      workingDirectory: workingDirectory, user: user)
    // A device that is no terminal becomes no one's controlling terminal.
    let running = RunningProgram(
      name: path.string,
      processID: try program.start(terminal: "/dev/null", descriptors: [input, output, error]))
    let result: Result
    do {
      result = try await body(running)
    } catch {
      try? await running.close()
      throw error
    }
    try await running.close()
    return result
  }

  private init(name: String, processID: Int32) {
    self.name = name
    self.processID = processID
    // A queue of its own gives a thread of its own: it blocks as long as the program runs.
    DispatchQueue(label: "program waiter").async { [self] in awaitEnding() }
  }

  /// The end of the program, or `nil` while it runs.
  public var ending: TerminalProgramEnding? { state.withLock { $0 } }

  /// Sends a signal to the program. One that has ended is not harmed: its process id stays taken.
  ///
  /// `isForGroup` is true if the programs that it has started get the signal, too, as after Ctrl-C
  /// on a terminal.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public func signal(_ number: Int32, isForGroup: Bool = false) throws {
    guard kill(isForGroup ? -processID : processID, number) == 0 else {
      throw HarnessError("cannot send signal \(number) to \(name), process \(processID)")
    }
  }

  /// Waits until the program has ended.
  ///
  /// - Returns: how, or `nil` when it still runs after `limit`.
  public func waitForEnding(within limit: Duration) async -> TerminalProgramEnding? {
    try? await eventually("the end of \(name)", timeout: limit) { ending }
  }

  /// The processes of the program's session that have not ended, the program itself included.
  public func remainingProcesses() -> [Int32] {
    SessionProcesses(session: processID).running()
  }

  private func close() async throws {
    // A task of its own, since the test's may have been cancelled.
    try await Task {
      try await SessionProcesses(session: processID).killAll()
      try await eventually("the end of \(name)") { ending != nil }
      _ = waitpid(processID, nil, 0)
    }.value
  }

  /// Waits for the end of the program, and leaves its process id taken until ``close()``.
  private func awaitEnding() {
    var facts = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(processID), &facts, WEXITED | WNOWAIT) != 0 {
      guard Errno.current == .interrupted else { break }
    }
    let code = unsafe facts._sifields._sigchld.si_status
    let hasExited = unsafe facts.si_code == CLD_EXITED
    state.withLock { $0 = hasExited ? .exited(code) : .signaled(code) }
  }
}
