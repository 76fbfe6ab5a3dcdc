// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

@Suite("Programs on a pseudo-terminal")
struct TerminalSessionTests {
  @Test("cat gets lines, the terminal echoes them, and Ctrl-D ends them")
  func cat() async throws {
    try await TerminalSession.run("/bin/cat") { session in
      #expect(try session.terminalSettings.isCanonical)
      #expect(try session.terminalSettings.echoes)
      // It erases characters of UTF-8, not bytes.
      try await session.type("wöö")
      try await session.press(.backspace, .enter)
      try await session.waitFor("wö\nwö")
      try await session.press(.controlD)
      #expect(try await session.waitForExit() == .exited(0))
      #expect(session.screen.unknownSequences.isEmpty)
    }
  }

  @Test("All that was written before the end is on the screen, and the status is known")
  func output() async throws {
    try await TerminalSession.run(
      "/bin/sh", ["-c", "seq 1 20000; exit 7"], columns: 20, rows: 5
    ) { session in
      let ending = try await session.waitForExit()
      #expect(ending == .exited(7))
      let screen = session.screen
      #expect(screen.allLines == (1...20000).map { "\($0)" } + [""])
      #expect(screen.lines == ["19997", "19998", "19999", "20000", ""])
      #expect(session.transcript.count == (1...20000).reduce(0) { $0 + "\($1)".count + 2 })
      #expect(session.transcript(since: session.transcript.count - 7) == Array("20000\r\n".utf8))
    }
  }

  @Test("The program leads a session on the terminal, with default signals and nothing inherited")
  func session() async throws {
    let script = """
      set -- $(cat /proc/$$/stat); echo "pid $1 group $5 session $6 foreground $8."
      tty; stty size; ls /proc/self/fd | tr '\\n' ' '; echo .
      grep -E '^Sig(Blk|Ign)' /proc/self/status; echo x >/dev/tty
      """
    try await TerminalSession.run("/bin/sh", ["-c", script], columns: 90, rows: 30) { session in
      let ending = try await session.waitForExit()
      #expect(ending == .exited(0))
      let id = session.processID
      let lines = session.screen.lines
      #expect(lines[0] == "pid \(id) group \(id) session \(id) foreground \(id).")
      #expect(lines[1].hasPrefix("/dev/pts/"))
      // ls has its own descriptor for the directory.
      #expect(Array(lines[2...3]) == ["30 90", "0 1 2 3 ."])
      #expect(lines[4].hasPrefix("SigBlk:") && lines[4].hasSuffix(" 0000000000000000"))
      let ignored = try #require(lines[5].wholeMatch(of: /SigIgn: +([0-9a-f]+)/))
      // 32 and 33 are the C library's own, which no one can set.
      #expect(try #require(UInt64(ignored.1, radix: 16)) & ~0x1_8000_0000 == 0)
      #expect(lines[6] == "x")
    }
  }

  @Test("Signals, keys and closing the terminal end a program")
  func ends() async throws {
    try await TerminalSession.run("/bin/cat") { session in
      try session.signal(15)
      #expect(try await session.waitForExit() == .signaled(15))
    }
    try await TerminalSession.run("/bin/cat") { session in
      try await session.press(.controlC)
      #expect(try await session.waitForExit() == .signaled(2))
      #expect(session.screen.text == "^C")
    }
    try await TerminalSession.run("/bin/cat") { session in
      try await session.hangUp()
      #expect(try await session.waitForExit() == .signaled(1))
      #expect(throws: HarnessError.self) { try session.terminalSettings }
    }
  }

  @Test("Nothing of the session is left, whatever happens, and an error comes through")
  func nothingLeft() async throws {
    struct Expected: Error {}
    // A child in the background in a group of its own, which ignores what closing a terminal sends.
    let script = "set -m; (trap '' HUP TERM INT; echo id $$; exec sleep 1000) & echo child $!; cat"
    var processes: [String] = []
    await #expect(throws: Expected.self) {
      try await TerminalSession.run("/bin/sh", ["-c", script]) { session in
        let screen = try await session.waitForScreen("the child's id") {
          $0.contains("id \(session.processID)") && $0.contains("child ") && $0.cursor.column == 0
        }
        let child = try #require(screen.text.firstMatch(of: /child ([0-9]+)/))
        processes = ["\(session.processID)", String(child.1)]
        throw Expected()
      }
    }
    #expect(processes.count == 2)
    for process in processes {
      // Gone, or waiting to be reaped by its parent.
      let processes = try await ProcessRunner.run(
        "/bin/sh", ["-c", "grep -s '^State' /proc/$0/status", process])
      #expect(processes.output.isEmpty || processes.output.contains("Z (zombie)"))
    }
  }

  @Test("A wait in vain shows the screen; one for a program that has ended does not last")
  func vain() async throws {
    try await TerminalSession.run("/bin/cat", columns: 12, rows: 3) { session in
      try await session.type("typed")
      try await session.waitFor("typed")
      let error = await #expect(throws: HarnessError.self) {
        try await session.waitForScreen("nothing", timeout: .milliseconds(1)) { _ in false }
      }
      #expect(error?.description.contains("|typed       |") == true)
      #expect(error?.description.contains("row 0, column 5") == true)
      #expect(error?.description.contains("the last bytes: typed") == true)
    }
    try await TerminalSession.run("/bin/echo", ["said"]) { session in
      let error = await #expect(throws: HarnessError.self) { try await session.waitFor("never") }
      #expect(error?.description.contains("has ended (exited(0))") == true)
    }
  }
}
