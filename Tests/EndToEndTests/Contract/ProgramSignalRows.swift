// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Signals while a pager runs, or the program of a line.
enum ProgramSignalRows {
  static var all: [ContractRow] { pager + programOfScript + programOfShell }

  /// A program that reads nothing and does not end, as a pager on whose screen someone reads.
  private static let unreading = "sh -c 'touch runs; exec sleep 1000'"

  private static let lengths: [(name: String, isLong: Bool)] = [
    ("a text that a pipe holds", false), ("a text longer than a pipe", true),
  ]

  private static func prepare(_ isLong: Bool) -> (inout DaemonConfiguration) -> Void {
    { StallRows.fill(&$0, isLong ? 3000 : 40) }
  }

  private static var pager: [ContractRow] {
    lengths.flatMap { length in
      SignalProbe.rows("pager/\(length.name)", SignalProbe.ofShell) { signal in
        try await withPager(length.isLong) { terminal in
          try await SignalProbe.violations(after: signal, on: terminal)
        }
      } + [
        // Ctrl-C goes to all processes on the terminal, and is a pager's own matter.
        ContractRow("pager/\(length.name)/Ctrl-C") {
          try await withPager(length.isLong) { terminal in
            try await terminal.type("\u{3}")
            return try await SignalProbe.violationsOfEnd(
              on: terminal, statuses: [0, ExitCode.interrupted])
          }
        }
      ]
    }
  }

  private static func withPager(
    _ isLong: Bool, body: (TerminalSession) async throws -> [String]
  ) async throws -> [String] {
    let place = try ContractPlace()
    return try await place.withDaemon(prepare(isLong)) { daemon in
      try await TerminalSession.run(
        BuiltBinaries.smcontrol, ["status"],
        environment: place.environment(with: ["SMCONTROL_PAGER": unreading]),
        workingDirectory: place.directory.path
      ) { terminal in
        try await waitForProgram(isLong, place) { terminal.remainingProcesses() }
        return try await body(terminal)
      }
    }
  }

  private static var programOfScript: [ContractRow] {
    lengths.flatMap { length in
      SignalProbe.rows("program of a script/\(length.name)") { signal in
        let place = try ContractPlace()
        return try await place.withDaemon(prepare(length.isLong)) { daemon in
          // A SIGINT that the program survives is the program's own matter.
          try await SignalProbe.violations(
            after: signal, ["-e", "status | \(unreading)", "-e", "status"], in: place,
            isForGroup: signal == SIGINT
          ) { program in
            try await waitForProgram(length.isLong, place) { program.remainingProcesses() }
          }
        }
      }
    }
  }

  private static var programOfShell: [ContractRow] {
    lengths.flatMap { length in
      SignalProbe.rows("program of the shell/\(length.name)", SignalProbe.ofShell) { signal in
        let place = try ContractPlace()
        return try await place.withDaemon(prepare(length.isLong)) { daemon in
          try await ShellRun.run(
            [], home: place.directory, environment: place.environment()
          ) { terminal in
            try await terminal.waitForLine(last: ShellRun.prompt)
            try await terminal.enter("status | \(unreading)")
            try await waitForProgram(length.isLong, place) { terminal.remainingProcesses() }
            return try await SignalProbe.violations(after: signal, on: terminal)
          }
        }
      }
    }
  }

  /// Waits until the program runs, and all of the text that the pipe holds has been written.
  private static func waitForProgram(
    _ isLong: Bool, _ place: ContractPlace, processes: () -> [Int32]
  ) async throws {
    try await eventually("the program to run, and its input to be written") {
      guard place.text("runs") != nil else { return false }
      let programs = processes().filter { ProcessFacts(processID: $0).programName == "sleep" }
      return programs.contains { program in
        let input = FilePath("/proc/\(program)/fd/0")
        return isLong ? UnreadPipe.isFull(input) : UnreadPipe.hasEnded(input)
      }
    }
  }
}
