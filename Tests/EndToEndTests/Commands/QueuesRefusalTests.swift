// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import SystemSupport
import TestSupport
import Testing

/// The refusals of `smcontrol queues`: paths that cannot or may not be read.
@Suite("smcontrol queues: refusals")
struct QueuesRefusalTests {
  private func setMode(_ mode: Int, _ path: FilePath) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path.string)
  }

  @Test("77: a directory half-way that may not be entered, after all that may")
  func permission() async throws {
    let spool = try Spool(["q1", "q2", "q3"], queueDirectory: "mq/q*")
    for queue in ["q1", "q2", "q3"] { try spool.writeMessage(1, in: queue) }
    try setMode(0o755, spool.directory.path)
    try setMode(0o000, spool.directory["mq/q2"])
    defer { try? setMode(0o700, spool.directory["mq/q2"]) }
    let outcome = try await spool.queues(user: try .ordinary())
    #expect(outcome.status == 77)
    #expect(outcome.output.contains("/q1: group=mqueue messages=1 "))
    #expect(outcome.output.contains("/q3: group=mqueue messages=1 "))
    #expect(outcome.output.contains("total: messages=2 "))
    #expect(!outcome.output.contains("/q2"))
    #expect(
      outcome.errorOutput == """
        smcontrol: \(spool.directory.path)/mq/q2: open: Permission denied; run as root or as a user \
        who may read it

        """)
    let json = try await spool.queues("--format", "json", user: try .ordinary())
    #expect(json.status == 77)
    let members = try QueuesMembers(line: json.output)
    let directory = members.directories["\(spool.directory.path)/mq/q2"]
    #expect(directory?["counts"] is NSNull)
    #expect((directory?["problems"] as? [String])?.count == 1)
  }

  @Test("77: a base that may be listed and not searched has queues all the same")
  func unsearchableBase() async throws {
    let spool = try Spool(["q1", "q2"], queueDirectory: "mq/q*")
    try setMode(0o755, spool.directory.path)
    try setMode(0o744, spool.directory["mq"])
    let outcome = try await spool.queues(user: try .ordinary())
    #expect(outcome.status == 77)
    #expect(outcome.output == "")
    #expect(outcome.errorOutput.split(separator: "\n").count == 2)
    for queue in ["q1", "q2"] {
      #expect(outcome.errorOutput.contains("/mq/\(queue): open: Permission denied; run as root"))
    }
  }

  @Test("77: control files that may not be read, though the directory may")
  func contents() async throws {
    let spool = try Spool()
    for number in 0..<5 { try spool.writeMessage(number) }
    try setMode(0o755, spool.directory.path)
    for number in 0..<3 { try setMode(0o000, spool.directory["mq/qf\(spool.id(number))"]) }
    let ordinary = try SystemUser.ordinary()
    #expect(try await spool.queues(user: ordinary).status == 0)
    let outcome = try await spool.queues("--by-domain", "--format", "terminal", user: ordinary)
    #expect(outcome.status == 77)
    #expect(
      outcome.errorOutput.contains("open: Permission denied, and 2 more like it; run as root"))
    #expect(outcome.output.contains("3 control files that could not be read."))
    #expect(outcome.output.contains("5 messages"))
  }

  @Test(
    "78: a configuration without a queue",
    arguments: ["", "mq", "/nonexistent/mq", "/nonexistent/q*"])
  func noQueue(queueDirectory: String) async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("V10/Berkeley\nO QueueDirectory=\(queueDirectory)\n", to: "x.cf")
      let outcome = try await SMControlRun.run(["-C", directory["x.cf"].string, "queues"])
      #expect(outcome.status == 78)
      #expect(outcome.output == "")
      #expect(outcome.errorOutput.contains("smcontrol: "))
    }
  }

  @Test("66: a configuration that cannot be read")
  func noConfiguration() async throws {
    #expect(try await SMControlRun.run(["-C", "/nonexistent", "queues"]).status == 66)
  }

  @Test("130: an interruption ends it, whatever it is reading")
  func interrupted() async throws {
    let spool = try Spool()
    for number in 0..<2000 {
      let name = "mq/qf\(spool.id(number))"
      try spool.directory.write(Array("V8\nH".utf8), to: name)
      try spool.directory.enlarge(name, to: 1 << 30)
    }
    // Reading all of it would take far longer.
    let outcome = try await ProcessRunner.run(
      "/usr/bin/timeout",
      [
        "--preserve-status", "--signal=INT", "1", BuiltBinaries.smcontrol.string, "-C",
        spool.configurationFile.string, "queues", "--by-domain",
      ], environment: SMControlRun.cleanEnvironment)
    #expect(outcome.status == 130)
    #expect(outcome.output == "")
  }
}
