// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@testable import SendmailControlClient

@Suite("The facts around a reply")
struct ReplyContextTests {
  @Test("Age, processor time and title of running children; one that has ended is marked")
  func family() async throws {
    try await ProcessFamily.run { family in
      let children = [family.idle, family.busy, family.zombie]
      let processes = try await eventually("all of them at their place") {
        let processes = ReplyContext.processes(
          of: family.parent, children: children, replied: .now())
        let waiting = [family.parent, family.idle, family.busy].allSatisfy {
          processes[$0]?.process?.title == Array(family.title.utf8)
        }
        return waiting && processes[family.zombie]?.process?.hasEnded == true ? processes : nil
      }
      #expect(processes.count == 4)
      let parent = try #require(processes[family.parent])
      let busy = try #require(processes[family.busy])
      #expect(try #require(busy.process).processorTime > .zero)
      #expect(busy.process?.hasEnded == false)
      #expect(try #require(busy.age) <= #require(parent.age))
      #expect(processes[family.zombie]?.process?.title == nil)
      // Two observations of the same process agree about its start.
      let before = BootTime.now()
      let later = ReplyContext.processes(of: family.parent, children: [], replied: .now())
      #expect(try #require(later[family.parent]?.age) >= #require(parent.age))
      #expect(later[family.parent]?.process?.start == parent.process?.start)
      #expect(before < .now())
    }
  }

  @Test("A number that is another process's by now is recognised")
  func reused() async throws {
    let before = BootTime.now()
    // The table counts in hundredths of a second.
    let instant = ContinuousClock.now
    try await eventually("two hundredths") { instant.duration(to: .now) > .milliseconds(20) }
    try await ProcessFamily.run { family in
      // A list that was made before any of them began cannot have meant them.
      let early = ReplyContext.processes(
        of: family.parent, children: [family.idle], replied: before)
      #expect(early == [family.parent: .reused, family.idle: .reused])
      // Process 1 and this one are no children of it, and it is none of itself.
      let processes = ReplyContext.processes(
        of: family.parent, children: [1, TestProcess.id, family.idle], replied: .now())
      #expect(processes[1] == .reused)
      #expect(processes[TestProcess.id] == .reused)
      #expect(processes[family.idle]?.process != nil)
    }
  }

  @Test("A process that is gone is distinguished from one that may not be read")
  func gone() {
    // Process ids end below this number on Linux, so no process has it.
    let processes = ReplyContext.processes(of: 4_194_304, children: [4_194_305], replied: .now())
    #expect(processes == [4_194_304: .gone, 4_194_305: .gone])
  }

  @Test("The table is only read for a daemon of this process id namespace")
  func namespace() {
    let reply = StatusReply(
      children: 0, maximumChildren: 0, freeSpace: 1, loadAverage: 0,
      processes: [ProcessEntry(pid: TestProcess.id, text: "accepting connections")])
    let byText = DaemonStatus(reply, identity: DaemonIdentity())
    #expect(ReplyContext.processes(of: byText, replied: .now()) == nil)
    let known = DaemonStatus(reply, identity: DaemonIdentity(listener: TestProcess.id))
    #expect(ReplyContext.processes(of: known, replied: .now())?[TestProcess.id]?.process != nil)
  }

  @Test("The limits, the machine's load, the file systems, and the daemon's start")
  func context() async throws {
    try await withTemporaryDirectory { directory in
      try directory.makeDirectory("q1")
      try directory.write(
        "V10\nO QueueDirectory=\(directory.path.string)/q*\nO MinFreeBlocks=7\n", to: "a.cf")
      let configuration = try ConfigurationReader().read(file: directory["a.cf"]).configuration
      let reply = MstatReply(
        children: 0, maximumChildren: 0, loadAverage: -1, queues: [],
        fileSystems: [
          FileSystemSpace(index: 0, name: "q1", freeSpace: 5),
          FileSystemSpace(index: 1, name: "q2", freeSpace: 5),
        ],
        processes: [ProcessEntry(pid: TestProcess.id, text: "accepting connections")])
      let status = DaemonStatus(reply, identity: DaemonIdentity(listener: TestProcess.id))
      let context = ReplyContext(
        around: status, replied: .now(), configuration: configuration)
      #expect(context.thresholds?.minimumFreeBlocks == 7)
      #expect(context.systemLoad != nil)
      #expect(!context.host.isEmpty)
      let start = try #require(context.daemonStart)
      // However often it is computed, it does not change.
      for _ in 0..<20 {
        let again = ReplyContext(around: status, replied: .now(), configuration: nil)
        #expect(again.daemonStart == start)
      }
      #expect((start.date, start.time) <= (context.time.date, context.time.time))
      let space = try #require(context.fileSystems.first ?? nil)
      #expect(space.blockSize > 0)
      // A directory that is not there has no file system.
      #expect(context.fileSystems.count == 2)
      #expect(context.fileSystems.last == .some(nil))
    }
  }
}
