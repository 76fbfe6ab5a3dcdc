// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("Tab and the question mark in the shell")
struct ShellCompletionTests {
  @Test("A unique Tab completes and adds the blank, at every position")
  func unique() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(1)
      try await scratch.shell(columns: 120) { terminal in
        try await terminal.runLine("status --no-pager")
        let path = scratch.directory.path.string
        try scratch.directory.write("quit\n", to: "my file")
        let lines = [
          ("mst\t--fo\tj\t", "mta> mstat --format json "),
          ("status --sort=a\t", "mta> status --sort=age "),
          ("status --peer 192\t", "mta> status --peer 192.0.2.0 "),
          ("help sta\t", "mta> help sta"),
          ("he\tres\t", "mta> help restart "),
          ("use \(path)/c\t", "mta> use \(path)/ctl "),
          ("memdump --output \(path)/my\t", #"mta> memdump --output \#(path)/my\ file "#),
          ("memdump --output \"\(path)/my f\t", "mta> memdump --output \"\(path)/my file\" "),
          ("status > \(path)/my\t", #"mta> status > \#(path)/my\ file "#),
        ]
        for (keys, result) in lines {
          try await terminal.type(keys)
          try await terminal.waitForScreen("“\(result)” typed by “\(keys)”") {
            $0.lineToCursor == result
          }
          try await terminal.press(.controlC)
          try await terminal.waitForLine(last: ShellRun.prompt)
        }
      }
    }
  }

  @Test("An ambiguous Tab lists, and leaves the line as it was")
  func ambiguous() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.type("m\t")
        try await terminal.waitForScreen("the list, and the line below it") { screen in
          let list = screen.lines.filter { $0.hasPrefix("  ") }
          return list.map { $0.prefix(9) } == ["  mstat  ", "  memdump", "  metrics"]
            && list[0].contains("Show the same as status") && screen.lineToCursor == "mta> m"
        }
        // In the middle of a line, with the cursor in the first of two rows.
        let rest = String(repeating: "x", count: 100)
        try await terminal.press(.controlU)
        try await terminal.type("status --so send \(rest)")
        try await terminal.press(.controlA)
        for _ in 0..<11 { try await terminal.press(.right) }
        try await terminal.press(.tab)
        let again = try await terminal.waitForScreen("the list, and the line below") {
          $0.contains("--sort") && $0.lineToCursor == "mta> status --so"
        }
        #expect(again.contains("--socket"))
        #expect(again.lines.joined().contains("mta> status --so send \(rest)"))
      }
    }
  }

  @Test("On an empty line Tab lists the commands with what they do")
  func empty() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(rows: 40) { terminal in
        try await terminal.press(.tab)
        try await terminal.waitForScreen("the list, and the line below it") { screen in
          ["status", "shutdown", "use", "quit"].allSatisfy { name in
            screen.lines.contains { $0.hasPrefix("  \(name) ") }
          } && screen.lineToCursor == ShellRun.prompt
        }
      }
    }
  }

  @Test("The question mark explains in place; within quotes it is one")
  func question() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(columns: 100, rows: 40) { terminal in
        try await terminal.type("status --timeout ?")
        try await terminal.waitFor("<seconds>  How long an exchange may take")
        try await terminal.waitForLine(last: "mta> status --timeout ")
        try await terminal.press(.controlU)
        try await terminal.type("status --kind q?")
        try await terminal.waitFor("queue-runner")
        try await terminal.waitForLine(last: "mta> status --kind q")
        try await terminal.press(.controlU)
        try await terminal.type("send 'what?'")
        try await terminal.waitForLine(last: "mta> send 'what?'")
        try await terminal.press(.controlU, .question)
        try await terminal.waitFor("shutdown  Shut the daemon down.")
        try await terminal.waitForLine(last: ShellRun.prompt)
      }
    }
  }

  @Test("With 10,000 children a list of peers fits the screen, and hostile ones are not in it")
  func manyPeers() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.daemon.update { state in
        state.processes.enter(.smtpServer(pid: 4_194_303, peer: "\u{1B}]0;owned\u{07}"))
        state.processes.enter(.smtpServer(pid: 4_194_302, peer: "10.x\u{9B}2J"))
        for number in 0..<10_000 {
          state.processes.enter(
            .smtpServer(
              pid: 4_194_304 + Int32(number), peer: "10.0.\(number / 250).\(number % 250)"))
        }
      }
      try await scratch.shell { terminal in
        try await terminal.runLine("status > /dev/null")
        try await terminal.type("status --peer \t")
        let screen = try await terminal.waitForScreen("the list, and the line below it") {
          $0.contains("... and ") && $0.lineToCursor == "mta> status --peer 10.0."
        }
        #expect(screen.titles.isEmpty)
        #expect(!screen.contains("owned"))
        try await terminal.type("39.249\t")
        try await terminal.waitForLine(last: "mta> status --peer 10.0.39.249 ")
        #expect(terminal.screen.unknownSequences.isEmpty)
      }
    }
  }

  @Test("Tab connects to no one")
  func noConnection() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        for line in ["send s", "help ", "status --peer ", "status --format "] {
          try await terminal.type(line + "\t\t")
          if line.contains("format") { try await terminal.waitFor("classic") }
          try await terminal.press(.controlU)
          try await terminal.waitForLine(last: ShellRun.prompt)
        }
      }
      await scratch.daemon.shutdown()
      #expect(await scratch.daemon.requests.first { _ in true } == nil)
    }
  }
}
