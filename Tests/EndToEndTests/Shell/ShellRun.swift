// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport

/// Runs the shell on a terminal.
enum ShellRun {
  /// The text before the cursor when the shell waits for a line.
  static let prompt = "mta> "

  /// Runs smcontrol with `arguments` on a terminal, in `home`, while `body` types and reads the screen.
  ///
  /// Without colours, unless `environment` says otherwise.
  @discardableResult
  static func run<Result>(
    _ arguments: [String], home: TemporaryDirectory, environment: [String: String?] = [:],
    columns: Int = 80, rows: Int = 24, user: SystemUser? = nil,
    body: (TerminalSession) async throws -> Result
  ) async throws -> Result {
    try await TerminalSession.run(
      BuiltBinaries.smcontrol, arguments,
      environment: SMControlRun.cleanEnvironment
        .merging([
          "HOME": home.path.string, "XDG_STATE_HOME": nil, "SMCONTROL_HISTFILE": nil,
          "NO_COLOR": "1", "CLICOLOR_FORCE": nil, "COLUMNS": nil, "LINES": nil,
          "SMCONTROL_PAGER": "",
        ]) { $1 }
        .merging(environment) { $1 },
      columns: columns, rows: rows, workingDirectory: home.path, user: user, body: body)
  }
}

extension ScratchDaemon {
  /// Runs the shell on this daemon's configuration file.
  @discardableResult
  func shell<Result>(
    _ arguments: [String] = [], environment: [String: String?] = [:], columns: Int = 80,
    rows: Int = 24, body: (TerminalSession) async throws -> Result
  ) async throws -> Result {
    try await ShellRun.run(
      ["-C", configurationFile.string] + arguments, home: directory, environment: environment,
      columns: columns, rows: rows
    ) { terminal in
      try await terminal.waitForLine(last: ShellRun.prompt)
      return try await body(terminal)
    }
  }
}

extension TerminalSession {
  /// Types `line` and waits for the next prompt.
  ///
  /// - Returns: the screen then.
  @discardableResult
  func runLine(_ line: String, then prompt: String = ShellRun.prompt) async throws -> Screen {
    try await enter(line)
    return try await waitForLine(last: prompt)
  }
}

extension Screen {
  /// Returns the number of times that `text` is in it, rows that have left it included.
  func count(of text: String) -> Int {
    allLines.reduce(0) { $0 + $1.ranges(of: text).count }
  }
}
