// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// Ctrl-S stops the output of a terminal (XOFF) until Ctrl-Q.
@Suite("A signal while the terminal is stopped")
struct StalledTerminalTests {
  @Test("It ends the shell at the prompt", arguments: [SIGTERM, SIGHUP])
  func prompt(signal: Int32) async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.press(.control("s"))
        try await terminal.type("half a line")
        try terminal.signal(signal)
        #expect(try await terminal.waitForExit() == .exited(130))
        #expect(try terminal.terminalSettings.isCanonical && terminal.terminalSettings.echoes)
      }
    }
  }

  /// Runs a shell in which a long output stands still.
  static func stopped(_ body: (TerminalSession) async throws -> Void) async throws {
    try await ScratchDaemon.run({ $0.state.heapReport = HeapReport(ofAbout: 30_000_000) }) {
      scratch in
      try await scratch.shell { terminal in
        try await terminal.enter("memdump")
        try await terminal.waitFor("bytes")
        try await terminal.press(.control("s"))
        try await body(terminal)
      }
    }
  }

  @Test("It ends the shell in a command", arguments: [SIGTERM, SIGHUP])
  func command(signal: Int32) async throws {
    try await Self.stopped { terminal in
      try terminal.signal(signal)
      #expect(try await terminal.waitForExit() == .exited(130))
      #expect(try terminal.terminalSettings.isCanonical && terminal.terminalSettings.echoes)
    }
  }

  @Test("SIGINT ends the command, and the shell goes on when the terminal does")
  func interrupt() async throws {
    try await Self.stopped { terminal in
      try terminal.signal(SIGINT)
      try await terminal.press(.control("q"))
      try await terminal.waitForLine(last: ShellRun.prompt)
      try await terminal.runLine("help quit")
      try await terminal.waitFor("Leave")
    }
  }

  @Test("It ends a command of its own", arguments: [SIGINT, SIGTERM, SIGHUP])
  func oneShot(signal: Int32) async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], mebibytes: 64)
      try await ShellRun.run(["-f", directory["ctl"].string, "memdump"], home: directory) {
        terminal in
        try await terminal.waitFor("heap.c")
        try await terminal.press(.control("s"))
        try terminal.signal(signal)
        #expect(try await terminal.waitForExit() == .exited(130))
      }
      withExtendedLifetime(server) {}
    }
  }
}
