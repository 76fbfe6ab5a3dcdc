// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("A signal in a script")
struct ScriptSignalTests {
  /// A line that succeeds, although a signal comes while it runs: the program after `|` sends it, and
  /// ends well when it is asked to end.
  static func line(_ signal: String) -> String {
    "config | sh -c 'cat >/dev/null; sleep 600 & trap \"kill $!; exit 0\" TERM; kill -\(signal) $PPID; wait'"
  }

  @Test("It is the script's end, with 130", arguments: ["TERM", "HUP"], ["", "--keep-going"])
  func ended(signal: String, option: String) async throws {
    try await ScratchDaemon.run { scratch in
      let lines = [Self.line(signal), "status > ran"]
      let options = ["-C", scratch.configurationFile.string] + (option.isEmpty ? [] : [option])
      let executed = try await SMControlRun.run(
        options + lines.flatMap { ["-e", $0] }, workingDirectory: scratch.directory.path)
      #expect(executed.status == 130, "\(executed.errorOutput)")
      let read = try await ProcessRunner.run(
        BuiltBinaries.smcontrol, options, environment: SMControlRun.cleanEnvironment,
        input: Array((lines.joined(separator: "\n") + "\n").utf8),
        workingDirectory: scratch.directory.path)
      #expect(read.status == 130)
      #expect(!FileManager.default.fileExists(atPath: scratch.directory["ran"].string))
    }
  }

  @Test("A SIGINT that a program after | survives was the program's own matter")
  func survived() async throws {
    try await ScratchDaemon.run { scratch in
      // Until the handler has the signal.
      let line = """
        config | sh -c 'cat >/dev/null; kill -INT $PPID; \
        while grep -q "^ShdPnd:.*[1-9a-f]" /proc/$PPID/status; do :; done'
        """
      let run = try await SMControlRun.run(
        ["-C", scratch.configurationFile.string, "-e", line, "-e", "status > ran"],
        workingDirectory: scratch.directory.path)
      #expect(run.status == 0, "\(run.errorOutput)")
      #expect(FileManager.default.fileExists(atPath: scratch.directory["ran"].string))
    }
  }
}
