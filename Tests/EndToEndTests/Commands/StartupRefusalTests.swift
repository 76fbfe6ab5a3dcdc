// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// Operations that would leave the mail system without a daemon are refused.
@Suite("start and restart check the configuration first")
struct StartupRefusalTests {
  /// Words that make any configuration one that sendmail would not start with.
  static let broken = ["-O", "InputMailFilters=none"]
  private static let reason = "InputFilter none not defined"

  static let restarts = [
    ["restart"], ["restart", "--wait"], ["send", "restart"], ["send", "RESTART x"],
  ]

  @Test("A restart is refused with the reason, and nothing is sent", arguments: restarts)
  func restart(words: [String]) async throws {
    try await ScratchDaemon.run { scratch in
      let start = ["-C", scratch.configurationFile.string] + Self.broken
      let outcome = try await SMControlRun.run(start + words)
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
      let lines = outcome.errorOutput.split(separator: "\n")
      #expect(
        lines[0].hasSuffix(
          ": sendmail would not start: exit status 78 (\(scratch.configurationFile))"))
      #expect(lines[1].contains(Self.reason))
      #expect(outcome.errorOutput.contains("--force"))
      #expect(await scratch.daemon.allRequestWords() == [])
    }
  }

  @Test("--force goes on", arguments: restarts.filter { $0[0] == "restart" })
  func force(words: [String]) async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await SMControlRun.run(
        ["-C", scratch.configurationFile.string] + Self.broken + words + ["--force"])
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      #expect(await scratch.daemon.allRequestWords().contains("restart"))
    }
  }

  @Test("JSON has the reasons")
  func json() async throws {
    try await ScratchDaemon.run { scratch in
      let outcome = try await SMControlRun.run(
        ["-C", scratch.configurationFile.string] + Self.broken + ["restart", "--format", "json"])
      let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
      let members = try #require(object as? [String: Any])
      #expect(members["cause"] as? String == "would-not-start")
      #expect((members["messages"] as? [String])?[1].contains(Self.reason) == true)
    }
  }

  @Test("start runs no sendmail then")
  func start() async throws {
    try await withTemporaryDirectory { directory in
      try ScratchDaemon.writeConfigurationFile(in: directory)
      let words =
        ["-C", directory["sendmail.cf"].string] + Self.broken
        + ["start", "--sendmail", CommandForm.sendmail]
      let refused = try await SMControlRun.run(words, workingDirectory: directory.path)
      #expect(refused.status == 1)
      #expect(refused.errorOutput.contains(Self.reason))
      #expect(!FileManager.default.fileExists(atPath: directory["started"].string))
      let forced = try await SMControlRun.run(words + ["--force"], workingDirectory: directory.path)
      #expect(forced.status == 0)
      #expect(FileManager.default.fileExists(atPath: directory["started"].string))
    }
  }

  @Test("The arguments after -- count for start, and for a program that does not listen")
  func arguments() async throws {
    try await withTemporaryDirectory { directory in
      try ScratchDaemon.writeConfigurationFile(in: directory)
      try directory.write("O QueueDirectory=/nonexistent/mq\n", to: "other.cf")
      let words = [
        "-C", directory["sendmail.cf"].string, "start", "--sendmail", CommandForm.sendmail, "--",
      ]
      for (arguments, status) in [
        (["-bd"] + Self.broken, 1), (["-bd", "-OInputMailFilters=none"], 1),
        (["-bd", "-C", directory["other.cf"].string], 1), (["-q30m"] + Self.broken, 0),
        (["-bd"], 0),
      ] {
        let outcome = try await SMControlRun.run(
          words + arguments, workingDirectory: directory.path)
        #expect(outcome.status == Int32(status), "\(arguments): \(outcome.errorOutput)")
      }
    }
  }

  /// A program named sendmail that says that it is 8.15.2 with `NDBM`, and writes down what else it is run with.
  private static func oldSendmail(in directory: TemporaryDirectory) throws -> String {
    let script = """
      #!/bin/sh
      if [ "$1" = -d0.1 ]; then
        printf 'Version 8.15.2\\n Compiled with: NDBM\\n'
        exit 78
      fi
      echo "$*" >>'\(directory["started"])'

      """
    return try directory.write(
      Array(script.utf8), to: "sendmail", permissions: [.ownerReadWriteExecute]
    ).string
  }

  @Test("The program that is to start is asked for its classes of maps and its options")
  func asked() async throws {
    try await withTemporaryDirectory { directory in
      let program = try Self.oldSendmail(in: directory)
      let words = ["-C", directory["sendmail.cf"].string]
      for (line, isNew, start, check) in [
        ("Kx dbm /nonexistent/x", false, 0, 0), ("Kx hash -o /x", true, 1, 1),
        ("O CRLPath=/x", true, 1, 1),
      ] {
        try ScratchDaemon.writeConfigurationFile(in: directory, lines: [line])
        let started = try await SMControlRun.run(words + ["start", "--sendmail", program])
        #expect(started.status == Int32(start), "\(line): \(started.errorOutput)")
        #expect(started.errorOutput.contains("sendmail would not start") == isNew, "\(line)")
        let checked = try await SMControlRun.run(
          words + ["config", "--check", "--sendmail", program])
        #expect(checked.status == Int32(check), "\(line): \(checked.output)")
        // Another name: not asked.
        let stub = try await SMControlRun.run(
          words + ["start", "--sendmail", CommandForm.sendmail], workingDirectory: directory.path)
        #expect(stub.status == 0, "\(line): \(stub.errorOutput)")
        #expect(stub.errorOutput.contains("not checked whether sendmail has") == !isNew, "\(line)")
      }
    }
  }

  @Test("A user who may not read the configuration is informed that it was not checked", .needsRoot)
  func unreadable() async throws {
    let user = try SystemUser.ordinary()
    try await ScratchDaemon.run { scratch in
      let files = FileManager.default
      try files.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: scratch.directory.path.string)
      try files.setAttributes([.posixPermissions: 0o666], ofItemAtPath: scratch.socket.string)
      try files.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: scratch.configurationFile.string)
      let outcome = try await SMControlRun.run(
        ["-f", scratch.socket.string, "restart"],
        environment: ["SMCONTROL_CF": scratch.configurationFile.string], user: user)
      #expect(outcome.status == 0)
      #expect(
        outcome.errorOutput
          == "smcontrol: restart: not checked whether sendmail would start: "
          + "\(scratch.configurationFile): cannot open: Permission denied\n")
    }
  }

  @Test("A file that this user may not look up is no reason to refuse, and is named", .needsRoot)
  func uncheckedFile() async throws {
    let user = try SystemUser.ordinary()
    try await ScratchDaemon.run { scratch in
      let hosts = scratch.directory["private/hosts"]
      try scratch.directory.makeDirectory("private")
      try scratch.directory.write("one.example\n", to: "private/hosts")
      try ScratchDaemon.writeConfigurationFile(
        in: scratch.directory,
        lines: ["O DontBlameSendmail=ClassFileInUnsafeDirPath", "Fw\(hosts)"])
      for (mode, name) in [(0o755, ""), (0o700, "private"), (0o666, "ctl")] {
        try FileManager.default.setAttributes(
          [.posixPermissions: mode],
          ofItemAtPath: name.isEmpty
            ? scratch.directory.path.string : scratch.directory[name].string)
      }
      let words = ["-C", scratch.configurationFile.string]
      let check = try await SMControlRun.run(words + ["config", "--check"], user: user)
      #expect(check.status == 77)
      #expect(check.output.contains("not checked: \(hosts): Permission denied\n"))
      let restart = try await SMControlRun.run(words + ["restart"], user: user)
      #expect(restart.status == 0, "\(restart.errorOutput)")
      #expect(restart.errorOutput.contains("restart: not checked: \(hosts): Permission denied\n"))
      let root = try await SMControlRun.run(words + ["config", "--check"])
      #expect(root.status == 0, "\(root.output)")
    }
  }
}
