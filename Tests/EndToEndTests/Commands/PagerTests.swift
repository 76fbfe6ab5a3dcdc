// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("Long output through a pager")
struct PagerTests {
  /// A pager that writes what it gets into the file that its first argument names, and what it was
  /// started with into one beside it.
  static func record(in directory: TemporaryDirectory) throws -> String {
    let pager = try directory.write(
      """
      #!/bin/sh
      echo "$# ${LESSSECURE-unset} ${LESS-unset}" >"$1.facts"
      exec cat >"$1"

      """, to: "a pager")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: pager.string)
    return "'\(pager.string)' \"\(directory["out put"].string)\" second\\ word"
  }

  static func text(_ path: FilePath) -> String? {
    FileManager.default.contents(atPath: path.string).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "It gets all of the output, when that is longer than the screen; its words are not a shell's")
  func recording() async throws {
    try await ScratchDaemon.run { scratch in
      let directory = scratch.directory
      scratch.enter(20)
      for variable in ["SMCONTROL_PAGER", "PAGER"] {
        var environment: [String: String?] = ["SMCONTROL_PAGER": nil]
        environment[variable] = try Self.record(in: directory)
        let paged = try await scratch.terminal("status", rows: 24, environment: environment)
        #expect(paged.status == 0)
        #expect(paged.output == "")
        let text = try #require(Self.text(directory["out put"]))
        #expect(text.hasPrefix("\u{1B}[38;5;28m✔"))
        #expect(text.hasSuffix("\n"))
        #expect(text.split(separator: "\n").count { $0.contains("192.0.2.") } == 20)
        let secure = SystemUser.isRoot ? "1" : "unset"
        #expect(Self.text(directory["out put.facts"]) == "2 \(secure) FRX\n")
        try FileManager.default.removeItem(atPath: directory["out put"].string)

        for (arguments, rows) in [(["status"], 100), (["status", "--no-pager"], 24)] {
          let direct = try await TerminalRun.run(
            ["-C", scratch.configurationFile.string] + arguments, rows: rows,
            environment: environment)
          #expect(direct.output.split(separator: "\n").count { $0.contains("192.0.2.") } == 20)
          #expect(Self.text(directory["out put"]) == nil)
        }
      }
    }
  }

  @Test(
    "An empty SMCONTROL_PAGER or cat is none, whatever PAGER says; neither is one on a dumb terminal",
    arguments: [
      ["SMCONTROL_PAGER": ""], ["SMCONTROL_PAGER": "cat"],
      ["TERM": "dumb", "SMCONTROL_PAGER": nil],
    ] as [[String: String?]])
  func none(environment: [String: String?]) async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(20)
      let pager = try Self.record(in: scratch.directory)
      let run = try await scratch.terminal(
        "status", rows: 10, environment: ["PAGER": pager].merging(environment) { $1 })
      #expect(run.output.contains("192.0.2.19"))
      #expect(Self.text(scratch.directory["out put"]) == nil)
      #expect(!run.output.contains("warning"))
    }
  }

  static let failures: [(pager: String, words: String)] = [
    ("false", "warning: the pager exited with status 1: false"),
    ("sh -c 'kill -KILL $$'", "warning: the pager was ended by signal 9: sh -c 'kill -KILL $$'"),
    ("less 'x", "warning: no pager: less 'x: column 6: the quote ' is not closed"),
    ("/nonexistent/pager", "warning: no pager: /nonexistent/pager: "),
    ("no-such-pager -x", "warning: no pager: no-such-pager -x: "),
    ("/etc", "warning: no pager: /etc: "),
  ]

  @Test("One that fails is warned of, and the output is shown", arguments: failures)
  func failure(pager: String, words: String) async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(20)
      let run = try await scratch.terminal(
        "status", rows: 10, environment: ["SMCONTROL_PAGER": pager])
      #expect(run.status == 0)
      #expect(run.output.contains("192.0.2.19"))
      #expect(run.output.contains(words), "\(run.output)")
    }
  }

  @Test("One that stops reading is no failure", arguments: ["head -n 3", "true"])
  func quitting(pager: String) async throws {
    try await ScratchDaemon.run { scratch in
      // More than a pipe holds.
      scratch.enter(3000)
      let run = try await scratch.terminal(
        "status", rows: 10, environment: ["SMCONTROL_PAGER": pager])
      #expect(run.status == 0)
      #expect(run.output.split(separator: "\n").count == (pager.hasPrefix("head") ? 2 : 0))
    }
  }

  @Test("The terminal is restored after it, and SIGTERM ends it, too")
  func ended() async throws {
    try await ScratchDaemon.run { scratch in
      let directory = scratch.directory
      scratch.enter(20)
      let pager = try directory.write(
        """
        #!/bin/sh
        stty raw -echo <&1
        trap 'echo over >"$1.over"; exit 1' TERM
        echo "$$ $PPID" >"$1.new"
        mv "$1.new" "$1"
        while :; do sleep 0.05; done

        """, to: "raw")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: pager.string)
      let pids = directory["pids"]
      for (isPager, signal, status) in [(true, SIGKILL, 0), (false, SIGTERM, 130)] {
        try? FileManager.default.removeItem(atPath: pids.string)
        async let run = ProcessRunner.run(
          "/usr/bin/script",
          [
            "-qec",
            """
            stty cols 80 rows 10
            '\(BuiltBinaries.smcontrol.string)' -f '\(scratch.socket.string)' status
            echo "status $?"; stty -a
            """, "/dev/null",
          ],
          environment: SMControlRun.cleanEnvironment.merging(TerminalRun.plainEnvironment) { $1 }
            .merging(["SMCONTROL_PAGER": "\(pager.string) \(pids.string)"]) { $1 })
        let numbers = try await eventually("the pager") {
          Self.text(pids).map { $0.split { $0.isWhitespace }.compactMap { Int32($0) } }
        }
        try #require(numbers.count == 2)
        #expect(kill(isPager ? numbers[0] : numbers[1], signal) == 0)
        let output = try await run.output
        #expect(output.contains("status \(status)\r\n"), "\(output)")
        #expect(output.contains(" icanon "), "\(output)")
        #expect(output.contains(" echo "), "\(output)")
        #expect(isPager || Self.text(directory["pids.over"]) == "over\n")
      }
    }
  }

  @Test("Ctrl-Z stops nothing where less does not stop for root", .enabled(if: SystemUser.isRoot))
  func stop() async throws {
    try await ScratchDaemon.run { scratch in
      scratch.enter(30)
      // As less does where it is secure.
      let less = try scratch.directory.write(
        "#!/bin/sh\ntrap '' TSTP\ncat >/dev/null\necho paging\nread line </dev/tty\n", to: "less")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: less.string)
      try await TerminalSession.run(
        "/bin/bash", ["--norc", "--noprofile", "-i"],
        environment: SMControlRun.cleanEnvironment.merging([
          "HOME": scratch.directory.path.string, "PS1": "parent$ ", "HISTFILE": nil,
          "SMCONTROL": BuiltBinaries.smcontrol.string, "SMCONTROL_PAGER": less.string,
        ]) { $1 }
      ) { terminal in
        try await terminal.waitForLine(last: "parent$ ")
        try await terminal.enter("\"$SMCONTROL\" -f \(scratch.socket.string) status")
        try await terminal.waitFor("paging")
        try await terminal.press(.controlZ, .enter)
        let screen = try await terminal.waitForLine(last: "parent$ ")
        #expect(!screen.contains("Stopped"))
      }
    }
  }

}
