// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
internal import Synchronization
public import SystemPackage

/// A program on a terminal of its own, whose keyboard is the test and whose screen is a ``Screen``.
///
/// The program leads a session with the terminal as its controlling one, as a shell in a window
/// does. Nothing here blocks the threads that Swift's tasks share.
public final class TerminalSession: Sendable {
  /// The program's process id, which is also that of its session.
  public let processID: Int32
  let name: String
  let terminal: PseudoTerminal
  let state: Mutex<State>
  /// A byte written to the second end wakes the reader.
  let bell: SocketPair

  struct State: Sendable {
    var screen: Screen
    var transcript: [UInt8] = []
    /// The number of bytes that the program had written when a key was last pressed.
    var transcriptAtKey = 0
    var output: [UInt8] = []
    var error: [UInt8] = []
    var termination: TerminalProgramEnding?
    /// True if there may be more to read.
    var isReading = true
    /// True if the emulator's end is open.
    var isOpen = true
    var isToHangUp = false
    var isReaped = false
  }

  /// Runs `path` on a new terminal while `body` types and reads the screen.
  ///
  /// When `body` returns or throws, everything in the program's session is killed and the terminal
  /// closed.
  ///
  /// `environment` has variables to set over those of the test process and the terminal's own (TERM
  /// xterm-256color, LC_ALL C.UTF-8, INPUTRC /dev/null, no pager); `nil` unsets one. `user` is the
  /// user to run it as; only root may name another user than itself.
  ///
  /// - Throws: ``HarnessError`` when no terminal can be made, the program not started, or its
  ///   processes not be killed, and what `body` throws.
  public static func run<Result>(
    _ path: FilePath, _ arguments: [String] = [], environment: [String: String?] = [:],
    columns: Int = 80, rows: Int = 24, workingDirectory: FilePath? = nil, user: SystemUser? = nil,
    standardInput: TerminalInput = .terminal, standardOutput: TerminalOutput = .terminal,
    standardError: TerminalOutput = .terminal,
    body: (TerminalSession) async throws -> Result
  ) async throws -> Result {
    let program = TerminalProgram(
      path: path, arguments: arguments, environment: environment,
      workingDirectory: workingDirectory, user: user)
    let session = try TerminalSession(
      program, columns: columns, rows: rows,
      redirections: Redirections(
        input: standardInput, output: standardOutput, error: standardError))
    let result: Result
    do {
      result = try await body(session)
    } catch {
      try? await session.close()
      throw error
    }
    try await session.close()
    return result
  }

  private init(
    _ program: TerminalProgram, columns: Int, rows: Int, redirections: Redirections
  ) throws {
    defer { redirections.closeProgramEnds() }
    name = program.path.string
    state = Mutex(State(screen: Screen(columns: columns, rows: rows)))
    do {
      terminal = try PseudoTerminal(columns: columns, rows: rows, owner: program.user)
      do {
        bell = try SocketPair()
        processID = try program.start(
          terminal: terminal.path, descriptors: redirections.descriptors)
      } catch {
        terminal.close()
        throw error
      }
    } catch {
      redirections.closeTestEnds()
      throw error
    }
    redirections.writeInput()
    // Queues of their own give threads of their own: these block as long as the program runs.
    DispatchQueue(label: "terminal reader").async { [self] in
      readAll(output: redirections.output, error: redirections.error)
    }
    DispatchQueue(label: "terminal waiter").async { [self] in awaitTermination() }
  }

  /// The screen now.
  public var screen: Screen { state.withLock { $0.screen } }

  /// All bytes that came to the terminal.
  public var transcript: [UInt8] { state.withLock { $0.transcript } }

  /// The bytes that came to the terminal after its first `mark` ones; `transcript.count` is a mark.
  public func transcript(since mark: Int) -> [UInt8] {
    state.withLock { Array($0.transcript.dropFirst(mark)) }
  }

  /// The bytes of standard output, when that is collected.
  public var collectedOutput: [UInt8] { state.withLock { $0.output } }

  /// The bytes of standard error, when that is collected.
  public var collectedError: [UInt8] { state.withLock { $0.error } }

  /// The settings of the terminal for keys and lines, also after the program's end.
  ///
  /// - Throws: ``HarnessError`` after ``hangUp()``.
  public var terminalSettings: TerminalSettings {
    get throws {
      try whileOpen { try TerminalSettings(terminal.emulator) }
    }
  }

  /// The group of processes that the terminal's keys go to (tcgetpgrp(3)).
  ///
  /// - Throws: ``HarnessError`` after ``hangUp()``.
  public var foregroundGroup: Int32 {
    get throws {
      try whileOpen { tcgetpgrp(terminal.emulator.rawValue) }
    }
  }

  /// Gives the terminal another size, of which SIGWINCH informs its programs.
  ///
  /// - Throws: ``HarnessError`` after ``hangUp()``.
  public func resize(columns: Int, rows: Int) throws {
    // The model first: what the programs write after the signal is for the new size.
    state.withLock { $0.screen.resize(columns: columns, rows: rows) }
    try whileOpen { try terminal.resize(columns: columns, rows: rows) }
  }

  /// Sends a signal to the program only; keys like Ctrl-C reach all that is in the foreground.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public func signal(_ number: Int32) throws {
    try state.withLock { state in
      guard !state.isReaped, kill(processID, number) == 0 else {
        throw HarnessError("cannot send signal \(number) to \(name), process \(processID)")
      }
    }
  }

  /// Does `work` on the emulator's end, which is not closed meanwhile.
  func whileOpen<Value>(_ work: () throws -> Value) throws -> Value {
    try state.withLock { state in
      guard state.isOpen else { throw HarnessError("the terminal of \(name) has been closed") }
      return try work()
    }
  }
}
