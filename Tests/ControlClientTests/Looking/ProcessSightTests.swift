// SPDX-License-Identifier: GPL-3.0-or-later

import ControlClient
import ControlDaemon
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("What the process table says of listed processes")
struct ProcessSightTests {
  @Test("Age, processor time and title of living children; one that has ended is told")
  func family() async throws {
    try await ProcessFamily.run { family in
      let children = [family.idle, family.busy, family.zombie]
      let sights = try await eventually("all of them at their place") {
        let sights = ProcessTable.sights(of: family.parent, children: children, listed: .now())
        let waiting = [family.parent, family.idle, family.busy].allSatisfy {
          sights[$0]?.facts?.title == Array(family.title.utf8)
        }
        return waiting && sights[family.zombie]?.facts?.hasEnded == true ? sights : nil
      }
      #expect(sights.count == 4)
      let parent = try #require(sights[family.parent]?.facts)
      let busy = try #require(sights[family.busy]?.facts)
      #expect(busy.processorTime > .zero)
      #expect(!busy.hasEnded)
      #expect(busy.age <= parent.age)
      #expect(sights[family.zombie]?.facts?.title == nil)
      // Two looks at the same process agree about when it began.
      let before = BootTime.now()
      let later = ProcessTable.sights(of: family.parent, children: [], listed: .now())
      #expect(try #require(later[family.parent]?.facts).age >= parent.age)
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
      let early = ProcessTable.sights(of: family.parent, children: [family.idle], listed: before)
      #expect(early == [family.parent: .reused, family.idle: .reused])
      // Process 1 and this one are no children of it, and it is none of itself.
      let sights = ProcessTable.sights(
        of: family.parent, children: [1, TestProcess.id, family.idle], listed: .now())
      #expect(sights[1] == .reused)
      #expect(sights[TestProcess.id] == .reused)
      #expect(sights[family.idle]?.facts != nil)
    }
  }

  @Test("A process that is gone is told from one that may not be read")
  func gone() {
    // Process ids end below this number on Linux, so it is nobody's.
    let sights = ProcessTable.sights(of: 4_194_304, children: [4_194_305], listed: .now())
    #expect(sights == [4_194_304: .gone, 4_194_305: .gone])
  }

  @Test("The table is only looked at for a daemon of this process id namespace")
  func namespace() {
    let reply = StatusReply(
      children: 0, maximumChildren: 0, freeSpace: 1, loadAverage: 0,
      processes: [ProcessEntry(pid: TestProcess.id, text: "accepting connections")])
    let byText = DaemonStatus(reply, identity: DaemonIdentity())
    #expect(ProcessTable.sights(of: byText, listed: .now()) == nil)
    let known = DaemonStatus(reply, identity: DaemonIdentity(listener: TestProcess.id))
    #expect(ProcessTable.sights(of: known, listed: .now())?[TestProcess.id]?.facts != nil)
  }

  @Test("A picture has all there is to be seen around a reply")
  func picture() async throws {
    try await withTemporaryDirectory { directory in
      try directory.makeDirectory("q1")
      try directory.write(
        "V10\nO QueueDirectory=\(directory.path.string)/q*\nO MinFreeBlocks=7\n", to: "a.cf")
      let configuration = try ConfigurationReader().read(file: directory["a.cf"]).configuration
      let reply = MstatReply(
        children: 0, maximumChildren: 0, loadAverage: -1, queues: [],
        fileSystems: [
          FileSystemSpace(index: 0, name: Array("q1".utf8), freeSpace: 5),
          FileSystemSpace(index: 1, name: Array("q2".utf8), freeSpace: 5),
        ],
        processes: [ProcessEntry(pid: TestProcess.id, text: "accepting connections")])
      let status = DaemonStatus(reply, identity: DaemonIdentity(listener: TestProcess.id))
      let picture = StatusPicture(
        lookingAround: status, replied: .now(), socket: directory["ctl"],
        configuration: configuration)
      #expect(picture.thresholds?.minimumFreeBlocks == 7)
      #expect(picture.systemLoad != nil)
      #expect(!picture.host.isEmpty)
      let start = try #require(picture.daemonStart)
      #expect((start.date, start.time) <= (picture.time.date, picture.time.time))
      let space = try #require(picture.fileSystems.first ?? nil)
      #expect(space.blockSize > 0)
      // A directory that is not there has no file system.
      #expect(picture.fileSystems.count == 2)
      #expect(picture.fileSystems.last == .some(nil))
    }
  }
}
