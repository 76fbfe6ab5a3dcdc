// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("The shell on a terminal")
struct ShellTests {
  @Test("It says what it is and which socket it uses, runs commands, and ends with Ctrl-D")
  func session() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        let start = terminal.screen
        #expect(start.line(0).hasPrefix("smcontrol "))
        #expect(start.allText.replacing("\n", with: "").contains(scratch.socket.string))
        let screen = try await terminal.runLine("status")
        #expect(screen.contains("✔ sendmail (MTA): accepting connections"))
        #expect(screen.unknownSequences.isEmpty)
        #expect(screen.titles.isEmpty)
        try await terminal.press(.controlD)
        #expect(try await terminal.waitForExit() == .exited(0))
        let settings = try terminal.terminalSettings
        #expect(settings.isCanonical && settings.echoes)
        #expect(!terminal.screen.isBracketedPasteOn)
      }
    }
  }

  @Test("quit and exit end it, too", arguments: ["quit", "exit", "ex"])
  func quitting(word: String) async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.enter(word)
        #expect(try await terminal.waitForExit() == .exited(0))
      }
    }
  }

  @Test(
    "While a command runs the terminal is in its normal mode; while a line is typed readline has it"
  )
  func modes() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.waitForSettings("readline's mode") { !$0.isCanonical }
        try await scratch.daemon.setFault(.silence)
        try await terminal.enter("status")
        try await terminal.waitForSettings("the normal mode") { $0.isCanonical && $0.echoes }
        try await terminal.press(.controlC)
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.waitForSettings("readline's mode") { !$0.isCanonical }
      }
    }
  }

  @Test("Ctrl-C gives up a half-typed line, however long it is; the shell goes on")
  func interruptedLine() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(columns: 60) { terminal in
        try await terminal.type("restart --yes")
        try await terminal.waitForLine(last: "restart --yes")
        try await terminal.press(.controlC)
        let screen = try await terminal.waitForLine(last: ShellRun.prompt)
        #expect(screen.allText.contains("mta> restart --yes^C\nmta>"))
        // Over three rows, with the cursor at its beginning.
        try await terminal.type("send " + String(repeating: "x", count: 140))
        try await terminal.waitForLine(last: "xxx")
        try await terminal.press(.controlA)
        // Ctrl-C makes the terminal forget what has not been read yet.
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.press(.controlC)
        let long = try await terminal.waitForLine(last: ShellRun.prompt)
        #expect(long.lineToCursor == ShellRun.prompt)
        #expect(long.contains("x^C"))
        // In the middle of a search.
        try await terminal.press(.controlR)
        try await terminal.waitFor("(reverse-i-search)")
        try await terminal.press(.controlC)
        try await terminal.waitForLine(last: ShellRun.prompt)
        let last = try await terminal.runLine("status")
        #expect(last.count(of: "accepting connections") == 1)
      }
    }
  }

  @Test("Ctrl-C ends a command that hangs, and never the shell")
  func interruptedCommand() async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      try await scratch.shell { terminal in
        for command in ["status", "help --daemon", "send x", "restart --yes --wait"] {
          try await terminal.enter(command)
          try await terminal.waitForSettings("the normal mode") { $0.isCanonical }
          try await terminal.press(.controlC)
          try await terminal.waitForLine(last: ShellRun.prompt)
        }
        try await scratch.daemon.setFault(nil)
        let screen = try await terminal.runLine("status")
        #expect(screen.contains("accepting connections"))
      }
    }
  }

  @Test("Ctrl-D deletes in a line that is not empty")
  func deletion() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.type("statxus")
        try await terminal.press(.left, .left, .left, .controlD, .enter)
        let screen = try await terminal.waitForLine(last: ShellRun.prompt)
        #expect(screen.contains("mta> status"))
        #expect(screen.contains("accepting connections"))
      }
    }
  }

  @Test("Errors are reported as in one-shot use, and leave the shell as it was")
  func errors() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(columns: 100) { terminal in
        let words = [
          ("m", "smcontrol: 'm' is ambiguous: memdump, metrics or mstat"),
          ("sttaus", "smcontrol: unknown command 'sttaus'; did you mean 'status'?"),
          ("shut", "smcontrol: 'shut': shutdown must be written in full"),
          ("send 'x", "smcontrol: column 6: the quote ' is not closed"),
          ("status --bogus", "smcontrol: status: unknown option '--bogus'"),
          (
            "status --sort x", "smcontrol: status: --sort 'x': expected kind, age, cpu, peer or pid"
          ),
          ("send nothing", "smcontrol: send: the daemon does not know this command"),
        ]
        for (line, message) in words {
          let screen = try await terminal.runLine(line)
          #expect(screen.contains(message), "\(line)")
        }
      }
    }
  }

  @Test("Pasted lines are run when Enter is pressed, one at a time")
  func pasting() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(rows: 50) { terminal in
        try await terminal.paste("status --format classic\nformat\n")
        try await terminal.press(.enter)
        try await terminal.waitFor("auto")
        let screen = try await terminal.waitForLine(last: ShellRun.prompt)
        #expect(screen.count(of: "Daemon Status: ") == 1)
      }
    }
  }

  @Test("The window may change its size while a line is typed")
  func resizing() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(columns: 80) { terminal in
        let typed = "send " + String(repeating: "0123456789", count: 6)
        try await terminal.type(typed)
        try await terminal.waitForLine(last: "789")
        try terminal.resize(columns: 40, rows: 24)
        try await terminal.waitForScreen("the line in two rows") { screen in
          screen.allLines.joined().contains(typed) && screen.cursor.column == 70 % 40
        }
        try await terminal.press(.controlU)
        try terminal.resize(columns: 100, rows: 24)
        try await terminal.enter("status")
        try await terminal.waitForScreen("a status as wide as the window") { screen in
          screen.lines.contains { $0.hasPrefix("✔ ") && $0.count == 100 }
        }
      }
    }
  }

  @Test(
    "It fits narrow and wide terminals, in ASCII or UTF-8",
    arguments: [(40, "C"), (60, "C.UTF-8"), (80, "C"), (200, "C.UTF-8")])
  func widths(columns: Int, locale: String) async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(3)
      try await scratch.shell(environment: ["LC_ALL": locale], columns: columns) { terminal in
        let mark = terminal.transcript.count
        let screen = try await terminal.runLine("status")
        #expect(screen.contains(locale == "C" ? "+ " : "✔ "))
        let bytes = terminal.transcript(since: mark)
        #expect(locale != "C" || bytes.allSatisfy { $0 < 0x80 })
        let text = try #require(String(validating: bytes, as: UTF8.self))
        #expect(text.split(separator: "\r\n").allSatisfy { $0.count <= columns + 20 })
        try await terminal.press(.tab)
        try await terminal.waitFor("memdump")
      }
    }
  }

  @Test("The user's inputrc applies, with $if smcontrol")
  func inputrc() async throws {
    try await ScratchDaemon.run { scratch in
      let file = try scratch.directory.write(
        "$if smcontrol\n\"\\C-o\": \"status\\n\"\n\"\\C-x?\": smcontrol-explain\n\"?\": self-insert\n$endif\n"
          + "$if other\n\"\\C-t\": \"bogus\\n\"\n$endif\n",
        to: "inputrc")
      try await scratch.shell(environment: ["INPUTRC": file.string]) { terminal in
        try await terminal.press(.control("o"))
        try await terminal.waitFor("accepting connections")
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.type("help ?")
        try await terminal.waitForLine(last: "help ?")
        try await terminal.press(.backspace, .control("x"), .question)
        try await terminal.waitFor("<command>")
        try await terminal.waitForLine(last: "mta> help ")
      }
    }
  }

  @Test("A signal that ends it leaves the terminal as it was", arguments: [SIGTERM, SIGHUP])
  func ended(signal: Int32) async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.type("half a li")
        try await terminal.waitForLine(last: "half a li")
        try terminal.signal(signal)
        #expect(try await terminal.waitForExit() == .exited(130))
        let settings = try terminal.terminalSettings
        #expect(settings.isCanonical && settings.echoes)
        #expect(!terminal.screen.isBracketedPasteOn)
      }
      try await scratch.daemon.setFault(.silence)
      try await scratch.shell { terminal in
        try await terminal.enter("status")
        try await terminal.waitForSettings("the normal mode") { $0.isCanonical }
        try terminal.signal(signal)
        #expect(try await terminal.waitForExit() == .exited(130))
      }
    }
  }

  @Test("A fault of its own leaves the terminal as it was, too")
  func crash() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.waitForSettings("readline's mode") { !$0.isCanonical }
        try terminal.signal(SIGABRT)
        #expect(try await terminal.waitForExit() == .signaled(SIGABRT))
        let settings = try terminal.terminalSettings
        #expect(settings.isCanonical && settings.echoes)
        #expect(!terminal.screen.isBracketedPasteOn)
      }
    }
  }

  @Test("A terminal that goes away ends it")
  func hangUp() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.hangUp()
        #expect(try await terminal.waitForExit() == .exited(130))
      }
    }
  }

  @Test("Ctrl-Z stops it, and fg has it go on where it was")
  func stopping() async throws {
    try await ScratchDaemon.run { scratch in
      try await TerminalSession.run(
        "/bin/bash", ["--norc", "--noprofile", "-i"],
        environment: SMControlRun.cleanEnvironment.merging([
          "HOME": scratch.directory.path.string, "PS1": "parent$ ", "NO_COLOR": "1",
          "SMCONTROL": BuiltBinaries.smcontrol.string, "HISTFILE": nil,
        ]) { $1 }
      ) { terminal in
        try await terminal.waitForLine(last: "parent$ ")
        try await terminal.enter("\"$SMCONTROL\" -C \(scratch.configurationFile.string)")
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.type("stat")
        try await terminal.waitForLine(last: "mta> stat")
        try await terminal.press(.controlZ)
        try await terminal.waitForLine(last: "parent$ ")
        try await terminal.enter("fg")
        try await terminal.waitForLine(last: "mta> stat")
        try await terminal.type("us")
        try await terminal.waitForLine(last: "mta> status")
        // Once before it was stopped, and once since.
        #expect(terminal.screen.allLines.count { $0.contains("mta> stat") } == 2)
        try await terminal.press(.enter)
        try await terminal.waitFor("accepting connections")
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.press(.controlD)
        try await terminal.waitForLine(last: "parent$ ")
      }
    }
  }
}
