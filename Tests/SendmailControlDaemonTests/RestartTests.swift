// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SendmailControl
import Synchronization
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// `restart` and `shutdown`, which are acknowledged before they are carried out.
@Suite(.timeLimit(.minutes(5))) struct RestartTests {
  let directory: SocketDirectory

  init() throws {
    directory = try SocketDirectory()
  }

  /// The first event after the `count`-th one that `matches`.
  private func wait(
    for count: Int, of event: DaemonEvent, in daemon: ControlDaemon
  ) async throws {
    var seen = 0
    try await daemon.until { found in
      if found == event { seen += 1 }
      return seen == count
    }
  }

  @Test("Restart makes a new socket and forgets the children", arguments: DaemonMode.allCases)
  func restartMakesANewSocket(mode: DaemonMode) async throws {
    var configuration = directory.configuration()
    configuration.state.mode = mode
    configuration.state.processes.enter(.smtpServer(pid: 1, peer: "192.0.2.1"))
    configuration.pidFile = FilePath("\(directory.path)/pid")
    try await withControlDaemon(configuration) { daemon in
      let pid = daemon.state.processID
      let socket = SocketIdentity(FilePath("\(directory.path)/ctl"))
      #expect(socket != nil)
      let reply = try await daemon.ask("restart\n")
      #expect(reply.text == "OK\r\n")
      try await wait(for: 2, of: .listening, in: daemon)
      #expect(SocketIdentity(FilePath("\(directory.path)/ctl")) != socket)
      #expect((daemon.state.processID == pid) == (mode == .foreground))
      #expect(try await daemon.processTexts() == ["accepting connections", "console socket child"])
      #expect(directory.facts("pid") != nil)
    }
  }

  @Test("A connection that was open outlives the restart")

  func aConnectionThatWasOpenOutlives()
    async throws
  {
    try await withControlDaemon(directory.configuration()) { daemon in
      let client = try StepwiseClient(daemon.socketPath)
      try await daemon.until { $0 == .accepted(connection: 1) }
      _ = try await daemon.ask("restart\n")
      try await wait(for: 2, of: .listening, in: daemon)
      let reply = try await client.onThread { client in
        try client.send(Array("a\n".utf8))
        return client.receive()
      }
      #expect(reply.text == "Bad command (a)\r\n")
    }
  }

  @Test("A slow restart leaves the path empty until it is over")

  func aSlowRestartLeavesThePath()
    async throws
  {
    var configuration = directory.configuration()
    configuration.fault = .slowRestart(.seconds(3600))
    try await withControlDaemon(configuration) { daemon in
      _ = try await daemon.ask("restart\n")
      try await daemon.until { $0 == .restarting }
      #expect(throws: StepwiseClient.Failure(call: "connect", errno: ENOENT)) {
        try StepwiseClient(daemon.socketPath)
      }
    }
    configuration.fault = .slowRestart(.milliseconds(30))
    try await withControlDaemon(configuration) { daemon in
      _ = try await daemon.ask("restart\n")
      try await wait(for: 2, of: .listening, in: daemon)
      #expect(directory.facts() != nil)
    }
  }

  @Test("A restart that never comes back")

  func aRestartThatNeverComesBack() async throws {
    var configuration = directory.configuration()
    configuration.fault = .restartWithoutReturn
    configuration.restartGap = .zero
    try await withControlDaemon(configuration) { daemon in
      let reply = try await daemon.ask("restart\n")
      #expect(reply.text == "OK\r\n")
      try await daemon.until { $0 == .restarting }
      #expect(directory.facts() == nil)
      await daemon.shutdown()
      let listenings = await daemon.events.reduce(0) { $0 + ($1 == .listening ? 1 : 0) }
      #expect(listenings == 1)
    }
  }

  @Test("A restart by a relative path ends the daemon and leaves a socket without a listener")
  func aRestartByARelativePath()
    async throws
  {
    var configuration = directory.configuration()
    configuration.fault = .restartByRelativePath
    configuration.pidFile = FilePath("\(directory.path)/pid")
    try await withControlDaemon(configuration) { daemon in
      let reply = try await daemon.ask("restart\n")
      #expect(reply.text == "OK\r\n")
      #expect(await daemon.waitUntilStopped() == .failedRestart)
      #expect(throws: StepwiseClient.Failure(call: "connect", errno: ECONNREFUSED)) {
        try StepwiseClient(daemon.socketPath)
      }
      #expect(directory.facts("pid") == nil)
    }
    #expect(directory.facts()?.kind == .socket)
  }

  @Test("In a path that has become unsafe the old socket stays, and no new one is made")
  func inAPathThatHasBecome()
    async throws
  {
    var configuration = directory.configuration()
    // An ordinary user's own daemon would not ask who may write to the directory.
    configuration.pathRules = .checked(
      by: PathSafetyRules(
        trustsStickyBit: true, runAsUser: ProcessIdentity.current.effectiveUser,
        runAsGroup: ProcessIdentity.current.effectiveGroup))
    try await withControlDaemon(configuration) { daemon in
      #expect(unsafe chmod(directory.path, 0o777) == 0)
      _ = try await daemon.ask("restart\n")
      var error: DaemonError?
      try await daemon.until { event in
        if case .withoutSocket(let found) = event { error = found }
        return error != nil
      }
      #expect(error?.reason == "World writable directory")
      #expect(throws: StepwiseClient.Failure(call: "connect", errno: ECONNREFUSED)) {
        try StepwiseClient(daemon.socketPath)
      }
    }
    #expect(directory.facts()?.kind == .socket)
  }

  @Test(
    "An acknowledged command is carried out while Swift's thread pool has other work", .serialized,
    arguments: ["shutdown", "restart"])
  func aPromiseIsKeptWhileSwift(command: String) async throws {
    var configuration = directory.configuration()
    configuration.state.mode = .background
    try await withControlDaemon(configuration) { daemon in
      let pid = daemon.state.processID
      let comesBack = command == "restart"
      let isKept = { @Sendable [directory] in
        (directory.facts() != nil) == comesBack && (daemon.state.processID != pid) == comesBack
      }
      let client = try StepwiseClient(daemon.socketPath)
      let threads = ProcessInfo.processInfo.activeProcessorCount
      let busy = Counter()
      let deadline = ContinuousClock.now + .seconds(240)
      try await withThrowingTaskGroup { group in
        for _ in 0..<threads {
          group.addTask {
            // The last one takes the pool's last thread; none is given back before the end is seen.
            if busy.next() == threads {
              try client.send(Array("\(command)\n".utf8))
            }
            while !isKept(), ContinuousClock.now < deadline { usleep(500) }
          }
        }
        try await group.waitForAll()
      }
      #expect(isKept())
      #expect(ContinuousClock.now < deadline, "the daemon waited for a thread of the pool")
    }
  }

  @Test("Shutdown removes socket and PID file after the OK")

  func shutdownRemovesSocketAndPIDFile()
    async throws
  {
    var configuration = directory.configuration()
    configuration.pidFile = FilePath("\(directory.path)/pid")
    try await withControlDaemon(configuration) { daemon in
      let reply = try await daemon.ask("shutdown\n")
      #expect(reply == .init(bytes: Array("OK\r\n".utf8), end: .endOfFile))
      #expect(await daemon.waitUntilStopped() == .command)
      #expect(directory.facts() == nil)
      #expect(directory.facts("pid") == nil)
    }
  }

  @Test("A second end adds nothing to the first")

  func aSecondEndAddsNothing() async throws {
    let daemon = try await ControlDaemon.start(directory.configuration())
    await daemon.shutdown()
    await daemon.shutdown()
    await daemon.crash()
    let ends = await daemon.events.reduce(into: [DaemonEvent]()) { ends, event in
      if case .stopped = event { ends.append(event) }
    }
    #expect(ends == [.stopped(.call)])
  }
}

/// Counts what several threads do.
private final class Counter: Sendable {
  private let count = Atomic(0)

  /// One more, and how many that makes.
  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
