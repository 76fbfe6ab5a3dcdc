// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Runs smcontrol on a terminal of its own, which script(1) makes.
enum TerminalRun {
  /// The common environment of the tests' programs, for any environment of the machine.
  static let plainEnvironment: [String: String?] = [
    // What script(1) runs the command by; bash would set COLUMNS.
    "SHELL": "/bin/sh", "TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": nil,
    "CLICOLOR_FORCE": nil, "COLUMNS": nil,
    "SMCONTROL_PAGER": "", "PAGER": nil, "LESS": nil, "LESSSECURE": nil,
  ]

  /// Runs it with `arguments`; the output is that of both standard output and standard error, with
  /// the line ends of files.
  static func run(
    _ arguments: [String], columns: Int = 80, rows: Int = 50, environment: [String: String?] = [:]
  ) async throws -> (status: Int32?, output: String) {
    let words = ([BuiltBinaries.smcontrol.string] + arguments).map { "'\($0)'" }
    let outcome = try await ProcessRunner.run(
      "/usr/bin/script",
      [
        "-qec",
        "stty cols \(columns) rows \(rows); exec \(words.joined(separator: " "))", "/dev/null",
      ],
      environment: SMControlRun.cleanEnvironment.merging(plainEnvironment) { $1 }
        .merging(environment) { $1 })
    return (outcome.status, outcome.output.replacing("\r\n", with: "\n"))
  }
}

extension ScratchDaemon {
  /// Runs smcontrol on a terminal and on this daemon's socket.
  func terminal(
    _ arguments: String..., columns: Int = 80, rows: Int = 50,
    environment: [String: String?] = [:]
  ) async throws -> (status: Int32?, output: String) {
    try await TerminalRun.run(
      ["-C", configurationFile.string] + arguments, columns: columns, rows: rows,
      environment: environment)
  }

  /// Lets so many SMTP children in.
  func enter(_ count: Int) {
    daemon.update { state in
      for number in 0..<count {
        state.processes.enter(
          .smtpServer(pid: 4_194_304 + Int32(number), peer: "192.0.2.\(number % 200)"))
      }
    }
  }
}
