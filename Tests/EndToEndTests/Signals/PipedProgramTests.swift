// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("A signal while a program reads the output")
struct PipedProgramTests {
  /// Writes a program that says who it is and reads nothing.
  static func program(in directory: TemporaryDirectory, first: String = "") throws -> String {
    let path = try directory.write(
      """
      #!/bin/sh
      \(first)
      echo $$ >"$0.new"; mv "$0.new" "$0.pid"
      exec sleep 600

      """, to: "reader")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
    return path.string
  }

  static func pid(in directory: TemporaryDirectory) async throws -> Int32 {
    try await eventually("the program") {
      FileManager.default.contents(atPath: directory["reader.pid"].string).flatMap {
        Int32(String(decoding: $0.dropLast(), as: UTF8.self))
      }
    }
  }

  /// A text that a pipe holds, and one that it does not.
  static let lengths = [20, 3000]

  @Test("It ends a pager", arguments: lengths, [SIGTERM, SIGHUP])
  func pager(length: Int, signal: Int32) async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(length)
      let pager = try Self.program(in: scratch.directory, first: "stty raw -echo <&1")
      try await ShellRun.run(
        ["-C", scratch.configurationFile.string, "status"], home: scratch.directory,
        environment: ["SMCONTROL_PAGER": pager], rows: 10
      ) { terminal in
        let pid = try await Self.pid(in: scratch.directory)
        try terminal.signal(signal)
        #expect(try await terminal.waitForExit() == .exited(130))
        #expect(!ProcessRunner.isRunning(pid))
        #expect(try terminal.terminalSettings.isCanonical && terminal.terminalSettings.echoes)
      }
    }
  }

  @Test(
    "It ends a program after | in the shell, also one that ignores SIGTERM and SIGINT",
    arguments: lengths, ["", "trap '' INT TERM"])
  func program(length: Int, first: String) async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(length)
      let program = try Self.program(in: scratch.directory, first: first)
      try await scratch.shell { terminal in
        try await terminal.enter("status | \(program)")
        let pid = try await Self.pid(in: scratch.directory)
        try terminal.signal(SIGTERM)
        #expect(try await terminal.waitForExit() == .exited(130))
        #expect(!ProcessRunner.isRunning(pid))
        #expect(try terminal.terminalSettings.isCanonical && terminal.terminalSettings.echoes)
      }
    }
  }

  @Test("Ctrl-C is the pager's own matter, also while it is written to")
  func interrupt() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(3000)
      let pager = try scratch.directory.write(
        """
        #!/bin/sh
        trap 'echo interrupted >"$0.got"' INT
        echo $$ >"$0.new"; mv "$0.new" "$0.pid"
        while [ ! -e "$0.got" ]; do sleep 0.05; done
        wc -l

        """, to: "reader")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: pager.string)
      try await ShellRun.run(
        ["-C", scratch.configurationFile.string, "status"], home: scratch.directory,
        environment: ["SMCONTROL_PAGER": pager.string], rows: 10
      ) { terminal in
        _ = try await Self.pid(in: scratch.directory)
        try await terminal.press(.controlC)
        #expect(try await terminal.waitForExit() == .exited(0))
        let numbers = terminal.screen.allText.split { !$0.isNumber }.compactMap { Int($0) }
        #expect((numbers.last ?? 0) > 3000)
      }
    }
  }
}
