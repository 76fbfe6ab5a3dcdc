// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The options and the queue directory that a real daemon really uses.
@Suite("smcontrol on the real daemon: what it uses", .needsRealSendmail)
struct RealUseTests {
  private static func run(
    _ daemon: RealDaemon, _ arguments: String...
  ) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", daemon.places.configurationFile.string] + arguments,
      environment: TerminalRun.plainEnvironment)
  }

  private static func object(_ outcome: ProcessOutcome) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    return try #require(object as? [String: Any])
  }

  @Test(
    "Options of its command line override the file", arguments: RealDaemon.Options.Mode.allCases)
  func commandLine(mode: RealDaemon.Options.Mode) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.settings["MinFreeBlocks"] = "1"
    options.arguments = ["-O", "MinFreeBlocks=9000000000000", "-OQueueLA=77"]
    try await RealDaemon.run(options) { daemon in
      let status = try await eventually("the daemon rejects messages") { () -> ProcessOutcome? in
        let outcome = try await Self.run(daemon, "--format", "terminal", "status")
        return outcome.output.contains("rejecting new messages") ? outcome : nil
      }
      #expect(status.output.contains("below MinFreeBlocks 9000000000000 ("), "\(status.output)")
      #expect(status.output.contains("QueueLA 77"))
      #expect(
        status.output.contains(
          "Options     MinFreeBlocks=9000000000000, by the daemon's command line"))
      #expect(status.output.contains("The file system of a queue has less free space"))
      let config = try await Self.run(daemon, "config", "MinFreeBlocks")
      #expect(config.output == "MinFreeBlocks=1\n")
      #expect(
        config.errorOutput.contains(
          "note: MinFreeBlocks=9000000000000, by the daemon's command line (process \(try daemon.pid))"
        ))
      let running = try #require(
        Self.object(await Self.run(daemon, "--format", "json", "status"))["running"]
          as? [String: Any])
      let names = (running["options"] as? [[String: String]])?.map { $0["name"] }
      #expect(names == ["MinFreeBlocks", "QueueLA"])
    }
  }

  @Test(
    "The PID file of its command line tells the rest of it",
    arguments: RealDaemon.Options.Mode.allCases)
  func pidFile(mode: RealDaemon.Options.Mode) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.configurationLines = ["O PidFile=@DIR@/none"]
    options.arguments = ["-OPidFile=@DIR@/pid", "-OQueueLA=77"]
    try await RealDaemon.run(options) { daemon in
      #expect(!FileManager.default.fileExists(atPath: "\(daemon.places.directory)/none"))
      for arguments in [["status"], ["status", "--passive"]] {
        let outcome = try await SMControlRun.run(
          ["-C", daemon.places.configurationFile.string, "--format", "json"] + arguments)
        let running = try #require(Self.object(outcome)["running"] as? [String: Any])
        let names = (running["options"] as? [[String: String]])?.map { $0["name"] }
        #expect(names == ["PidFile", "QueueLA"], "\(outcome.output)")
      }
      let load = try await Self.run(daemon, "check", "--load")
      #expect(load.output.contains("77"), "\(load.output)")
    }
  }

  @Test("The thresholds of check are those of its command line")
  func thresholds() async throws {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "50"
    options.arguments = ["-OQueueLA=1077", "-ORefuseLA=1088", "-OMaxDaemonChildren=40"]
    try await RealDaemon.run(options) { daemon in
      let check = try await Self.run(daemon, "check", "--load", "--children")
      #expect(check.status == 0, "\(check.output)")
      #expect(
        check.output.contains(/load[^ ]*=[0-9.]+;[^;]*107[67][^;]*;[^;]*108[78]/), "\(check.output)"
      )
      #expect(check.output.contains(/children[^ ]*=0;[^;]*38[^;]*;[^;]*39/), "\(check.output)")
      let metrics = try await Self.run(daemon, "metrics")
      #expect(metrics.output.contains(/\n[a-z_]*children[a-z_]* 40\n/), "\(metrics.output)")
    }
  }

  @Test("The queue directory of its command line is the one that is counted and audited")
  func queueDirectory() async throws {
    var options = RealDaemon.Options()
    options.arguments = ["-OQueueDirectory=@DIR@/in"]
    options.prepare = { directory in
      try FileManager.default.createDirectory(
        atPath: directory.appending("in").string, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    }
    try await RealDaemon.run(options) { daemon in
      let inside = daemon.places.directory.appending("in")
      try "x".write(
        toFile: inside.appending("dfxAAAAAA00000001").string, atomically: false, encoding: .utf8)
      let queues = try await Self.run(daemon, "queues", "--format", "json")
      let configuration = try #require(
        (Self.object(queues)["configurations"] as? [[String: Any]])?.first)
      #expect((configuration["baseQueueDirectory"] as? String)?.hasSuffix("/in") == true)
      #expect((configuration["total"] as? [String: Any])?["bytes"] as? Int == 1)
      let shown = try #require(configuration["daemon"] as? [String: Any])
      #expect(shown["pid"] as? Int == Int(try daemon.pid))
      #expect((shown["queueDirectory"] as? [String: Any])?["same"] as? Bool == true)
      #expect(queues.errorOutput.contains("was started with QueueDirectory=\(inside)"))
      let audit = try await Self.run(daemon, "audit", "--format", "json")
      #expect(audit.output.contains("\"path\":\"\(inside)\""))
      #expect(!audit.output.contains("queue.daemon-elsewhere"))
    }
  }

  @Test(
    "A queue directory that was moved while the daemon runs is reported first",
    arguments: [true, false])
  func moved(isMadeAnew: Bool) async throws {
    try await RealDaemon.run { daemon in
      let before = try await Self.run(daemon, "queues")
      #expect(!before.errorOutput.contains("works in"), "\(before.errorOutput)")
      let moved = daemon.places.directory.appending("omq")
      try FileManager.default.moveItem(atPath: daemon.places.queue.string, toPath: moved.string)
      if isMadeAnew {
        try FileManager.default.createDirectory(
          atPath: daemon.places.queue.string, withIntermediateDirectories: false,
          attributes: [.posixPermissions: 0o700])
      }
      let sentence = "process \(try daemon.pid), works in \(moved), not in \(daemon.places.queue): "
      let queues = try await Self.run(daemon, "queues")
      #expect(queues.errorOutput.hasPrefix("smcontrol: warning: the daemon, \(sentence)"))
      let audit = try await Self.run(daemon, "audit", "--format", "json")
      #expect(audit.output.contains("queue.daemon-elsewhere"), "\(audit.errorOutput)")
      let status = try await Self.run(daemon, "status", "--format", "json")
      #expect(status.output.contains(sentence))
      let passive = try await Self.run(daemon, "status", "--passive", "--format", "json")
      #expect(passive.output.contains("\"same\":false"))
    }
  }
}
