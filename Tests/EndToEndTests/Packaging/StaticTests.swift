// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The client that `make static` builds.
@Suite("make static", .needsShippedBuild)
struct StaticTests {
  private static let building = Task { try await ShippedBuild.make("static") }

  private static func program() async throws -> FilePath {
    _ = try await building.value
    return ProjectFiles.file(".build-release/release/smcontrol")
  }

  @Test("It needs no library and no loader of the machine")
  func linkage() async throws {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/readelf", ["--wide", "--program-headers", "--dynamic", Self.program().string],
      environment: ["LC_ALL": "C"])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    #expect(outcome.output.contains("LOAD"))
    #expect(!outcome.output.contains("INTERP"))
    #expect(outcome.output.contains("There is no dynamic section in this file."))
  }

  @Test("It says its version")
  func version() async throws {
    let outcome = try await ProcessRunner.run(Self.program(), ["--version"])
    #expect(outcome.output == "smcontrol \(Version.text)\n")
  }

  @Test("It asks a daemon, and gives users and groups their names")
  func status() async throws {
    let program = try await Self.program()
    try await ScratchDaemon.run { scratch in
      let arguments = ["-f", scratch.socket.string, "-v", "status"]
      let outcome = try await ProcessRunner.run(
        program, arguments, environment: SMControlRun.cleanEnvironment)
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      #expect(outcome.output.contains("Accepting connections"))
      #expect(outcome.errorOutput.contains("of user \(SystemUser.current.name), group "))
      // As the other build says it, but for times and process ids.
      let other = try await SMControlRun.run(arguments)
      #expect(names(in: outcome) == names(in: other))
      #expect(names(in: outcome) != nil)
    }
  }

  @Test("It goes on at users and groups that are in no file, and lists those that are")
  func unknownNames() async throws {
    let program = try await Self.program()
    try await withTemporaryDirectory { directory in
      let queue = try directory.makeDirectory("mq")
      let file = try directory.write(
        """
        V10
        O QueueDirectory=\(queue)
        O TrustedUser=no-such-user
        O RunAsUser=root:no-such-group
        O DaemonPortOptions=Port=no-such-service
        O PrivacyOptions=restrictmailq

        """, to: "test.cf")
      for command in [["config"], ["audit"]] {
        let arguments = ["-C", file.string, "--format", "json"] + command
        let outcome = try await ProcessRunner.run(
          program, arguments, environment: SMControlRun.cleanEnvironment)
        let other = try await SMControlRun.run(arguments)
        #expect(outcome.signal == nil)
        #expect(outcome.status == other.status)
        #expect(outcome.output == other.output)
        #expect(outcome.errorOutput == other.errorOutput)
      }
    }
  }

  /// Instructions are counted and not time: the number hardly depends on the machine and its load. What it
  /// finds is a type that is made at run time, a table that is built for one entry, a file read too early.
  @Test("A status takes less than one and a half million instructions")
  func instructions() async throws {
    let program = try await Self.program()
    try await ScratchDaemon.run { scratch in
      var environment = SMControlRun.cleanEnvironment
      environment["SMCONTROL_CF"] = "/no/such/file"
      let outcome = try await ProcessRunner.run(
        "/usr/bin/env",
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program.string]
          + ["status", "-f", scratch.socket.string], environment: environment)
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      #expect(outcome.output.contains("Accepting connections"))
      let count = try #require(outcome.errorOutput.firstMatch(of: /Collected : ([0-9]+)/)?.output.1)
      #expect(try #require(Int(count)) < 1_500_000)
    }
  }

  private func names(in outcome: ProcessOutcome) -> Substring? {
    outcome.errorOutput.firstMatch(of: /of user .* listens/)?.output
  }
}
