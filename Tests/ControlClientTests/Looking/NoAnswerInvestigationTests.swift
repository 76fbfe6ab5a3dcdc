// SPDX-License-Identifier: GPL-3.0-or-later

import ControlClient
import ControlDaemon
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("Finding out why there is no answer")
struct NoAnswerInvestigationTests {
  private func answer(
    at path: FilePath, pidFile: FilePath? = nil, ports: [DaemonPort] = [],
    timeout: Duration = .milliseconds(300)
  ) async throws -> NoAnswer {
    let client = ControlClient(path: path, timeout: timeout)
    let error = try await #require(throws: ControlError.self) {
      try await blocking { try client.send(.status) }
    }
    return try #require(
      try await blocking {
        try NoAnswerInvestigation(
          pidFile: pidFile, ports: ports, timeout: timeout, deadline: Deadline(after: timeout)
        ).findings(about: error)
      })
  }

  @Test("A dead daemon: a stale socket, a PID file of nobody")
  func dead() async throws {
    try await ScratchDaemon.run { scratch in
      await scratch.daemon.crash()
      let pidFile = try scratch.directory.write("4194304\nsendmail\n", to: "old-pid")
      let answer = try await answer(at: scratch.socket, pidFile: pidFile)
      #expect(answer.cause == .nobodyListens)
      #expect(answer.pidFile?.isAlive == false)
      #expect(answer.isAlive == false)
    }
  }

  @Test("A daemon that lives without its socket")
  func livesWithoutSocket() async throws {
    try await ScratchDaemon.run { scratch in
      let answer = try await answer(
        at: scratch.directory["elsewhere"], pidFile: scratch.directory["pid"])
      #expect(answer.cause == .noSuchSocket)
      #expect(answer.pidFile?.processID == TestProcess.id)
      #expect(answer.isAlive == true)
      #expect(
        NoAnswerText.lines(answer).contains { $0.contains("could not open control socket") })
    }
  }

  @Test("A daemon that listens and is silent")
  func silent() async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      let answer = try await answer(at: scratch.socket)
      #expect(answer.cause == .silent(seconds: 0.3))
      #expect(answer.isAlive == true)
    }
  }

  @Test("A reply that broke off is no want of an answer")
  func broken() async throws {
    try await ScratchDaemon.run({ $0.fault = .reset(afterBytes: 3) }) { scratch in
      let client = ControlClient(path: scratch.socket, timeout: .seconds(120))
      let error = try await #require(throws: ControlError.self) {
        try await blocking { try client.send(.status) }
      }
      let investigation = NoAnswerInvestigation(
        pidFile: nil, ports: [], timeout: .seconds(1), deadline: Deadline(after: .seconds(1)))
      #expect(try investigation.findings(about: error) == nil)
    }
  }

  /// A port of the daemon on this machine.
  private func port(_ number: UInt16) -> DaemonPort {
    var port = DaemonPort.everyAddress
    port.address = Array("127.0.0.1".utf8)
    port.port = Array("\(number)".utf8)
    return port
  }

  @Test("An SMTP port that greets, one that nobody listens on, one that is disabled")
  func ports() async throws {
    try await withTemporaryDirectory { directory in
      let server = try GreetingServer(greeting: "220 mta.example.org ESMTP\r\n")
      var disabled = DaemonPort.everyAddress
      disabled.modifiers = [UInt8(ascii: "D")]
      let answer = try await answer(
        at: directory["none"], ports: [port(server.port), port(1), disabled],
        timeout: .seconds(120))
      #expect(
        answer.ports.map(\.outcome) == [
          .greets(Array("220 mta.example.org ESMTP".utf8)), .refused,
          .unknown("the port is disabled (M=D)"),
        ])
      #expect(answer.isAlive == true)
    }
  }

  @Test("An SMTP port that says nothing")
  func deafPort() async throws {
    try await withTemporaryDirectory { directory in
      let server = try GreetingServer(greeting: nil)
      let answer = try await answer(at: directory["none"], ports: [port(server.port)])
      #expect(answer.ports.map(\.outcome) == [.silent])
    }
  }

  @Test("Ports are looked at all at once, for a second at most")
  func together() async throws {
    try await withTemporaryDirectory { directory in
      let servers = try (0..<20).map { _ in try GreetingServer(greeting: nil) }
      let clock = ContinuousClock()
      let beginning = clock.now
      let answer = try await answer(
        at: directory["none"], ports: servers.map { port($0.port) }, timeout: .seconds(120))
      #expect(answer.ports.map(\.outcome) == servers.map { _ in .silent })
      // One after the other they would take twenty.
      #expect(beginning.duration(to: clock.now) < .seconds(15))
    }
  }

  @Test("Ports are not tried when no time is left")
  func noTime() async throws {
    let server = try GreetingServer(greeting: "220 mta\r\n")
    let answer = try NoAnswerInvestigation(
      pidFile: nil, ports: [port(server.port)], timeout: .seconds(1),
      deadline: Deadline(after: .zero)
    ).findings(cause: .noSuchSocket, socket: [])
    #expect(answer.ports.map(\.outcome) == [.unknown("no time was left")])
  }

  static let telling: [NoAnswer.Cause] = [
    .silent(seconds: 1), .listenQueueFull, .noPermission(file: nil, whoami: "me"),
  ]

  @Test(
    "Ports are not tried where something else tells, nor without permission", arguments: telling)
  func notTried(cause: NoAnswer.Cause) async throws {
    let investigation = NoAnswerInvestigation(
      pidFile: nil, ports: [port(1)], timeout: .seconds(1), deadline: Deadline(after: .seconds(120))
    )
    #expect(try investigation.findings(cause: cause, socket: []).ports == [])
  }

  @Test("Ports are not tried when the PID file tells")
  func pidFileTells() async throws {
    try await ScratchDaemon.run { scratch in
      let answer = try await answer(
        at: scratch.directory["elsewhere"], pidFile: scratch.directory["pid"], ports: [port(1)])
      #expect(answer.ports == [])
      #expect(answer.isAlive == true)
    }
  }
}
