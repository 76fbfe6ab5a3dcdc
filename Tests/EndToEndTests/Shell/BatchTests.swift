// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("The shell without a terminal")
struct BatchTests {
  /// Runs smcontrol on `scratch` with `lines` on its standard input.
  static func run(
    _ lines: String, on scratch: ScratchDaemon, _ arguments: [String] = [],
    environment: [String: String?] = [:]
  ) async throws -> ProcessOutcome {
    try await ProcessRunner.run(
      BuiltBinaries.smcontrol, ["-f", scratch.socket.string] + arguments,
      environment: SMControlRun.cleanEnvironment
        .merging(["HOME": scratch.directory.path.string, "XDG_STATE_HOME": nil]) { $1 }
        .merging(environment) { $1 },
      input: Array(lines.utf8), workingDirectory: scratch.directory.path)
  }

  /// Returns the number of replies to status in `output`.
  static func answers(in output: String) -> Int {
    output.split(separator: "\n").count { $0.hasPrefix("Daemon Status: ") }
  }

  @Test("Commands come one a line; no prompt, no banner, no history, no escape sequence")
  func lines() async throws {
    try await ScratchDaemon.run { scratch in
      let alone = try await scratch.smcontrol("status")
      let run = try await Self.run(
        "# two queries\nstatus\n\n  ST   # again\n", on: scratch,
        environment: ["CLICOLOR_FORCE": nil, "TERM": "xterm-256color"])
      #expect(run.status == 0)
      let lines = run.output.split(separator: "\n")
      #expect(Self.answers(in: run.output) == 2)
      #expect(lines.count == 2 * alone.output.split(separator: "\n").count)
      #expect(run.output.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
      #expect(run.errorOutput == "")
      let left = try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path.string)
      #expect(Set(left) == ["ctl", "pid", "sendmail.cf"])
    }
  }

  @Test("Empty standard input is an empty script")
  func nothing() async throws {
    try await ScratchDaemon.run { scratch in
      for input in ["", "\n", "# only this", "   "] {
        let run = try await Self.run(input, on: scratch)
        #expect(run.status == 0)
        #expect(run.output == "" && run.errorOutput == "")
      }
    }
  }

  @Test(
    "The first line that fails is the last, and decides the exit status; its number is reported")
  func firstFailure() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run("status\nbogus\nstatus\n", on: scratch)
      #expect(run.status == 64)
      #expect(Self.answers(in: run.output) == 1)
      #expect(run.errorOutput.hasPrefix("smcontrol: line 2: unknown command 'bogus'\n"))
      let other = try await Self.run("send nothing\nbogus\n", on: scratch)
      #expect(other.status == 1)
      #expect(other.errorOutput.contains("smcontrol: line 1: send: the daemon "))
    }
  }

  @Test("With --keep-going the others are run, and the first failure decides")
  func keepGoing() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run(
        "send nothing\nbogus\nstatus", on: scratch, ["--keep-going"])
      #expect(run.status == 1)
      #expect(Self.answers(in: run.output) == 1)
      #expect(run.errorOutput.contains("line 1: ") && run.errorOutput.contains("line 2: "))
      let late = try await Self.run("status\nbogus\nsend x\n", on: scratch, ["--keep-going"])
      #expect(late.status == 64)
    }
  }

  @Test("-e does the same with its lines, and standard input is left alone")
  func execute() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run(
        "bogus\n", on: scratch, ["-e", "status", "--execute", "format json", "-e", "-v status"])
      #expect(run.status == 0)
      #expect(Self.answers(in: run.output) == 1)
      #expect(run.output.contains("\"schema\":\"smcontrol.status/1\""))
      #expect(run.errorOutput.contains("connecting to"))
      let failing = try await Self.run("", on: scratch, ["-e", "bogus", "-e", "status"])
      #expect(failing.status == 64)
      #expect(failing.output == "")
      #expect(failing.errorOutput.hasPrefix("smcontrol: -e number 1: unknown command 'bogus'"))
      let single = try await Self.run("", on: scratch, ["-e", "bogus"])
      #expect(single.errorOutput.hasPrefix("smcontrol: unknown command 'bogus'"))
    }
  }

  @Test("quit ends it, and nothing is asked before shutdown")
  func quitting() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run("quit\nstatus\n", on: scratch)
      #expect(run.status == 0 && run.output == "")
      let end = try await Self.run("shutdown\nquit\n", on: scratch)
      #expect(end.status == 0)
      #expect(end.output.hasPrefix("OK\n"))
      try await eventually("the daemon's end") {
        try await scratch.smcontrol("status").status == 69
      }
    }
  }

  @Test("Output goes into files of one's own, and after what is there")
  func redirection() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run("status > 'my out'\nstatus >> my\\ out", on: scratch)
      #expect(run.status == 0 && run.output == "")
      let file = scratch.directory["my out"]
      #expect(Self.answers(in: try String(contentsOfFile: file.string, encoding: .utf8)) == 2)
      #expect(try Stat(file).permissions == .ownerReadWrite)
      _ = try await Self.run("status>my\\ out\n", on: scratch)
      #expect(Self.answers(in: try String(contentsOfFile: file.string, encoding: .utf8)) == 1)
    }
  }

  static let badFiles: [(String, Int32, String)] = [
    ("link", 74, "is a symbolic link, and links are not followed: name the file itself"),
    (".", 74, "open: Is a directory"),
    ("none/x", 74, "open: No such file or directory"),
    ("fifo", 74, "open: "),
    ("/dev/full", 74, "write: No space left on device"),
  ]

  @Test("A file that cannot be written says so; a link is not followed", arguments: badFiles)
  func badFile(name: String, status: Int32, message: String) async throws {
    try await ScratchDaemon.run { scratch in
      let directory = scratch.directory
      try directory.write("kept", to: "target")
      try FileManager.default.createSymbolicLink(
        atPath: directory["link"].string, withDestinationPath: directory["target"].string)
      #expect(unsafe mkfifo(directory["fifo"].string, 0o600) == 0)
      let run = try await Self.run("status > \(name)\n", on: scratch)
      #expect(run.status == status)
      #expect(run.errorOutput.hasPrefix("smcontrol: line 1: \(name): \(message)"))
      #expect(try String(contentsOfFile: directory["target"].string, encoding: .utf8) == "kept")
    }
  }

  @Test("A line that is none creates no file")
  func badLine() async throws {
    try await ScratchDaemon.run { scratch in
      for line in ["bogus > x", "status --bogus > x", "status > x y", "restart --read-only >> x"] {
        let run = try await Self.run(line + "\n", on: scratch)
        #expect(run.status != 0)
        #expect(!FileManager.default.fileExists(atPath: scratch.directory["x"].string))
      }
    }
  }

  @Test("Output goes to a program that is run directly; its words are not a shell's")
  func pipe() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run("status | grep -c '^Daemon Status' \n", on: scratch)
      #expect(run.status == 0)
      #expect(run.output == "1\n")
      let words = try await Self.run("status | echo '$HOME' \"a  b\" *\n", on: scratch)
      #expect(words.output == "$HOME a  b *\n")
      // Nothing that we do about signals is passed on to it.
      let signals = try await Self.run("status | sh -c 'trap; kill -PIPE $$'\n", on: scratch)
      #expect(signals.status == 128 + SIGPIPE)
    }
  }

  @Test(
    "A program that fails decides when the command went well, and one that reads no more is none")
  func failingProgram() async throws {
    try await ScratchDaemon.run { scratch in
      let failing = try await Self.run("status | grep nothing\nstatus\n", on: scratch)
      #expect(failing.status == 1)
      #expect(failing.output == "")
      #expect(failing.errorOutput == "smcontrol: line 1: | grep exited with status 1\n")
      let missing = try await Self.run("status | no-such-program\n", on: scratch)
      #expect(missing.status == 71)
      #expect(missing.errorOutput.hasPrefix("smcontrol: line 1: | no-such-program: "))
      let both = try await Self.run("send nothing | cat\n", on: scratch)
      #expect(both.status == 1)
      #expect(both.errorOutput.contains("send: the daemon"))
      scratch.enter(3000)
      let quitting = try await Self.run("status | head -n 1\nquit\n", on: scratch)
      #expect(quitting.status == 0)
      #expect(quitting.errorOutput == "")
      #expect(quitting.output.split(separator: "\n").count == 1)
    }
  }

  @Test("use, format and timeout apply from then on, and a line overrides them")
  func settings() async throws {
    try await ScratchDaemon.run { scratch in
      try await ScratchDaemon.run({ $0.state.title = "rejecting new messages: 1" }) {
        other in
        let run = try await Self.run(
          """
          use \(other.socket.string)
          status
          use -C \(scratch.configurationFile.string)
          status
          -f \(other.socket.string) status
          status -f \(other.socket.string)
          use
          timeout
          timeout 2.5
          timeout
          format
          format raw
          format
          format auto
          format

          """, on: scratch)
        #expect(run.status == 0, "\(run.errorOutput)")
        let answers = run.output.split(separator: "\n").filter { $0.hasPrefix("Daemon Status") }
          .map { $0.contains("Rejecting new messages") }
        #expect(answers == [true, false, true, true])
        #expect(
          run.output.hasSuffix(
            """
            control socket \(scratch.socket.string), of \(scratch.configurationFile.string)
            120 s
            2.500 s
            auto
            raw
            auto

            """), "\(run.output)")
      }
    }
  }

  @Test(
    "An unusable value changes nothing",
    arguments: [
      ("use sendmail.cf", 78), ("use -C none", 66), ("use -C x /y", 64), ("format xml", 64),
      ("timeout 0", 64), ("use ''", 64),
    ])
  func badSettings(line: String, status: Int32) async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await Self.run(
        "\(line)\nstatus\nformat\ntimeout\n", on: scratch, ["--keep-going"])
      #expect(run.status == status)
      #expect(Self.answers(in: run.output) == 1)
      #expect(run.output.hasSuffix("auto\n120 s\n"))
    }
  }

  @Test("A reader of the output that goes away ends it, as do lines that are too long")
  func ends() async throws {
    try await ScratchDaemon.run { scratch in
      let long = try await Self.run(
        "status\n" + String(repeating: "x", count: 100_000) + "\nstatus\n", on: scratch)
      #expect(long.status == 66)
      #expect(long.errorOutput.contains("line 2: longer than 65536 bytes"))
      let gone = try await ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "(yes status | \"$0\" -f \"$1\"; echo \"status $?\" >&2) | head -n 1",
          BuiltBinaries.smcontrol.string, scratch.socket.string,
        ], environment: SMControlRun.cleanEnvironment)
      #expect(gone.errorOutput.contains("status 141\n"))
    }
  }

  @Test("Control characters in a line are shown as escapes in every message")
  func hostileLines() async throws {
    try await ScratchDaemon.run { scratch in
      for line in [
        "\u{1B}]0;x\u{07}", "status --\u{1B}[2J", "status --sort \u{1B}[2J", "help \u{9B}2J",
        "status > /nonexistent/\u{1B}[2J", "status | \u{1B}[2J",
        "use -C \u{1B}[2J", "use ./\u{1B}[2J", "format \u{1B}[2J", "send \u{1B}[2J",
      ] {
        let run = try await Self.run(line + "\n", on: scratch)
        let shown = run.output + run.errorOutput
        #expect(!shown.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" }, "\(line)")
      }
      let once = try await SMControlRun.run(["status", "--\u{1B}[2J"])
      #expect(once.status == 64)
      #expect(!once.errorOutput.contains("\u{1B}"))
    }
  }

  @Test("The read-only of the whole shell holds for each line")
  func readOnly() async throws {
    try await ScratchDaemon.run { scratch in
      for (arguments, environment) in [
        (["--read-only"], [:]), ([], ["SMCONTROL_READONLY": "1"]),
      ] as [([String], [String: String?])] {
        // A user who may only view, as root by sudo, could do anything with a file or a program.
        for line in [
          "restart", "shutdown --yes", "start", "memdump", "send status", "status > out",
          "status >> out", "status | touch out",
        ] {
          let run = try await Self.run(line, on: scratch, arguments, environment: environment)
          #expect(run.status == 77, "\(line)")
          #expect(!run.errorOutput.contains("Berkeley"))
          #expect(!FileManager.default.fileExists(atPath: scratch.directory["out"].string))
        }
        let reading = try await Self.run(
          "status\nhelp\nuse\nhistory", on: scratch, arguments, environment: environment)
        #expect(reading.status == 0)
      }
    }
  }

  @Test("help lists the commands of smcontrol, and with --daemon is the daemon's own")
  func help() async throws {
    try await ScratchDaemon.run { scratch in
      let daemon = try await scratch.smcontrol("help", "--daemon")
      #expect(daemon.status == 0)
      #expect(try await Self.run("help --daemon\n", on: scratch).output == daemon.output)
      #expect(try await Self.run("help\n", on: scratch).output.contains("  restart   Restart"))
      let ours = try await Self.run("help use\nhelp st\nstatus --help\n", on: scratch)
      #expect(ours.status == 0)
      #expect(ours.output.contains("Usage: use ["))
      #expect(ours.output.contains("Example:\n  use -C /etc/mail/sendmail-in.cf\n"))
      #expect(ours.output.contains("Usage: status "))
    }
  }
}
