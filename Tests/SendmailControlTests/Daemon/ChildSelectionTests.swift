// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Which children are shown, and how they are sorted")
struct ChildSelectionTests {
  static func selected(
    _ selection: ChildSelection, of report: StatusReport = .normal
  ) -> ChildSelection.Selected {
    selection.apply(to: report.status, processes: report.context.processes)
  }

  static let orders: [(order: ChildOrder, pids: [Int32])] = [
    (.kind, [205, 202, 201, 204, 203, 207]), (.age, [205, 202, 207, 203, 201, 204]),
    (.cpu, [205, 202, 203, 201, 207, 204]), (.pid, [201, 202, 203, 204, 205, 207]),
    (.peer, [205, 201, 202, 204, 207, 203]),
  ]

  @Test("Sorting", arguments: orders)
  func order(order: ChildOrder, pids: [Int32]) {
    #expect(Self.selected(ChildSelection(order: order)).children.map(\.pid) == pids)
  }

  @Test("Children without the fact come last, by process id", arguments: [ChildOrder.age, .cpu])
  func unknown(order: ChildOrder) {
    let children = Self.selected(ChildSelection(order: order), of: .variousProcesses).children.map(
      \.pid)
    #expect(children.suffix(3) == [201, 202, 203])
  }

  static let choices: [(selection: ChildSelection, pids: Set<Int32>)] = [
    (ChildSelection(kinds: [.queueRunner]), [203]),
    (ChildSelection(kinds: [.queueRunner, .other]), [203, 207]),
    (ChildSelection(kinds: [.control]), [206]),
    (ChildSelection(kinds: [.answeringControl]), [990]),
    (ChildSelection(peer: Array("192.0.2.".utf8)), [201, 205]),
    (ChildSelection(peer: Array("ipV6:2001:DB8".utf8)), [202]),
    (ChildSelection(peer: Array("2001:DB8::f12a".utf8)), [202]),
    (ChildSelection(peer: Array("ipv6:2001:0db8:0::F12A".utf8)), [202]),
    (ChildSelection(peer: Array("2001:db8::f12".utf8)), []),
    (ChildSelection(peer: Array("::".utf8)), []),
    (ChildSelection(peer: []), [201, 202, 204, 205]),
    (ChildSelection(peer: Array("nobody".utf8)), []),
    (ChildSelection(olderThan: .seconds(75)), [202, 205, 207]),
    (ChildSelection(kinds: [.smtpServer], olderThan: .seconds(75)), [202, 205]),
  ]

  @Test("Selecting", arguments: choices)
  func choice(selection: ChildSelection, pids: Set<Int32>) {
    let selected = Self.selected(selection)
    #expect(Set(selected.children.map(\.pid)) == pids)
    #expect(selection.isNarrow)
  }

  @Test("The child that answered and control children that have ended are counted, not shown")
  func spent() {
    let selected = Self.selected(ChildSelection())
    #expect(selected.finishedControls == 2)
    #expect(selected.total == 6)
    // One that runs holds a slot for a peer.
    var report = StatusReport.normal
    report.context.processes?[206] = StatusReport.seen(3, nil)
    #expect(Self.selected(ChildSelection(), of: report).children.contains { $0.pid == 206 })
    report.context.processes = nil
    #expect(Self.selected(ChildSelection(), of: report).children.contains { $0.pid == 206 })
  }

  @Test("They can be shown, and the daemon's order be kept")
  func everything() {
    let selected = Self.selected(ChildSelection(order: nil, showsFinishedControls: true))
    #expect(selected.children.map(\.pid) == [201, 202, 203, 204, 205, 206, 207, 990])
    #expect(selected.finishedControls == 0)
  }

  @Test("Children of unknown age are counted when the age decides")
  func unknownAge() {
    let selected = Self.selected(ChildSelection(olderThan: .seconds(1)), of: .variousProcesses)
    #expect(selected.children.map(\.pid) == [204, 205])
    #expect(selected.ofUnknownAge == 3)
    #expect(Self.selected(ChildSelection(olderThan: .zero), of: .full).ofUnknownAge == 3)
  }

  @Test("Peers are counted, the largest count first")
  func peers() {
    let counts = PeerCount.all(Self.selected(ChildSelection()).children)
    #expect(counts.map(\.count) == [2, 1, 1, 1, 1])
    #expect(counts.first?.peer == "192.0.2.7")
    #expect(counts.first?.oldest == .seconds(200_000))
    #expect(
      counts.map(\.category) == [.smtpServer, .smtpServer, .smtpServer, .queueRunner, .other])
  }

  @Test("Ten thousand children of a hundred peers")
  func manyPeers() {
    let report = StatusReport.large(10_000)
    let counts = PeerCount.all(Self.selected(ChildSelection(), of: report).children)
    #expect(counts.map(\.count) == Array(repeating: 100, count: 100))
  }
}
