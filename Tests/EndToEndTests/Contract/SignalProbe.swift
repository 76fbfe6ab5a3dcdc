// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Sends a signal to smcontrol in some state, and checks that it ends smcontrol at once.
enum SignalProbe {
  /// The signals that ask for the end.
  static let all: [(name: String, number: Int32)] = [
    ("SIGINT", SIGINT), ("SIGTERM", SIGTERM), ("SIGHUP", SIGHUP),
  ]
  /// Those that ask the shell on a terminal for its end, too.
  static let ofShell = Array(all.dropFirst())

  /// The time that the end may take on a busy machine. A program that does not end takes much longer.
  private static let limit = Duration.seconds(10)

  /// A row for each of `signals`.
  static func rows(
    _ id: String, _ signals: [(name: String, number: Int32)] = all,
    violations: @escaping @Sendable (_ signal: Int32) async throws -> [String]
  ) -> [ContractRow] {
    signals.map { signal in
      ContractRow("\(id)/\(signal.name)") { try await violations(signal.number) }
    }
  }

  /// Runs smcontrol without a terminal, and sends `signal` when `reached` returns.
  ///
  /// `isForGroup` is true if the programs of smcontrol get the signal, too.
  static func violations(
    after signal: Int32, _ words: [String], in place: ContractPlace,
    input: FileDescriptor? = nil, output: FileDescriptor? = nil, error: FileDescriptor? = nil,
    isForGroup: Bool = false, reached: (RunningProgram) async throws -> Void
  ) async throws -> [String] {
    let words = place.expand(words)
    return try await RunningProgram.run(
      BuiltBinaries.smcontrol, words, environment: place.environment(),
      workingDirectory: place.directory.path, input: input, output: output, error: error
    ) { program in
      try await reached(program)
      if let ending = program.ending {
        return ["expected it to run until the signal: \(words): \(ending)"]
      }
      try program.signal(signal, isForGroup: isForGroup)
      return try await violationsOfEnd(of: program, words)
    }
  }

  /// The same for a state that lasts a moment: smcontrol is stopped in it until the signal has been sent.
  ///
  /// `isIn` returns whether the program is in that state.
  static func violations(
    after signal: Int32, _ words: [String], in place: ContractPlace,
    while isIn: () throws -> Bool
  ) async throws -> [String] {
    for _ in 1...100 {
      let violations: [String]? = try await RunningProgram.run(
        BuiltBinaries.smcontrol, words, environment: place.environment(),
        workingDirectory: place.directory.path
      ) { program in
        try await eventually("the state, or the end of smcontrol") {
          try isIn() || program.ending != nil
        }
        try program.signal(SIGSTOP)
        // A busy machine may miss the moment.
        guard try isIn() else { return nil }
        try program.signal(signal)
        try program.signal(SIGCONT)
        return try await violationsOfEnd(of: program, words)
      }
      if let violations { return violations }
    }
    throw HarnessError("smcontrol \(words) was never seen in the state")
  }

  private static func violationsOfEnd(
    of program: RunningProgram, _ words: [String]
  ) async throws -> [String] {
    let ending = await program.waitForEnding(within: limit)
    return try await violations(of: ending, words) { program.remainingProcesses() }
  }

  /// Sends `signal` to the program on `terminal`.
  static func violations(
    after signal: Int32, on terminal: TerminalSession
  ) async throws -> [String] {
    try terminal.signal(signal)
    return try await violationsOfEnd(on: terminal)
  }

  /// Requires that the program on `terminal` ends at once, that nothing is left of it, and that the
  /// terminal does what it did before.
  ///
  /// `statuses` are the permitted exit statuses.
  static func violationsOfEnd(
    on terminal: TerminalSession, statuses: Set<Int32> = [ExitCode.interrupted]
  ) async throws -> [String] {
    let ending = try? await terminal.waitForExit(timeout: limit)
    var violations = Violations()
    violations.add(
      try await Self.violations(of: ending, ["on a terminal"], statuses) {
        terminal.remainingProcesses()
      })
    let settings = try terminal.terminalSettings
    violations.require(
      settings.isCanonical && settings.echoes && settings.raisesSignals
        && settings.translatesReturn && settings.translatesLineFeed,
      "expected the terminal as it was: \(settings)")
    return violations.list
  }

  private static func violations(
    of ending: TerminalProgramEnding?, _ words: [String],
    _ statuses: Set<Int32>? = nil, remaining: () -> [Int32]
  ) async throws -> [String] {
    // A monitoring plugin has no other status.
    let statuses =
      statuses ?? [words.first == "check" ? ExitCode.unknown : ExitCode.interrupted]
    guard let ending else { return ["expected it to end within \(limit): \(words)"] }
    var violations = Violations()
    violations.require(
      statuses.contains { ending == .exited($0) },
      "expected \(statuses.sorted()), it \(ending): \(words)")
    // What it has killed is gone a moment later.
    let isGone: Void? = try? await eventually("the end of all", timeout: limit) {
      remaining().isEmpty
    }
    violations.require(isGone != nil, "expected no process to be left: \(remaining()): \(words)")
    return violations.list
  }
}

extension ControlDaemon {
  /// Waits until a connection has been accepted.
  func waitForConnection() async throws {
    try await wait(for: { if case .accepted = $0 { true } else { false } }, within: .seconds(120))
  }

  /// Waits until a reply has been sent and its connection closed.
  func waitForReply() async throws {
    try await wait(for: { if case .closed = $0 { true } else { false } }, within: .seconds(120))
  }
}
