// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

/// GNU readline as bash has it, driven by keys.
@Suite("Readline on a pseudo-terminal")
struct ReadlineTests {
  @Test("A line is edited with keys, and run")
  func editing() async throws {
    try await BashSession.run { session in
      try await session.type("cho bc")
      try await session.press(.controlA)
      try await session.type("e")
      try await session.press(.end, .left, .left)
      try await session.type("a")
      try await session.press(.right, .delete, .controlE, .meta("b"))
      try await session.waitForScreen("the edited line and the cursor in its last word") {
        $0.text == "test> echo ab" && $0.cursor == ScreenPosition(row: 0, column: 11)
      }
      #expect(try !session.terminalSettings.isCanonical)
      try await session.press(.enter)
      try await session.waitForLine(last: "test> ")
      #expect(session.screen.text == "test> echo ab\nab\ntest>")
      try await session.press(.up, .controlW)
      try await session.type("again\r")
      try await session.waitFor("\nagain\ntest>")
      #expect(session.screen.unknownSequences.isEmpty)
      #expect(session.screen.operatingSystemCommands.isEmpty)
    }
  }

  @Test("Tab completes, rings, and shows what there is")
  func completion() async throws {
    try await withTemporaryDirectory { directory in
      for name in ["alpha-one", "alpha-two"] { try directory.write("", to: name) }
      try await BashSession.run(workingDirectory: directory) { session in
        try await session.type("echo al")
        try await session.press(.tab)
        try await session.waitForLine(last: "test> echo alpha-")
        try await session.waitForScreen("a bell") { $0.bells > 0 }
        // The next Tab finds nothing to add, the one after it lists.
        try await session.press(.tab, .tab)
        try await session.waitFor("alpha-one  alpha-two\ntest> echo alpha-")
        try await session.type("t")
        try await session.press(.tab, .enter)
        try await session.waitFor("\nalpha-two\ntest>")
      }
    }
  }

  @Test("Ctrl-C gives a new line; a command has the terminal as it was before")
  func interrupt() async throws {
    try await BashSession.run { session in
      try await session.type("echo never")
      try await session.waitForLine(last: "never")
      try await session.press(.controlC)
      try await session.waitForLine(last: "test> ")
      #expect(session.screen.text == "test> echo never^C\ntest>")
      try await session.enter("cat")
      try await session.waitForSettings("the settings for cat") { $0.isCanonical && $0.echoes }
      try await session.waitForScreen("the paste mode off") { !$0.isBracketedPasteOn }
      // Only what cat has written says that it, and no longer bash, gets the interrupt.
      try await session.enter("here")
      try await session.waitFor("here\nhere")
      #expect(try session.foregroundGroup != session.processID)
      try await session.press(.controlC)
      try await session.waitForLine(last: "test> ")
      try await session.press(.controlD)
      #expect(try await session.waitForExit() == .exited(130))
      #expect(try session.terminalSettings.isCanonical)
    }
  }

  @Test("Pasted text is not run before Enter is pressed")
  func paste() async throws {
    try await BashSession.run { session in
      #expect(session.screen.isBracketedPasteOn)
      try await session.paste("echo one\necho two")
      let screen = try await session.waitForScreen("both lines") { $0.contains("echo two") }
      #expect(screen.text == "test> echo one\necho two")
      #expect(screen.styles(of: "echo two").allSatisfy { $0.isReversed })
      try await session.press(.enter)
      try await session.waitFor("\none\ntwo\ntest>")
    }
  }

  @Test("Readline follows the size of the terminal")
  func resize() async throws {
    try await BashSession.run(columns: 60) { session in
      try await session.type("echo 12345678901234567890")
      try await session.waitForLine(last: "67890")
      try session.resize(columns: 20, rows: 10)
      try await session.waitForScreen("the line on two rows") {
        $0.columns == 20 && $0.contains("test> echo 123456789\n01234567890")
      }
      try await session.press(.controlU)
      try await session.waitForLine(last: "test> ")
      try await session.enter("stty size")
      try await session.waitFor("\n10 20\n")
    }
  }

  @Test("Ctrl-L clears the screen, Ctrl-R searches, Ctrl-_ undoes")
  func keys() async throws {
    try await BashSession.run { session in
      try await session.enter("echo first")
      try await session.waitFor("\nfirst\ntest>")
      try await session.press(.controlL)
      try await session.waitForScreen("an empty screen with a prompt") { $0.text == "test>" }
      try await session.press(.controlR)
      try await session.type("fir")
      try await session.waitForScreen("the search") {
        $0.line(0) == "(reverse-i-search)`fir': echo first"
      }
      try await session.press(.controlE)
      try await session.waitForLine(last: "test> echo first")
      try await session.press(.controlU)
      try await session.waitForLine(last: "test> ")
      try await session.press(.controlUnderscore)
      try await session.waitForLine(last: "test> echo first")
    }
  }
}

/// An interactive bash without a history or files of its own, at its prompt.
private enum BashSession {
  static func run(
    workingDirectory: TemporaryDirectory? = nil, columns: Int = 80,
    _ body: (TerminalSession) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { home in
      try await TerminalSession.run(
        "/bin/bash", ["--norc", "--noprofile", "-i"],
        environment: [
          "HOME": home.path.string, "PS1": "test> ", "HISTFILE": nil, "INPUTRC": "/dev/null",
        ],
        columns: columns, workingDirectory: workingDirectory?.path
      ) { session in
        try await session.waitForLine(last: "test> ")
        try await body(session)
      }
    }
  }
}
