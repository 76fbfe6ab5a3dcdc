// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

/// Queues and file systems as smcontrol tells them of a real daemon.
@Suite("smcontrol on the real daemon: mstat", .needsRealSendmail)
struct RealMstatTests {
  @Test("Without shared memory the queues are said not to be counted")
  func notConfigured() async throws {
    try await RealDaemon.run { daemon in
      let json = try StatusMembers(try await daemon.smcontrol("mstat", "--format", "json"))
      #expect(json.queueState == "not-configured")
      #expect(json.fileSystems == ["."])
      let text = try await daemon.smcontrol("mstat", "--format", "terminal")
      #expect(
        text.output.contains("not counted: the daemon has no shared memory; set O SharedMemoryKey"))
    }
  }

  @Test("Queue directories and groups are counted, first as unknown, then in numbers")
  func counts() async throws {
    var options = RealDaemon.Options()
    options.sharesMemory = true
    options.queueDirectory = "mq/q*"
    options.queueDirectories = ["q1", "q2", "slow"]
    options.configurationLines = ["Qslow, P=@DIR@/mq/slow"]
    try await RealDaemon.run(options) { daemon in
      let base = daemon.places.queue.string
      let before = try StatusMembers(try await daemon.smcontrol("mstat", "--format", "json"))
      #expect(before.queueState == "counted")
      #expect(Set(before.queues.keys) == ["\(base)/q1", "\(base)/q2", "\(base)/slow"])
      #expect(before.queues.values.allSatisfy { $0 == nil })

      let run = try await daemon.runSendmail(["-q"])
      #expect(run.status == 0, "\(run.errorOutput)")
      try await eventually("every queue is counted") {
        let after = try StatusMembers(try await daemon.smcontrol("mstat", "--format", "json"))
        return after.queues.values.allSatisfy { $0 == 0 }
      }
      let session = try await daemon.openSMTPSession()
      try await session.sendMessage()
      try await eventually("the message is counted") {
        let after = try StatusMembers(try await daemon.smcontrol("mstat", "--format", "json"))
        return after.queues.values.compactMap(\.self).reduce(0, +) == 1
      }
      session.close()
    }
  }
}
