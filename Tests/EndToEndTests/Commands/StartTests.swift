// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// `start` with a program in sendmail's place that writes down its arguments.
@Suite("start runs the daemon that is meant")
struct StartTests {
  /// A directory with a configuration and the program.
  private struct Place {
    let directory: TemporaryDirectory
    let program: String
    var file: String { directory["sendmail.cf"].string }

    /// The program's name: another one in each test, since processes are found by it.
    static func name(in directory: TemporaryDirectory) -> String {
      "p-\(directory.path.lastComponent?.string.suffix(6) ?? "")"
    }

    init(_ directory: TemporaryDirectory) throws {
      self.directory = directory
      try ScratchDaemon.writeConfigurationFile(in: directory)
      program = try directory.write(
        """
        #!/bin/sh
        printf '%s\\n' "$@" >"$(dirname "$0")/arguments"

        """, to: Place.name(in: directory)
      ).string
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    /// The arguments that the program got; `nil` when it was not run.
    var arguments: [String]? {
      FileManager.default.contents(atPath: directory["arguments"].string)
        .map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    func start(
      _ options: [String], after: [String] = [], environment: [String: String?] = [:]
    ) async throws -> ProcessOutcome {
      try await SMControlRun.run(
        options + ["start", "--sendmail", program] + after, environment: environment,
        workingDirectory: directory.path)
    }
  }

  @Test("The configuration is passed on, also before arguments of one's own")
  func passedOn() async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      let settings = ["-O", "LogLevel=20", "-oT5d"]
      let cases: [([String], [String], [String: String], [String])] = [
        (["-C", place.file], [], [:], ["-C", place.file, "-bd", "-q30m"]),
        (["-C", place.file], ["--", "-bD"], [:], ["-C", place.file, "-bD"]),
        (["-C", "sendmail.cf"], [], [:], ["-C", place.file, "-bd", "-q30m"]),
        ([], ["--", "-bd"], ["SMCONTROL_CF": place.file], ["-C", place.file, "-bd"]),
        (
          ["-C", place.file] + settings, ["--", "-bd"], [:],
          ["-C", place.file, "-O", "LogLevel=20", "-o", "T5d", "-bd"]
        ),
        (
          settings, [], ["SMCONTROL_CF": place.file],
          ["-C", place.file, "-O", "LogLevel=20", "-o", "T5d", "-bd", "-q30m"]
        ),
        // A socket that the configuration names as well is no other daemon's.
        (
          ["-f", directory["ctl"].string, "-C", place.file], [], [:],
          ["-C", place.file, "-bd", "-q30m"]
        ),
        (
          ["-f", "new", "-C", place.file, "-O", "ControlSocketName=\(directory["new"])"], [], [:],
          [
            "-C", place.file, "-O", "ControlSocketName=\(directory["new"])", "-bd", "-q30m",
          ]
        ),
      ]
      for (options, after, environment, arguments) in cases {
        let outcome = try await place.start(
          options, after: after, environment: environment.mapValues { $0 })
        #expect(outcome.status == 0, "\(options): \(outcome.errorOutput)")
        #expect(place.arguments == arguments, "\(options)")
        #expect(
          outcome.output == "Started: \(place.program) \(arguments.joined(separator: " ")); "
            + "--wait shows whether the daemon answers\n")
        try FileManager.default.removeItem(atPath: directory["arguments"].string)
      }
    }
  }

  @Test("A socket that sendmail would not open is refused")
  func refused() async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      let submission = try directory.write("V10\nO UseMSP=True\n", to: "submit.cf").string
      let other = directory["other"].string
      let cases: [([String], [String: String])] = [
        (["-f", other], ["SMCONTROL_CF": place.file]), (["-f", other, "-C", place.file], [:]),
        (["-f", other, "-C", directory["none.cf"].string], [:]),
        ([], ["SMCONTROL_SOCKET": other, "SMCONTROL_CF": place.file]),
        (["-Ac"], [:]), (["-Ac", "-C", place.file], [:]), (["-C", submission], [:]),
      ]
      for (options, environment) in cases {
        let outcome = try await place.start(options, environment: environment.mapValues { $0 })
        #expect(outcome.status == 64, "\(options) \(environment)")
        #expect(outcome.errorOutput.contains("smcontrol: start: "))
        #expect(outcome.output == "")
        #expect(place.arguments == nil)
      }
      // The shell's own choice is no other.
      for use in ["use \(other)", "use -C \(submission)"] {
        let outcome = try await SMControlRun.run(
          ["-e", use, "-e", "start --sendmail \(place.program)"],
          environment: ["SMCONTROL_CF": place.file])
        #expect(outcome.status == 64, "\(use)")
        #expect(place.arguments == nil)
      }
    }
  }

  @Test("JSON is one object, with the process where the PID file tells")
  func json() async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      let outcome = try await place.start(["--format", "json", "-C", place.file])
      #expect(outcome.status == 0)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
      let members = try #require(object as? [String: Any])
      #expect(members["schema"] as? String == "smcontrol.start/1")
      #expect(members["socket"] as? String == directory["ctl"].string)
      #expect(members["waited"] as? Bool == false)
      #expect(members["newPID"] is NSNull)
    }
  }

  /// A sendmail that leaves a process, which locks the PID file after a while and stays until that file
  /// is gone.
  private static func daemon(in directory: TemporaryDirectory, locks: Bool = true) -> String {
    """
    #!/bin/bash
    echo run >>'\(directory["runs"])'
    (
      sleep 0.3
      exec 9>'\(directory["pid"])'
      \(locks ? "flock 9" : "")
      echo $BASHPID >&9; echo $BASHPID >'\(directory["daemon"])'
      while [ -e '\(directory["pid"])' ]; do sleep 0.05; done
    ) >/dev/null 2>&1 &

    """
  }

  @Test(
    "The process that was started is named, with a lock on the PID file and without",
    arguments: [
      true, false,
    ])
  func namesStartedProcess(locks: Bool) async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      try directory.write(Self.daemon(in: directory, locks: locks), to: Place.name(in: directory))
      let outcome = try await place.start(["-C", place.file])
      let pid = try await eventually("the daemon") {
        FileManager.default.contents(atPath: directory["daemon"].string)
          .flatMap { Int32(String(decoding: $0, as: UTF8.self).dropLast()) }
      }
      directory.unlink("pid")
      #expect(
        outcome.output == "Started: process \(pid); --wait shows whether the daemon answers\n")
    }
  }

  @Test("Of several starts at once one starts a daemon, and the others say that one runs")
  func parallel() async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      try directory.write(Self.daemon(in: directory), to: Place.name(in: directory))
      let outcomes = try await withThrowingTaskGroup { group in
        for _ in 1...3 { group.addTask { try await place.start(["-C", place.file]) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      directory.unlink("pid")
      let runs = FileManager.default.contents(atPath: directory["runs"].string)
      #expect(runs == Data("run\n".utf8))
      #expect(outcomes.map { $0.status ?? -1 }.sorted() == [0, 1, 1])
      for outcome in outcomes where outcome.status == 1 {
        #expect(outcome.errorOutput.hasPrefix("smcontrol: start: a daemon runs already: process "))
      }
    }
  }

  @Test("A lock that another program keeps is waited for as long as an exchange may take: 75")
  func locked() async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      let file = try FileDescriptor.open(FilePath(place.file), .readOnly, options: .closeOnExec)
      defer { try? file.close() }
      #expect(flock(file.rawValue, LOCK_EX) == 0)
      let outcome = try await place.start(["-C", place.file, "--timeout", "0.2"])
      #expect(outcome.status == 75)
      #expect(
        outcome.errorOutput.contains("process \(TestProcess.id) holds the lock on \(place.file)"))
      #expect(place.arguments == nil)
    }
  }

  @Test(
    "A program that is not there is 71, one that may not be run 77",
    arguments: [
      ("/nonexistent/sendmail", "No such file or directory", 71),
      ("/etc/passwd", "Permission denied", 77), ("/tmp", "Permission denied", 77),
    ] as [(String, String, Int32)])
  func notRun(program: String, reason: String, status: Int32) async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      for words in [["start", "--sendmail", program], ["-e", "config | \(program)"]] {
        let outcome = try await SMControlRun.run(["-C", place.file] + words)
        #expect(outcome.status == status)
        #expect(outcome.errorOutput.hasSuffix("\(program): exec: \(reason)\n"))
      }
    }
  }

  @Test("A process that holds the PID file afterwards is named")
  func namesProcess() async throws {
    try await withTemporaryDirectory { directory in
      let place = try Place(directory)
      try directory.write(
        """
        #!/bin/bash
        exec 9>'\(directory["pid"])'
        flock 9
        echo $$ >&9
        # A child that keeps the lock, as the daemon of -bd does, until the test has seen enough.
        (while [ -e '\(directory["pid"])' ]; do sleep 0.05; done) >/dev/null 2>&1 &

        """, to: Place.name(in: directory))
      let outcome = try await place.start(["-C", place.file])
      let pid = try String(contentsOfFile: directory["pid"].string, encoding: .utf8)
      try FileManager.default.removeItem(atPath: directory["pid"].string)
      #expect(
        outcome.output == "Started: process \(pid.dropLast()); "
          + "--wait shows whether the daemon answers\n")
    }
  }
}
