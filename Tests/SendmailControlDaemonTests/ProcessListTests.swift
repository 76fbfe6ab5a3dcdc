// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// The process list and the title of the daemon's line in it.
@Suite(.timeLimit(.minutes(5))) struct ProcessListTests {
  let directory: SocketDirectory

  init() throws {
    directory = try SocketDirectory()
  }

  @Test("State may change while the daemon runs")

  func stateMayChangeWhileTheDaemon() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      daemon.update { state in
        state.processes.enter(.smtpServer(pid: 1, peer: "192.0.2.1"))
        state.loadAverage = 7
        state.maximumChildren = 40
        state.freeSpace = -1
        state.queueCounts = [QueueCount(name: "/q/a:b", count: 3)]
        state.fileSystems = [FileSystemSpace(index: 0, name: "q1", freeSpace: 5)]
      }
      let status = try StatusReply(parsing: await daemon.ask("status\n").bytes)
      #expect(status.children == 1)
      #expect(status.maximumChildren == 40)
      #expect(status.freeSpace == -1)
      #expect(status.loadAverage == 7)
      let mstat = try MstatReply(parsing: await daemon.ask("mstat\n").bytes)
      #expect(mstat.queues == daemon.state.queueCounts)
      #expect(mstat.fileSystems == daemon.state.fileSystems)
      daemon.update { $0.help = nil }
      let help = try await daemon.ask("help\n")
      #expect(help.text == "502 5.3.0 Sendmail 8.17.1.9 -- HELP not implemented\r\n")
    }
  }

  @Test("A change that throws changes nothing")

  func aChangeThatThrowsChangesNothing() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      let before = daemon.state
      #expect(throws: CancellationError.self) {
        try daemon.update { state throws(CancellationError) in
          state.loadAverage = 99
          throw CancellationError()
        }
      }
      #expect(daemon.state == before)
    }
  }

  @Test("Other control children are listed and counted")

  func otherControlChildrenAreListed()
    async throws
  {
    try await withControlDaemon(directory.configuration()) { daemon in
      let silent = try StepwiseClient(daemon.socketPath)
      try await daemon.until { $0 == .accepted(connection: 1) }
      let reply = try await daemon.ask("status\n")
      let status = try StatusReply(parsing: reply.bytes)
      #expect(status.children == 1)
      #expect(
        status.processes.map { String(decoding: $0.text, as: UTF8.self) } == [
          "accepting connections", "control socket server child", "console socket child",
        ])
      #expect(status.processes.first?.pid == silent.peerProcessID)
    }
  }

  @Test("Control children that are not reaped yet still count")
  func controlChildrenThatAreNotReaped() async throws {
    var configuration = directory.configuration()
    configuration.reapDelay = .seconds(3600)
    try await withControlDaemon(configuration) { daemon in
      for count in 0..<4 {
        let status = try StatusReply(parsing: await daemon.ask("status\n").bytes)
        #expect(status.children == count)
      }
    }
  }

  @Test("A waiting control child sees the list of its fork, less those who have gone")
  func aWaitingControlChildSees()
    async throws
  {
    var configuration = directory.configuration()
    configuration.state.processes.enter(.smtpServer(pid: 11, peer: "192.0.2.1"))
    configuration.state.processes.enter(.smtpServer(pid: 12, peer: "192.0.2.2"))
    try await withControlDaemon(configuration) { daemon in
      let client = try StepwiseClient(daemon.socketPath)
      try await daemon.until { $0 == .accepted(connection: 1) }
      daemon.update { state in
        state.processes.leave(pid: 11)
        state.processes.enter(.smtpServer(pid: 13, peer: "192.0.2.3"))
      }
      let reply = try await client.onThread { client in
        try client.send(Array("status\n".utf8))
        return client.receive()
      }
      let status = try StatusReply(parsing: reply.bytes)
      #expect(status.processes.map(\.pid).contains(12))
      #expect(!status.processes.map(\.pid).contains(11))
      #expect(!status.processes.map(\.pid).contains(13))
      #expect(status.children == 1)
      // The answering child has the slot of the one that has gone.
      #expect(status.processes[1].text.elementsEqual(SendmailWords.answeringControl))
    }
  }

  @Test("A refusal outlasts its cause by fifteen seconds")

  func aRefusalOutlastsItsCause()
    async throws
  {
    let clock = ManualClock()
    var configuration = directory.configuration()
    configuration.uptime = { clock.now }
    configuration.state.maximumChildren = 2
    try await withControlDaemon(configuration) { daemon in
      daemon.update { $0.processes.enter(.smtpServer(pid: 11, peer: "192.0.2.1")) }
      let refusal = "rejecting connections on daemon MTA: 2 children, max 2"
      var titles: [String?] = []
      // This very request is the second child, and the daemon notices after the fork.
      titles.append(try await daemon.processTexts().first)
      daemon.update { $0.processes.leave(pid: 11) }
      for step in [Duration.zero, .milliseconds(14_999), .milliseconds(1)] {
        clock.advance(step)
        titles.append(try await daemon.processTexts().first)
      }
      #expect(titles == ["accepting connections", refusal, refusal, "accepting connections"])
    }
  }
}

