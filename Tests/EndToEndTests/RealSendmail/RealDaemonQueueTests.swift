// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// The queues and file systems in `mstat`.
@Suite("Real daemon: queues", .needsRealSendmail)
struct RealDaemonQueueTests {
  @Test("Each queue directory of a pattern is counted by itself")
  func eachQueueDirectoryOfAPattern() async throws {
    var options = RealDaemon.Options()
    options.queueDirectory = "mq/q*"
    options.queueDirectories = ["q1", "q2/df", "other"]
    options.sharesMemory = true
    try await RealDaemon.run(options) { daemon in
      let mstat = try MstatReply(parsing: try await daemon.reply(to: "mstat").bytes)
      let base = daemon.places.queue
      // In readdir order; a df subdirectory is part of the name.
      #expect(names(mstat) == ["\(base)/q1", "\(base)/q2/df"])
      #expect(mstat.queues.allSatisfy { $0.count == -1 }, "no queue run has counted yet")
      #expect(mstat.fileSystems.count == 1)
      let name = String(decoding: mstat.fileSystems[0].name, as: UTF8.self)
      #expect(["q1", "q2"].contains(name), "relative to the base directory")
      #expect(mstat.fileSystems[0].freeSpace > 0)
    }
  }

  @Test("Queue groups follow the default group")

  func queueGroupsFollowTheDefaultGroup()
    async throws
  {
    var options = RealDaemon.Options()
    options.queueDirectory = "mq/q*"
    options.queueDirectories = ["q1", "slow/a", "slow/b"]
    options.configurationLines = ["Qslow, P=@DIR@/mq/slow/*, R=1"]
    options.sharesMemory = true
    try await RealDaemon.run(options) { daemon in
      let mstat = try MstatReply(parsing: try await daemon.reply(to: "mstat").bytes)
      let base = daemon.places.queue
      #expect(mstat.queues.first?.name == ByteText("\(base)/q1"))
      #expect(names(mstat) == ["\(base)/q1", "\(base)/slow/a", "\(base)/slow/b"])
    }
  }

  @Test("Counts are unknown until a queue run has counted")

  func countsAreUnknownUntilAQueue()
    async throws
  {
    var options = RealDaemon.Options()
    options.sharesMemory = true
    try await RealDaemon.run(options) { daemon in
      #expect(try await count(daemon) == -1)
      let run = try await daemon.runSendmail(["-q"])
      #expect(run.status == 0, "\(run.errorOutput)")
      try await eventually("a count") { try await count(daemon) == 0 }
      let session = try await daemon.openSMTPSession()
      try await session.sendMessage()
      #expect(try await count(daemon) == 1)
    }
  }

  @Test("A daemon that runs the queue at its start knows the counts")

  func aDaemonThatRunsTheQueue()
    async throws
  {
    var options = RealDaemon.Options()
    options.sharesMemory = true
    options.arguments = ["-q1h"]
    try await RealDaemon.run(options) { daemon in
      try await eventually("a count") { try await count(daemon) == 0 }
    }
  }

  @Test("A stale segment of the same key switches counting off")

  func aStaleSegmentOfTheSame()
    async throws
  {
    var options = RealDaemon.Options()
    options.sharesMemory = true
    try await RealDaemon.run(options) { first in
      let key = try #require(first.places.sharedMemoryKey)
      var others = RealDaemon.Options()
      others.settings["SharedMemoryKey"] = "\(key)"
      try await RealDaemon.run(others) { second in
        let mstat = try MstatReply(parsing: try await second.reply(to: "mstat").bytes)
        #expect(mstat.queues == [.notConfigured])
      }
    }
  }

  private func names(_ reply: MstatReply) -> [String] {
    reply.queues.map { $0.name.description }.sorted()
  }

  /// The count of the only queue.
  private func count(_ daemon: RealDaemon) async throws -> Int {
    let mstat = try MstatReply(parsing: try await daemon.reply(to: "mstat").bytes)
    try #require(mstat.queues.map(\.name) == [ByteText("\(daemon.places.queue)")])
    return mstat.queues[0].count
  }
}
