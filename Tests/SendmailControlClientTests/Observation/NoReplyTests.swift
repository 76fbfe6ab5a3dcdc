// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Diagnosing a missing reply")
struct NoReplyTests {
  private func diagnose(
    _ path: FilePath, pidFile: FilePath? = nil, ports: [DaemonPort] = [],
    timeout: Duration = .milliseconds(300)
  ) async throws -> NoReplyDiagnosis {
    let client = ControlClient(ControlSocket(path: path), timeout: timeout)
    let error = try await #require(throws: ControlError.self) {
      try await blocking { try client.send(.status) }
    }
    let cause = try #require(NoReplyDiagnosis.Cause(error))
    return try await blocking {
      try NoReplyDiagnosis(
        observing: cause, socket: path.bytes,
        by: DaemonObserver(DaemonPlace(socket: path.bytes, pidFile: pidFile?.bytes)),
        ports: ports, timeout: timeout, deadline: Deadline(after: timeout))
    }
  }

  @Test("A daemon that crashed: a socket without a listener, a stale PID file")
  func dead() async throws {
    try await ScratchDaemon.run { scratch in
      await scratch.daemon.crash()
      let pidFile = try scratch.directory.write("4194304\nsendmail\n", to: "old-pid")
      // A program that another test starts just now holds all sockets for a moment.
      try await eventually("none listens") {
        let diagnosis = try await diagnose(scratch.socket, pidFile: pidFile)
        return diagnosis.cause == .noListener && diagnosis.isAlive == false
      }
    }
  }

  @Test("A daemon that runs without its socket")
  func withoutSocket() async throws {
    try await ScratchDaemon.run { scratch in
      let diagnosis = try await diagnose(
        scratch.directory["elsewhere"], pidFile: scratch.directory["pid"], ports: [port(1)])
      #expect(diagnosis.cause == .noSuchSocket)
      #expect(diagnosis.observation.daemonProcessID == TestProcess.id)
      #expect(diagnosis.isAlive == true)
      // Nothing is left to be found out by a connection.
      #expect(diagnosis.ports == [])
      #expect(
        NoReplyText.lines(diagnosis).contains { $0.contains("could not open control socket") })
    }
  }

  @Test("A daemon that listens and is silent")
  func silent() async throws {
    try await ScratchDaemon.run({ $0.fault = .silence }) { scratch in
      let diagnosis = try await diagnose(scratch.socket, ports: [port(1)])
      #expect(diagnosis.cause == .silent)
      #expect(diagnosis.isAlive == true)
      #expect(diagnosis.ports == [])
      #expect(NoReplyText.lines(diagnosis)[0].hasSuffix("did not answer within 0.3 s"))
    }
  }

  @Test("A reply that broke off is not missing")
  func broken() async throws {
    try await ScratchDaemon.run({ $0.fault = .reset(afterBytes: 3) }) { scratch in
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
      let error = try await #require(throws: ControlError.self) {
        try await blocking { try client.send(.status) }
      }
      #expect(NoReplyDiagnosis.Cause(error) == nil)
    }
  }

  /// A port of the daemon on this machine.
  private func port(_ number: UInt16) -> DaemonPort {
    DaemonPort.parsed("Addr=127.0.0.1,Port=\(number)")
  }

  @Test("An SMTP port that greets, one without a listener, one that speaks TLS")
  func ports() async throws {
    try await withTemporaryDirectory { directory in
      let server = try GreetingServer(greeting: "220 mta.example.org ESMTP\r\n")
      let encrypted = DaemonPort.parsed("Port=1,M=s")
      let diagnosis = try await diagnose(
        directory["none"], ports: [port(server.port), port(1), encrypted], timeout: .seconds(120))
      withExtendedLifetime(server) {}
      #expect(
        diagnosis.ports.map(\.outcome) == [
          .greets(Array("220 mta.example.org ESMTP".utf8)), .refused,
          .unknown("the port speaks TLS from the first byte (M=s)"),
        ])
      // It is this program that greets, and no sendmail.
      #expect(diagnosis.ports.map(\.holder?.pid) == [TestProcess.id, nil, nil])
      #expect(diagnosis.isAlive == false)
    }
  }

  @Test("An SMTP port that says nothing")
  func silentPort() async throws {
    try await withTemporaryDirectory { directory in
      let server = try GreetingServer(greeting: nil)
      let diagnosis = try await diagnose(directory["none"], ports: [port(server.port)])
      withExtendedLifetime(server) {}
      #expect(diagnosis.ports.map(\.outcome) == [.silent])
    }
  }

  @Test("Ports are tried at the same time")
  func together() async throws {
    try await withTemporaryDirectory { directory in
      let (first, second) = (try GreetingServer(greeting: nil), try GreetingServer(greeting: nil))
      let ports = [port(first.port), port(second.port)]
      let path = directory["none"]
      // A second at a time, again and again, so that a busy machine does not miss the moment.
      let probing = Task {
        while !Task.isCancelled {
          _ = try await diagnose(path, ports: ports, timeout: .seconds(120))
        }
      }
      try await eventually("both ports have a client at the same moment") {
        // The first one still has its client after the second one was seen with one.
        try first.hasClient && second.hasClient && first.hasClient
      }
      probing.cancel()
      _ = await probing.result
      withExtendedLifetime((first, second)) {}
    }
  }

  @Test("Ports are not tried when no time is left")
  func noTime() async throws {
    let server = try GreetingServer(greeting: "220 mta\r\n")
    let diagnosis = try NoReplyDiagnosis(
      observing: .noSuchSocket, socket: [], by: DaemonObserver(DaemonPlace()),
      ports: [port(server.port)], timeout: .seconds(1), deadline: Deadline(after: .zero))
    withExtendedLifetime(server) {}
    #expect(diagnosis.ports.map(\.outcome) == [.unknown("no time was left")])
  }
}
