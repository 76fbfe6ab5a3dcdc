// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// A scene that is prepared before a screen is taken.
enum Scene: String {
  /// A status for reading, with SMTP sessions at work.
  case status
  /// The shell: Tab, a question, and a daemon that dies.
  case shell
  /// An audit that finds something.
  case audit

  var name: String { rawValue }

  /// Runs it and returns what stands on the screen then.
  func take(locale: String) async throws -> String {
    var options = RealDaemon.Options(mode: .background)
    options.settings = [
      "MaxDaemonChildren": "20", "QueueLA": "8", "RefuseLA": "12", "MinFreeBlocks": "100",
    ]
    return try await RealDaemon.run(options) { daemon in
      let arguments = ["-C", daemon.places.configurationFile.string]
      switch self {
      case .status:
        return try await withSessions(on: daemon) {
          try await terminal(arguments + ["status"], locale: locale) { terminal in
            try await terminal.waitForExit()
            return "$ smcontrol status\n" + terminal.screen.text
          }
        }
      case .audit:
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o770], ofItemAtPath: daemon.places.directory.string)
        return try await terminal(arguments + ["audit"], locale: locale) { terminal in
          try await terminal.waitForExit()
          // The first finding is enough to see what one looks like.
          let findings = terminal.screen.allText.split(separator: "\n\n").prefix(4)
          return "$ smcontrol audit\n" + findings.joined(separator: "\n\n") + "\n..."
        }
      case .shell:
        return try await terminal(arguments, locale: locale) { terminal in
          try await shell(terminal, daemon)
          return terminal.screen.text
        }
      }
    }
  }

  private func shell(_ terminal: TerminalSession, _ daemon: RealDaemon) async throws {
    try await terminal.waitForLine(last: "mta> ")
    try await terminal.type("s\t")
    try await terminal.waitForScreen("the list") {
      $0.contains("shutdown") && $0.lineToCursor == "mta> s"
    }
    try await terminal.type("hutdown\r")
    try await terminal.waitForLine(last: "? [y/N] ")
    try await terminal.enter("n")
    try await terminal.waitForLine(last: "mta> ")
    try await terminal.type("mstat --sort ?")
    try await terminal.waitForScreen("the explanation") {
      $0.contains("<key>") && $0.lineToCursor == "mta> mstat --sort "
    }
    kill(try daemon.pid, SIGKILL)
    try await terminal.waitForScreen("the announcement") {
      $0.lineToCursor == "mta down> mstat --sort "
    }
  }

  /// Three SMTP sessions, one of them in the middle of a message.
  private func withSessions<Result>(
    on daemon: RealDaemon, _ body: () async throws -> Result
  ) async throws -> Result {
    var sessions: [SMTPSession] = []
    for _ in 0..<3 { sessions.append(try await daemon.openSMTPSession()) }
    for line in [
      "HELO localhost", "MAIL FROM:<root@localhost>", "RCPT TO:<root@localhost>", "DATA",
    ] {
      _ = try await sessions[0].command(line)
    }
    defer { for session in sessions { session.close() } }
    return try await body()
  }

  private func terminal<Result>(
    _ arguments: [String], locale: String, _ body: (TerminalSession) async throws -> Result
  ) async throws -> Result {
    try await TerminalSession.run(
      BuiltBinaries.smcontrol, arguments,
      environment: [
        "LC_ALL": locale, "NO_COLOR": "1", "SMCONTROL_HISTFILE": "", "SMCONTROL_PAGER": "",
        "SMCONTROL_SOCKET": nil, "SMCONTROL_CF": nil, "SMCONTROL_TIMEOUT": nil,
        "SMCONTROL_READONLY": nil,
      ], columns: locale == "C" ? 54 : 88, rows: 60, body: body)
  }
}
