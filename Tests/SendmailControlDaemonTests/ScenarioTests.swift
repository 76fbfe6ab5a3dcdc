// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// Scenario files: what they say, and what is wrong with them.
@Suite(.timeLimit(.minutes(5))) struct ScenarioTests {
  private func state(after text: String, from state: DaemonState? = nil) throws -> DaemonState {
    var configuration = DaemonConfiguration(socketPath: "/ctl")
    configuration.state = state ?? DaemonState(processID: 100)
    try Scenario(json: Array(#"{"start":\#(text)}"#.utf8)).prepare(&configuration)
    return configuration.state
  }

  @Test func `every member of a change arrives`() throws {
    let state = try state(
      after: """
        { "processID": 7, "mode": "background", "version": "8.18.1", "title": "t",
          "maximumChildren": 3, "loadAverage": -1, "refuseLoadAverage": 12, "freeSpace": 0,
          "minimumFreeSpace": 10, "ports": ["A", "B"],
          "queues": [ { "path": "/q/a:b", "count": 4 } ],
          "fileSystems": [ { "name": ".", "freeSpace": 5 }, { "name": "q/2", "freeSpace": -1 } ],
          "help": "control\\tx\\n", "memdump": { "level": 3, "blocks": 8 } }
        """)
    var expected = DaemonState(processID: 7)
    expected.mode = .background
    expected.version = "8.18.1"
    expected.title = Array("t".utf8)
    expected.maximumChildren = 3
    expected.loadAverage = -1
    expected.refuseLoadAverage = 12
    expected.freeSpace = 0
    expected.minimumFreeSpace = 10
    expected.ports = [ServedPort(name: "A"), ServedPort(name: "B")]
    expected.queues = [QueueCount(name: "/q/a:b", count: 4)]
    expected.fileSystems = [
      FileSystemSpace(index: 0, name: ".", freeSpace: 5),
      FileSystemSpace(index: 1, name: "q/2", freeSpace: -1),
    ]
    expected.help = HelpFile(text: Array("control\tx\n".utf8))
    expected.heapReport = HeapReport(level: 3, items: .made(count: 8))
    #expect(state == expected)
  }

  @Test func `null takes back`() throws {
    var state = DaemonState(processID: 100)
    state.title = []
    state.heapReport = HeapReport(ofAbout: 5)
    state.queues = []
    let changed = try self.state(
      after: #"{ "title": null, "help": null, "memdump": null, "queues": null }"#, from: state)
    #expect(changed.title == nil)
    #expect(changed.help == nil)
    #expect(changed.heapReport == nil)
    #expect(changed.queues == [.notConfigured])
  }

  @Test func `processes take their slots in order, control children stay`() throws {
    var before = DaemonState(processID: 100)
    before.processes.enter(.controlChild(pid: 101))
    before.processes.enter(.smtpServer(pid: 102, peer: "192.0.2.1"))
    let state = try state(
      after: """
        { "processes": [ { "kind": "queueRunner" }, { "kind": "daemon" },
            { "kind": "smtp", "peer": "IPv6:2001:db8:0:0:0:0:0:1", "pid": 103 },
            { "kind": "other", "text": "odd" } ],
          "leave": [103], "enter": [ { "kind": "queueRunner" } ] }
        """, from: before)
    // The new queue runner has the slot of the SMTP child that has left.
    #expect(state.processes.processes.map(\.pid) == [104, 100, 102, 105, 101])
    #expect(state.processID == 100)
    #expect(state.processes.processes.map(\.kind)[1] == .daemon)
    let alone = try self.state(after: #"{ "processes": [] }"#, from: before)
    #expect(alone.processes.processes.map(\.pid) == [100, 101])
  }

  /// Texts that are no scenario, with the member at fault.
  static let mistakes: [(text: String, member: String)] = [
    ("", ""), ("[]", ""), ("{", ""),
    (#"{ "begin": {} }"#, "begin"),
    (#"{ "start": { "loadaverage": 1 } }"#, "start.loadaverage"),
    (#"{ "start": { "loadAverage": "1" } }"#, "start.loadAverage"),
    (#"{ "start": { "loadAverage": 1.5 } }"#, "start.loadAverage"),
    (#"{ "start": { "mode": "bd" } }"#, "start.mode"),
    (
      #"{ "start": { "queues": [ { "path": "/q", "count": 1 }, { "path": "/q" } ] } }"#,
      "start.queues[1]"
    ),
    (#"{ "start": { "processes": [ { "kind": "smtp" } ] } }"#, "start.processes[0].kind"),
    (
      #"{ "start": { "processes": [ { "kind": "smtp", "peer": "x", "slot": 1 } ] } }"#,
      "start.processes[0].slot"
    ),
    (#"{ "start": { "memdump": { "bytes": 5, "level": 4 } } }"#, "start.memdump.bytes"),
    (#"{ "start": { "fault": { "kind": "reset" } } }"#, "start.fault"),
    (
      #"{ "start": { "fault": { "kind": "reset", "afterBytes": -1 } } }"#,
      "start.fault.afterBytes"
    ),
    (#"{ "steps": [ {} ] }"#, "steps[0]"),
    (#"{ "steps": [ { "after": 1 }, { "after": -1 } ] }"#, "steps[1].after"),
    (#"{ "steps": [ { "after": 1, "fault": { "kind": "no" } } ] }"#, "steps[0].fault.kind"),
    (#"{ "steps": [ { "after": 0 } ], "repeat": true }"#, "repeat"),
  ]

  @Test(arguments: mistakes)
  func `a mistake is told with its member`(_ mistake: (text: String, member: String)) {
    let error = #expect(throws: ScenarioError.self) {
      try Scenario(json: Array(mistake.text.utf8))
    }
    #expect(error?.member == mistake.member)
    #expect(error?.problem.isEmpty == false)
  }

  /// Every fault as a scenario writes it.
  static let faults: [(text: String, fault: Fault)] = [
    (#""kind": "silence""#, .silence),
    (#""kind": "oneByteAtATime", "pause": 0.25"#, .oneByteAtATime(pause: .milliseconds(250))),
    (#""kind": "stop", "afterBytes": 1"#, .stop(afterBytes: 1)),
    (#""kind": "cut", "afterBytes": 2"#, .cut(afterBytes: 2)),
    (#""kind": "reset", "afterBytes": 3"#, .reset(afterBytes: 3)),
    (#""kind": "garbage", "byteCount": 4"#, .garbage(byteCount: 4, seed: 1)),
    (#""kind": "garbage", "byteCount": 4, "seed": 9"#, .garbage(byteCount: 4, seed: 9)),
    (#""kind": "endless""#, .endless),
    (#""kind": "fullListenQueue""#, .fullListenQueue),
    (#""kind": "closeAtOnce""#, .closeAtOnce),
    (#""kind": "slowRestart", "time": 2"#, .slowRestart(.seconds(2))),
    (#""kind": "restartWithoutReturn""#, .restartWithoutReturn),
    (#""kind": "restartByRelativePath""#, .restartByRelativePath),
  ]

  @Test(arguments: faults)
  func `every fault can be said`(_ example: (text: String, fault: Fault)) throws {
    let scenario = try Scenario(
      json: Array(#"{ "start": { "fault": { \#(example.text) } } }"#.utf8))
    var configuration = DaemonConfiguration(socketPath: "/ctl")
    scenario.prepare(&configuration)
    #expect(configuration.fault == example.fault)
  }

  @Test func `steps are taken in turn and again`() async throws {
    let directory = try SocketDirectory()
    let scenario = try Scenario(
      json: Array(
        """
        { "start": { "fault": { "kind": "closeAtOnce" } },
          "steps": [ { "after": 1.5, "loadAverage": 4, "fault": null },
                     { "after": 2, "loadAverage": 5 } ],
          "repeat": true }
        """.utf8))
    var configuration = directory.configuration()
    scenario.prepare(&configuration)
    try await withControlDaemon(configuration) { daemon in
      var seen: [String] = []
      await #expect(throws: CancellationError.self) {
        try await scenario.play(on: daemon) { delay in
          seen.append("\(delay) \(daemon.state.loadAverage) \(daemon.fault == nil)")
          if seen.count == 4 { throw CancellationError() }
        }
      }
      #expect(
        seen == [
          "1.5 seconds 0 false", "2.0 seconds 4 true", "1.5 seconds 5 true",
          "2.0 seconds 4 true",
        ])
    }
  }
}

/// The made-up busy daemon.
@Suite struct LivelyDaemonTests {
  private func life(seed: UInt64, steps: Int) -> [DaemonState] {
    var daemon = LivelyDaemon(seed: seed)
    var core = DaemonCore(DaemonState(processID: 100))
    core.update(now: .zero) { daemon.prepare(&$0) }
    return (1...steps).map { step in
      core.update(now: .seconds(step)) { daemon.step(&$0) }
      return core.state
    }
  }

  @Test func `the same seed makes the same life, another seed another`() {
    #expect(life(seed: 3, steps: 200) == life(seed: 3, steps: 200))
    #expect(life(seed: 3, steps: 200) != life(seed: 4, steps: 200))
  }

  @Test func `an hour has seen everything`() {
    let states = life(seed: 1, steps: 3600)
    let titles = states.compactMap { $0.processes.processes.first { $0.kind == .daemon }?.text }
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(titles.contains("accepting connections"))
    #expect(titles.contains { $0.hasPrefix("rejecting connections on daemon MTA: ") })
    #expect(Set(states.map(\.loadAverage)).count > 5)
    #expect(states.contains { $0.queues.contains { $0.count > 10 } })
    #expect(states.contains { $0.processes.processes.contains { $0.kind == .queueRunner } })
    #expect(states.allSatisfy { $0.processes.childCount <= 21 })
    #expect(states.allSatisfy { $0.queues.allSatisfy { $0.count >= 0 } })
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