/// Slots and titles as values.
@Suite struct DaemonCoreTests {
  private func title(_ change: (inout DaemonState) -> Void) -> String {
    var core = DaemonCore(DaemonState(processID: 5))
    core.update(now: .zero, change)
    return String(decoding: core.state.processes.entries[0].text, as: UTF8.self)
  }

  @Test("The title says what the daemon does")

  func theTitleSaysWhatTheDaemon() {
    #expect(title { _ in } == "accepting connections")
    #expect(title { $0.ports = [] } == "Sendmail daemon")
    #expect(title { $0.title = "" } == "(unknown)")
    let refusal = "rejecting connections on daemon MTA: load average: 20"
    #expect(title { ($0.refuseLoadAverage, $0.loadAverage) = (5, 20) } == refusal)
    #expect(title { ($0.refuseLoadAverage, $0.loadAverage) = (20, 20) } == refusal)
    #expect(title { ($0.refuseLoadAverage, $0.loadAverage) = (21, 20) } == "accepting connections")
    #expect(title { ($0.refuseLoadAverage, $0.loadAverage) = (0, 20) } == "accepting connections")
    #expect(
      title { ($0.minimumFreeSpace, $0.freeSpace) = (100, 99) }
        == "rejecting new messages: min free: 100")
    #expect(title { ($0.minimumFreeSpace, $0.freeSpace) = (100, 100) } == "accepting connections")
    #expect(
      title { state in
        state.maximumChildren = -1
        state.processes.enter(.smtpServer(pid: 6, peer: "192.0.2.1"))
      } == "accepting connections")
  }

  @Test("Of several ports the last refusal is shown, and one open port is enough")
  func ofSeveralPortsTheLastRefusal() {
    let ports = [ServedPort(name: "A", refuseLoadAverage: 5), ServedPort(name: "B")]
    #expect(
      title { ($0.ports, $0.refuseLoadAverage, $0.loadAverage) = (ports, 0, 50) }
        == "accepting connections")
    #expect(
      title { ($0.ports, $0.refuseLoadAverage, $0.loadAverage) = (ports, 12, 50) }
        == "rejecting connections on daemon B: load average: 50")
  }

  @Test("A refusal keeps its numbers until it is over and still needed")
  func aRefusalKeepsItsNumbersUntil() {
    var core = DaemonCore(DaemonState(processID: 5))
    func text() -> String { String(decoding: core.state.processes.entries[0].text, as: UTF8.self) }
    core.update(now: .zero) { ($0.refuseLoadAverage, $0.loadAverage) = (5, 20) }
    core.update(now: .seconds(14)) { $0.loadAverage = 30 }
    #expect(text().hasSuffix(": 20"))
    core.update(now: .seconds(15)) { _ in }
    #expect(text().hasSuffix(": 30"))
    core.update(now: .seconds(16)) { $0.loadAverage = 0 }
    #expect(text().hasSuffix(": 30"))
    core.update(now: .seconds(30)) { _ in }
    #expect(text() == "accepting connections")
  }

  @Test("A new process takes the lowest free slot")

  func aNewProcessTakesTheLowest() {
    var table = SlotTable([.queueRunner(pid: 1), .smtpServer(pid: 2, peer: "192.0.2.1")])
    table.leave(pid: 1)
    #expect(table.enter(.smtpServer(pid: 3, peer: "192.0.2.3")) == 0)
    #expect(table.enter(.smtpServer(pid: 4, peer: "192.0.2.4")) == 2)
    #expect(table.processes.map(\.pid) == [3, 2, 4])
    table.leave(pid: 99)
    #expect(table.childCount == 3)
  }

  @Test("The process in slot 0 is never probed")

  func theProcessInSlot0() {
    var table = SlotTable([.queueRunner(pid: 1), .queueRunner(pid: 2), .queueRunner(pid: 3)])
    table.probe { $0.pid == 3 }
    #expect(table.processes.map(\.pid) == [1, 3])
  }

  @Test("Process ids start again from the bottom and avoid those in use")
  func processIdsStartAgain() {
    var state = DaemonState(processID: 4_194_302)
    state.processes.enter(.smtpServer(pid: 300, peer: "192.0.2.1"))
    var core = DaemonCore(state)
    #expect((0..<3).map { _ in core.fork(now: .zero).pid } == [4_194_303, 301, 302])
  }

  @Test("A simulated heap report has the size asked for, and its totals add up")
  func aMadeUpHeapReport() throws {
    var stream = HeapReportStream(HeapReport(ofAbout: 100_000), pid: 9, time: "T")
    var bytes: [UInt8] = []
    while let piece = stream.next(size: 4096) {
      #expect(piece.count < 4096 + 256)
      bytes += piece
    }
    #expect(abs(bytes.count - 100_000) < 256)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let sizes = lines.dropLast(2).compactMap { Int($0.split(separator: " ")[2]) }
    #expect(lines[lines.count - 2] == "pid=9 time=[T] ")
    #expect(lines[lines.count - 1].hasPrefix("heap max=\(sizes.reduce(0, +)), total="))
    var totals = HeapReportStream(
      HeapReport(level: 2, items: .made(count: sizes.count)), pid: 9, time: "T")
    #expect(totals.next(size: 4096) == Array((lines.suffix(2).joined(separator: "\n") + "\n").utf8))
    #expect(totals.next(size: 4096) == nil)
  }
}
