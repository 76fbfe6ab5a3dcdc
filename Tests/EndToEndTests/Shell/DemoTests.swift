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
      try await TerminalSession.run(
        "/bin/sh",
        [
          ProjectFiles.file("Scripts/demo").string, BuiltBinaries.smcontrol.string,
          BuiltBinaries.smcontrold.string,
        ],
        environment: SMControlRun.cleanEnvironment.merging([
          "HOME": home.path.string, "XDG_STATE_HOME": nil, "TMPDIR": home.path.string,
          "NO_COLOR": "1",
        ]) { $1 }
      ) { terminal in
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
        try await terminal.press(.controlD)
        let ending = try await terminal.waitForExit()
        #expect(ending == .exited(0))
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: home.path.string)
      #expect(left == [".local"])
    }
  }
}
