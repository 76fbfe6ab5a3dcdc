// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("make demo")
struct DemoTests {
  @Test(
    "On a terminal it is the shell on a simulated daemon; Ctrl-C is the shell's, and nothing is left"
  )
  func terminal() async throws {
    try await withTemporaryDirectory { home in
      try await run(in: home) { terminal in
        try await terminal.waitForScreen("the prompt") {
          $0.lineToCursor.hasPrefix("mta") && $0.lineToCursor.hasSuffix("> ")
        }
        try await terminal.type("half")
        try await terminal.waitForLine(last: "> half")
        try await terminal.press(.controlC)
        try await terminal.waitForLine(last: "> ")
        try await terminal.enter("status --format classic")
        try await terminal.waitFor("(maximum 20)")
        try await terminal.waitForLine(last: "> ")
        try await terminal.enter("queues --by-domain --format classic")
        try await terminal.waitFor("domain one.example: recipients=4 ")
        try await terminal.waitForLine(last: "> ")
        try await terminal.press(.controlD)
        let ending = try await terminal.waitForExit()
        #expect(ending == .exited(0))
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: home.path.string)
      #expect(left == [".local"])
    }
  }

  @Test(
    "Nothing is left when the terminal is closed, or the shell of the demo is killed",
    arguments: [true, false])
  func ending(isClosed: Bool) async throws {
    try await withTemporaryDirectory { home in
      try await run(in: home) { terminal in
        try await terminal.waitForScreen("the prompt") { $0.lineToCursor.hasPrefix("mta") }
        if isClosed {
          try await terminal.hangUp()
        } else {
          kill(terminal.processID, SIGKILL)
        }
        // The watcher, the daemon and its children are all of the session.
        try await eventually("the end of all processes of the demo") {
          Self.processes(mentioning: home.path.string).isEmpty
        }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: home.path.string)
      #expect(left.filter { $0 != ".local" } == [])
    }
  }

  /// Runs the demo, whose files lie below `home`.
  private func run(
    in home: TemporaryDirectory, _ body: (TerminalSession) async throws -> Void
  ) async throws {
    try await TerminalSession.run(
      "/bin/sh",
      [
        ProjectFiles.file("Scripts/demo").string, BuiltBinaries.smcontrol.string,
        BuiltBinaries.smcontrold.string,
      ],
      environment: SMControlRun.cleanEnvironment.merging([
        "HOME": home.path.string, "XDG_STATE_HOME": nil, "TMPDIR": home.path.string,
        "NO_COLOR": "1",
      ]) { $1 }, body: body)
  }

  /// The processes with `text` among their arguments.
  private static func processes(mentioning text: String) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { pid in
      FileManager.default.contents(atPath: "/proc/\(pid)/cmdline").map {
        String(decoding: $0, as: UTF8.self).contains(text)
      } == true
    }
  }
}
