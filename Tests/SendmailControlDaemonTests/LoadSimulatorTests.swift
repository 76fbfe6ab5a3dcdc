// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import SendmailControlDaemon

/// The simulated busy daemon.
@Suite struct LoadSimulatorTests {
  private func life(seed: UInt64, steps: Int) -> [DaemonState] {
    var daemon = LoadSimulator(seed: seed)
    var core = DaemonCore(DaemonState(processID: 100))
    core.update(now: .zero) { daemon.prepare(&$0) }
    return (1...steps).map { step in
      core.update(now: .seconds(step)) { daemon.step(&$0) }
      return core.state
    }
  }

  @Test("The same seed makes the same life, another seed another")

  func theSameSeedMakesTheSame() {
    #expect(life(seed: 3, steps: 200) == life(seed: 3, steps: 200))
    #expect(life(seed: 3, steps: 200) != life(seed: 4, steps: 200))
  }

  @Test("An hour has seen everything")

  func anHourHasSeenEverything() {
    let states = life(seed: 1, steps: 3600)
    let titles = states.compactMap { $0.processes.processes.first { $0.kind == .daemon }?.text }
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(titles.contains("accepting connections"))
    #expect(titles.contains { $0.hasPrefix("rejecting connections on daemon MTA: ") })
    #expect(Set(states.map(\.loadAverage)).count > 5)
    #expect(states.contains { $0.queueCounts.contains { $0.count > 10 } })
    #expect(states.contains { $0.processes.processes.contains { $0.kind == .queueRunner } })
    #expect(states.allSatisfy { $0.processes.childCount <= 21 })
    #expect(states.allSatisfy { $0.queueCounts.allSatisfy { $0.count >= 0 } })
    for state in states {
      #expect(Set(state.processes.processes.map(\.pid)).count == state.processes.processes.count)
    }
    let peers = Set(
      states.flatMap(\.processes.processes).filter { $0.kind == .smtpServer }
        .map { String(decoding: $0.text.dropFirst("SMTP server child for ".count), as: UTF8.self) })
    #expect(
      peers.allSatisfy { peer in
        ["192.0.2.", "198.51.100.", "IPv6:2001:db8:", "[UNIX: localhost]"]
          .contains { peer.hasPrefix($0) }
      })
    #expect(peers.count > 50)
  }
}
