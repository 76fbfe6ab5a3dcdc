// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands
@testable import SendmailControlClient

@Suite("status and mstat for reading")
struct TerminalFormatTests {
  @Test("On a terminal they are for reading, as wide as it is, in its characters and colours")
  func terminal() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(3)
      for command in ["status", "mstat"] {
        let wide = try await scratch.terminal(command, columns: 100)
        #expect(wide.status == 0)
        #expect(wide.output.contains("\u{1B}[38;5;28m✔\u{1B}[0m"))
        let narrow = try await scratch.terminal(
          command, columns: 60, environment: ["NO_COLOR": "1"])
        let lines = narrow.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("✔ sendmail (MTA): accepting connections") == true)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 60 })
        #expect(!narrow.output.contains("\u{1B}"))
        let plain = try await scratch.terminal(
          command, "--color", "never", environment: ["LC_ALL": "C"])
        #expect(plain.output.hasPrefix("+ sendmail (MTA): accepting connections"))
        #expect(plain.output.utf8.allSatisfy { $0 < 0x7F })
      }
    }
  }

  @Test("Below 30 columns there is one line; COLUMNS decides over what the terminal says")
  func narrow() async throws {
    try await ScratchDaemon.run { scratch in
      for (columns, environment) in [(29, [:]), (100, ["COLUMNS": "29"])] {
        let run = try await scratch.terminal(
          "--color", "never", "status", columns: columns, environment: environment)
        #expect(run.output == "✔ accepting connections, 0 c…\n")
      }
    }
  }

  @Test("Off a terminal they are smcontrol.pl's, and for reading only when that is asked for")
  func file() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(1)
      let classic = try await scratch.smcontrol("status")
      #expect(classic.output.hasPrefix("Daemon Status: (process "))
      for asked in [
        ["--format", "terminal"], ["--by-peer"], ["--sort", "pid"], ["--peer", "192"],
      ] {
        let run = try await SMControlRun.run(
          ["-C", scratch.configurationFile.string, "status"] + asked,
          environment: TerminalRun.plainEnvironment)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("✔ sendmail (MTA): accepting connections  "), "\(asked)")
        #expect(run.output.contains("192.0.2.0\n"))
        let coloured = try await SMControlRun.run(
          ["-C", scratch.configurationFile.string, "status"] + asked,
          environment: TerminalRun.plainEnvironment.merging(["CLICOLOR_FORCE": "1"]) { $1 })
        #expect(coloured.output.hasPrefix("\u{1B}[38;5;28m✔"), "\(asked)")
      }
    }
  }

  @Test("Children are selected, for reading and in JSON alike")
  func selection() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(5)
      scratch.daemon.update { $0.processes.enter(.queueRunner(pid: 4_195_000)) }
      let runner = try await scratch.smcontrol("status", "--kind", "queue-runner")
      #expect(runner.output.contains("\n1 of 6 children selected.\n"))
      #expect(runner.output.contains("4195000  queue-runner\n"))
      let peers = try await scratch.smcontrol("mstat", "--by-peer")
      #expect(peers.output.contains("\n       1  192.0.2.3\n"))

      func json(_ options: String...) async throws -> [Int] {
        let run = try await SMControlRun.run(
          ["-f", scratch.socket.string, "status", "--format", "json"] + options)
        let object = try JSONSerialization.jsonObject(with: Data(run.standardOutput))
        let processes = (object as? [String: Any])?["processes"] as? [[String: Any]]
        return try #require(processes).compactMap { $0["pid"] as? Int }
      }
      #expect(try await json().count == 7)
      #expect(try await json("--kind", "queue-runner") == [4_195_000])
      #expect(
        try await json("--kind", "smtp-server", "--kind", "queue-runner", "--sort", "pid")
          == Array(4_194_304..<4_194_309) + [4_195_000])
      #expect(try await json("--peer", "192.0.2.4") == [4_194_308])
      // The kinds of JSON, given back.
      #expect(try await json("--kind", "answering-control").count == 1)
      #expect(try await json("--kind", "control") == [])
      // None of them is in the process table, so none is known to be old.
      #expect(try await json("--older-than", "0") == [])
    }
  }

  @Test("Children are counted by peer in JSON, too, as many as there are")
  func peers() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(5)
      scratch.daemon.update {
        $0.processes.enter(.smtpServer(pid: 4_195_001, peer: "192.0.2.4"))
      }
      let run = try await scratch.smcontrol("status", "--by-peer", "--format", "json")
      let object = try JSONSerialization.jsonObject(with: Data(run.standardOutput))
      let members = try #require(object as? [String: Any])
      let peers = try #require(members["peers"] as? [[String: Any]])
      #expect(peers.compactMap { $0["count"] as? Int } == [2, 1, 1, 1, 1])
      #expect(peers.first?["peer"] as? String == "192.0.2.4")
      #expect(peers.first?["kind"] as? String == "smtp-server")
      let plain = try await scratch.smcontrol("status", "--format", "json")
      #expect(plain.output.contains(#""peers":null"#))
    }
  }

  @Test("This process is the daemon, a number of another program is reused")
  func sights() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.daemon.update {
        $0.processes.enter(.smtpServer(pid: 1, peer: "192.0.2.1"))
        $0.processes.enter(.smtpServer(pid: 4_194_304, peer: "192.0.2.2"))
      }
      let run = try await scratch.terminal("status", "--color", "never")
      #expect(run.output.contains("Daemon      process \(TestProcess.id), since* "))
      #expect(run.output.contains("* from the process table, not reported by sendmail\n"))
    }
  }

  static let refusals: [(arguments: [String], words: String)] = [
    (["status", "--older-than", "5x"], "'5x'"), (["status", "--older-than", ""], "--older-than"),
    (["status", "--older-than", "1m1h"], "expected seconds, or a time such as 5m"),
    (["status", "--kind", "smtp"], "expected smtp-server, queue-runner"),
    (["mstat", "--sort", "size"], "kind, age, cpu"),
    (["mstat", "--color", "red"], "auto, always or never"),
    (["status", "--peer", ""], "--peer '': expected an address"),
    (
      ["status", "--format", "classic", "--by-peer"], "classic cannot show the counts of --by-peer"
    ),
    (["mstat", "--format", "raw", "--sort", "pid"], "raw cannot show a selection by --sort"),
    (["audit", "--format", "raw"], "raw shows a reply of the daemon, and this is none"),
    (["status", "--passive", "--kind", "other"], "--passive cannot be combined with --kind"),
    (["restart", "--by-peer"], "--by-peer"),
    (["status", "--is", "down"], "expected accepting, rejecting or answering"),
    (["status", "--is", "accepting", "--passive"], "--passive cannot be combined with --is"),
    (["status", "--is", "accepting", "--sort", "age"], "--is cannot be combined with --sort"),
    (["status", "--is", "accepting", "--format", "raw"], "--is prints the state alone"),
    (["help", "--daemon", "status"], "--daemon takes no command"),
  ]

  @Test("Nonsense is refused before the daemon is asked", arguments: refusals)
  func nonsense(arguments: [String], words: String) async throws {
    let run = try await SMControlRun.run(["-f", "/nonexistent"] + arguments)
    #expect(run.status == 64)
    let isJSON = arguments.contains("json")
    #expect(isJSON ? run.output.contains(#""cause":"usage""#) : run.output.isEmpty)
    #expect(run.errorOutput.contains(words), "\(run.errorOutput)")
  }

  static let owned = "\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}"

  @Test("A child called after an escape sequence stays text, in every format but raw")
  func hostile() async throws {
    let owned = Self.owned
    try await ScratchDaemon.run { scratch in
      scratch.daemon.update {
        $0.processes.enter(.smtpServer(pid: 4_194_304, peer: owned))
        $0.processes.enter(
          DaemonProcess(kind: .smtpServer, pid: 4_194_305, text: Array(owned.utf8)))
      }
      for command in ["status", "mstat"] {
        for options in [
          ["--format", "terminal"], ["--format", "classic"], ["--format", "json"], ["--by-peer"],
        ] {
          let run = try await SMControlRun.run(
            ["-v", "-f", scratch.socket.string, command] + options,
            environment: TerminalRun.plainEnvironment)
          #expect(run.status == 0)
          expectHarmless(run)
          #expect(run.output.contains("owned"))
        }
      }
    }
  }

  @Test("Neither does a reply that is not understood reach standard error as it is")
  func hostileError() {
    for code in [ReplyError.Code.refused, .cutShort, .malformed] {
      let error = ReplyError(code, line: 2, text: Array(Self.owned.utf8)[...], expected: "more")
      let failure = CommandFailure(
        error,
        in: ControlReply(
          bytes: [], end: ReplyEnd(wasReset: false, byteCount: 9, isWithinLine: false, peer: nil)),
        from: "/ctl")
      #expect(failure.lines.joined().contains("\\x1B]0;owned\\x07\\x9B31m\\u{202E}"))
    }
  }

  private func expectHarmless(_ run: ProcessOutcome) {
    for text in [run.output, run.errorOutput] {
      for scalar in text.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format, "U+\(scalar.value)")
      }
    }
  }
}
