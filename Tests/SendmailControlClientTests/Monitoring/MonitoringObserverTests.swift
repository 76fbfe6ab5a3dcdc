// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Facts for monitoring")
struct MonitoringObserverTests {
  private static let all: MonitoringFacts.Parts = [
    .daemon, .load, .space, .queues, .audit, .startup, .ports, .configurationAge,
  ]

  private static func facts(
    _ spool: Spool, _ parts: MonitoringFacts.Parts, until deadline: Deadline? = nil,
    twice: Bool = false
  ) throws -> MonitoringFacts {
    let resolved = try ConfigurationReader().read(file: spool.configurationFile)
    let configuration = MonitoringObserver.Configuration(resolved)
    return try MonitoringObserver(
      DaemonPlace(resolved), twice ? [configuration, configuration] : [configuration],
      interruption: nil, until: deadline
    ).gather(parts)
  }

  /// True for a fact that was asked for and has an answer.
  private static func answers(_ facts: MonitoringFacts) -> [Bool] {
    [
      facts.daemon.value != nil, facts.load.value != nil, facts.space.value != nil,
      facts.queues.value != nil, facts.audits.value != nil, facts.startup.value != nil,
    ]
  }

  @Test("Only what is asked for is gathered")
  func parts() throws {
    let spool = try Spool()
    let parts: [MonitoringFacts.Parts] = [.daemon, .load, .space, .queues, .audit, .startup]
    for (index, part) in parts.enumerated() {
      let facts = try Self.facts(spool, part)
      #expect(Self.answers(facts) == parts.indices.map { $0 == index }, "\(index)")
    }
    #expect(Self.answers(try Self.facts(spool, Self.all)).allSatisfy { $0 })
  }

  @Test("After the deadline nothing is gathered, and nothing is known")
  func late() throws {
    let spool = try Spool()
    try spool.writeMessage(1)
    let facts = try Self.facts(spool, Self.all, until: Deadline(after: .zero))
    #expect(!Self.answers(facts).contains(true))
    for check in MonitoringCheck.allCases {
      #expect(facts.result(of: CheckRequest(check)).state == .unknown)
    }
  }

  @Test("A scan that the deadline ends has no counts, and says so")
  func lateScan() throws {
    let spool = try Spool(["q1"], queueDirectory: "mq/q*")
    try spool.writeMessage(1, in: "q1")
    let resolved = try ConfigurationReader().read(file: spool.configurationFile)
    var scanner = QueueScanner(
      readsContents: false, interruption: nil, deadline: Deadline(after: .zero))
    let queues = try scanner.scan(
      resolved, directories: QueueDirectories(of: resolved.configuration, in: .live))
    let directory = try #require(queues.groups.first?.directories.first)
    #expect(directory.counts == nil)
    #expect(directory.problems.map(\.kind) == [.notInTime])
  }

  @Test("A directory that two configurations have counts once")
  func repeated() throws {
    let spool = try Spool()
    try spool.writeMessage(1, age: 60)
    let facts = try Self.facts(spool, .queues, twice: true)
    #expect(facts.counts()?.messages == 1)
    #expect(facts.counts(of: [Array("mqueue".utf8)])?.messages == 1)
    #expect(facts.result(of: CheckRequest(.messages)).text == "1 message")
  }

  @Test("Directories on the same file system are one, with all their groups")
  func space() throws {
    let spool = try Spool(["a", "b"], lines: ["Qslow, P=@DIR@/mq/b"])
    let systems = try #require(try Self.facts(spool, .space).space.value)
    #expect(systems.count == 1)
    #expect(systems.first?.groups == ["mqueue", "slow"].map { Array($0.utf8) })
    #expect(systems.first?.info != nil)
  }
}

@Suite("A thread that may not return")
struct OwnThreadTests {
  @Test("Its result is had, or after the deadline none")
  func deadline() throws {
    #expect(try OwnThread.run(until: Deadline(after: .seconds(120)), interruption: nil) { 7 } == 7)
    let pipe = try FileDescriptor.pipe()
    defer {
      try? pipe.readEnd.close()
      try? pipe.writeEnd.close()
    }
    let blocked = try OwnThread.run(until: Deadline(after: .milliseconds(50)), interruption: nil) {
      () -> Int in
      var byte: [UInt8] = [0]
      return (try? unsafe byte.withUnsafeMutableBytes { try unsafe pipe.readEnd.read(into: $0) })
        ?? -1
    }
    #expect(blocked == nil)
  }

  @Test("A cancellation ends the wait")
  func cancelled() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let pipe = try FileDescriptor.pipe()
    defer {
      try? pipe.readEnd.close()
      try? pipe.writeEnd.close()
    }
    let result = try OwnThread.run(
      until: Deadline(after: .seconds(600)), interruption: cancellation.interruption
    ) { () -> Int in
      var byte: [UInt8] = [0]
      return (try? unsafe byte.withUnsafeMutableBytes { try unsafe pipe.readEnd.read(into: $0) })
        ?? -1
    }
    #expect(result == nil)
  }
}
