// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("The shell and what becomes of the daemon")
struct ShellDaemonTests {
  @Test("The prompt shows the daemon's state at the last observation")
  func prompts() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        scratch.daemon.update {
          $0.title = "rejecting connections on daemon MTA: load average: 14"
        }
        try await terminal.runLine("status", then: "mta rejecting> ")
        scratch.daemon.update { $0.title = "rejecting new messages: min free: 100" }
        try await terminal.runLine("status", then: "mta rejecting mail> ")
        scratch.daemon.update { $0.title = "accepting connections" }
        try await terminal.runLine("status")
        try await terminal.runLine("use \(scratch.directory["none"].string)", then: "mta down> ")
        try await terminal.runLine("use -C \(scratch.configurationFile.string)")
      }
    }
  }

  @Test("A daemon that ends is announced above the line, which stays as it was; a new one, too")
  func announcements() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.runLine("status")
        try await terminal.type("mstat --form")
        try await terminal.waitForLine(last: "mta> mstat --form")
        await scratch.daemon.shutdown()
        let down = try await terminal.waitForScreen("the announcement") {
          $0.contains("the daemon is down") && $0.lineToCursor == "mta down> mstat --form"
        }
        #expect(down.lines.contains { $0.hasPrefix("[") && $0.contains("] the daemon is down") })
        #expect(!down.lines.contains("mta> mstat --form"))
        try await withControlDaemon(ScratchDaemon.configuration(in: scratch.directory)) { _ in
          _ = try await terminal.waitForScreen("the announcement") {
            $0.contains("the daemon runs: process ") && $0.lineToCursor == "mta> mstat --form"
          }
          try await terminal.type("at raw\r")
          try await terminal.waitFor("C:0")
          try await terminal.waitForLine(last: ShellRun.prompt)
        }
      }
    }
  }

  @Test("Polling makes no connection")
  func passive() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        // A change that another program makes is observed while nothing is typed.
        try FileManager.default.moveItem(
          atPath: scratch.socket.string, toPath: scratch.directory["away"].string)
        try await terminal.waitForScreen("an observation") { $0.lineToCursor == "mta down> " }
        try FileManager.default.moveItem(
          atPath: scratch.directory["away"].string, toPath: scratch.socket.string)
        try await terminal.waitForScreen("an observation") { $0.lineToCursor == "mta> " }
      }
      _ = try await scratch.smcontrol("send", "end")
      for await event in scratch.daemon.events {
        if case .accepted(let connection) = event { #expect(connection == 1) }
        if case .request(let request) = event {
          #expect(request.word == Array("end".utf8))
          break
        }
      }
    }
  }

  @Test("A daemon that hangs is announced before any query, and so is its recovery")
  func hangs() async throws {
    guard KernelSockets.areTold else { return }
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await scratch.daemon.setFault(.fullListenQueue)
        try await terminal.type("stat")
        try await terminal.waitForScreen("the announcement") {
          $0.contains("the daemon does not answer: connections wait to be accepted")
            && $0.lineToCursor == "mta not answering> stat"
        }
        try await scratch.daemon.setFault(nil)
        try await terminal.waitForScreen("the other") {
          $0.contains("the daemon runs") && $0.lineToCursor == "mta> stat"
        }
      }
    }
  }

  @Test("--no-poll turns them off: the next prompt tells")
  func noPoll() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(["--no-poll"]) { terminal in
        await scratch.daemon.shutdown()
        // One that polls notices, and by then this one would have.
        try await ShellRun.run(
          ["-C", scratch.configurationFile.string], home: scratch.directory
        ) { other in
          try await other.waitForLine(last: "mta down> ")
          try await withControlDaemon(ScratchDaemon.configuration(in: scratch.directory)) { _ in
            _ = try await other.waitForScreen("an observation") { $0.lineToCursor == "mta> " }
          }
          try await other.waitForScreen("another") { $0.lineToCursor == "mta down> " }
        }
        #expect(terminal.screen.lineToCursor == "mta> ")
        #expect(!terminal.screen.contains("down"))
        try await terminal.enter("format")
        try await terminal.waitForScreen("the announcement") {
          $0.contains("the daemon is down") && $0.lineToCursor == "mta down> "
        }
      }
    }
  }

  @Test("A daemon that hangs, crashes or comes back is outlived")
  func weather() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(["--timeout", "0.3"]) { terminal in
        try await scratch.daemon.setFault(.silence)
        let hung = try await terminal.runLine("status", then: "mta not answering> ")
        #expect(hung.contains("0.3"))
        try await scratch.daemon.setFault(nil)
        // Where it has only now accepted the connection that waited, it is seen to run again.
        try await terminal.runLine("timeout 60", then: "> ")
        try await terminal.runLine("status")
        await scratch.daemon.crash()
        // This process, which is the daemon's, lives, so the prompt may say that it runs.
        let crashed = try await terminal.runLine("mstat", then: "> ")
        #expect(crashed.contains("no listener"))
        let help = try await terminal.runLine("help", then: "> ")
        #expect(help.allText.contains("  shutdown  Shut the daemon down."))
        let configuration = ScratchDaemon.configuration(in: scratch.directory)
        try await withControlDaemon(configuration) { _ in
          let back = try await terminal.runLine("status --format classic")
          #expect(back.contains("Accepting connections"))
        }
      }
    }
  }

  @Test("A user who may not use the socket is informed, in the prompt, too")
  func permission() async throws {
    guard SystemUser.isRoot else {
      return SkipNotice.print("only root can be another user for this test")
    }
    try await ScratchDaemon.run { scratch in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: scratch.directory.path.string)
      try await ShellRun.run(
        ["-C", scratch.configurationFile.string], home: scratch.directory,
        environment: ["SMCONTROL_HISTFILE": ""], user: try .ordinary()
      ) { terminal in
        try await terminal.waitForLine(last: "mta no permission> ")
        let screen = try await terminal.runLine("status", then: "mta no permission> ")
        #expect(screen.contains("smcontrol: \(scratch.socket.string): no permission to connect"))
      }
    }
  }

  @Test(
    "restart and shutdown ask first, and name the daemon and its active children; only yes confirms"
  )
  func questions() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(3)
      try await scratch.shell(columns: 110) { terminal in
        for (command, verb) in [
          ("restart", "Restart"), ("shutdown", "Shut down"), ("send Shutdown", "Shut down"),
          ("send ' shutdown'", "Shut down"), ("send \"shutdown now\"", "Shut down"),
          ("send RESTART at once", "Restart"),
        ] {
          let question =
            "\(verb) sendmail (process \(TestProcess.id) on "
          for answer in ["", "n", "yes please", "Y e s!"] {
            try await terminal.enter(command)
            let screen = try await terminal.waitForLine(last: "? [y/N] ")
            #expect(screen.contains(question))
            #expect(screen.contains("3 active children)? [y/N]"))
            try await terminal.enter(answer)
            let words = command.filter { !"'\"".contains($0) }
            try await terminal.waitFor("smcontrol: \(words): cancelled")
            try await terminal.waitForLine(last: ShellRun.prompt)
          }
          for key in [TerminalKey.controlC, .controlD] {
            try await terminal.enter(command)
            try await terminal.waitForLine(last: "? [y/N] ")
            try await terminal.press(key)
            try await terminal.waitForLine(last: ShellRun.prompt)
          }
        }
        try await terminal.enter("shutdown")
        try await terminal.waitForLine(last: "? [y/N] ")
        try await terminal.enter("y")
        try await terminal.waitFor(" acknowledged ")
        try await terminal.waitForScreen("the daemon's end") { $0.lineToCursor == "mta down> " }
        // There is no one to ask about.
        try await terminal.enter("shutdown")
        let screen = try await terminal.waitForLine(last: "mta down> ")
        #expect(!screen.lines.suffix(3).contains { $0.contains("[y/N]") })
      }
      let words = await scratch.daemon.allRequestWords()
      #expect(words.count { $0 == "shutdown" } == 1)
      #expect(words.count { $0 == "restart" } == 0)
      #expect(words.count { $0 == "Shutdown" } == 0)
    }
  }

  @Test("Ctrl-D at a question changes nothing of what is printed later")
  func endAtQuestion() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await terminal.enter("restart")
        try await terminal.waitForLine(last: "? [y/N] ")
        try await terminal.press(.controlD)
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.enter("timeout 7")
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.enter("timeout")
        let screen = try await terminal.waitFor("7 s\n")
        #expect(screen.contains("mta> timeout\n7 s\n"))
      }
    }
  }

  @Test("Text typed before the question is no answer to it")
  func typedAhead() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await scratch.daemon.setFault(.oneByteAtATime(pause: .milliseconds(2)))
        try await terminal.type("shutdown\ry\r")
        try await terminal.waitForLine(last: "? [y/N] ")
        try await terminal.press(.enter)
        try await terminal.waitFor("cancelled")
        try await terminal.waitForLine(last: ShellRun.prompt)
      }
    }
  }

  @Test("A hostile child reaches the screen as escapes only, wherever it is shown")
  func hostileChildren() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.daemon.update { state in
        state.title = "rejecting new messages: \u{1B}]0;owned\u{07}\u{1B}[2J"
        state.processes.enter(.smtpServer(pid: 4_194_304, peer: "\u{1B}]0;owned\u{07}"))
        state.processes.enter(.smtpServer(pid: 4_194_305, peer: "\u{9B}31mred\u{202E}"))
        state.help = HelpFile(
          text: Array(
            "control\t\u{1B}]0;owned\u{07}\thostile\ncontrol\tfrob\t\u{1B}[2Jx\n".utf8))
      }
      try await scratch.shell(columns: 100, rows: 60) { terminal in
        for line in [
          "status", "mstat", "status --by-peer", "status --format classic", "help --daemon",
          "status --format json",
        ] {
          try await terminal.runLine(line, then: "mta rejecting mail> ")
        }
        try await terminal.type("status --peer ?")
        try await terminal.waitFor("<address>")
        let screen = terminal.screen
        #expect(screen.titles.isEmpty)
        #expect(screen.unknownSequences.isEmpty, "\(screen.unknownSequences)")
        #expect(screen.allText.contains("\\x1B]0;owned\\x07"))
        #expect(!screen.allText.unicodeScalars.contains("\u{202E}"))
      }
    }
  }

  @Test("10,000 children go through the pager, or into a file, whole")
  func manyChildren() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(10_000)
      let file = scratch.directory["out"].string
      try await scratch.shell(environment: ["SMCONTROL_PAGER": "tail -n 3"]) { terminal in
        let screen = try await terminal.runLine("status")
        #expect(screen.allLines.count < 40)
        try await terminal.runLine("status > \(file)")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count { $0.contains("SMTP server child for") } == 10_000)
        let counted = try await terminal.runLine("status | grep -c 'SMTP server'")
        #expect(counted.contains("\n10000\n") || counted.lines.contains("10000"))
        let full = try await terminal.runLine("status > /dev/full")
        #expect(full.contains("smcontrol: /dev/full: write: No space left on device"))
        let quitting = try await terminal.runLine("status | true")
        #expect(quitting.lineToCursor == ShellRun.prompt)
      }
    }
  }
}

extension ControlDaemon {
  /// The words of all requests so far.
  func allRequestWords() async -> [String] {
    await shutdown()
    var words: [String] = []
    for await request in requests { words.append(String(decoding: request.word, as: UTF8.self)) }
    return words
  }
}
