// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@testable import SendmailControlClient

/// The daemon of these tests runs in the test's own process, which stays: to a watch it is one in the
/// foreground (`-bD`). Daemons of their own process are in the end-to-end tests.
@Suite("Waiting for what a daemon has acknowledged")
struct ListenerWatchTests {
  @Test("A restart is seen by the new socket file")
  func restart() async throws {
    try await ScratchDaemon.run { scratch in
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
      var watch = ListenerWatch(client: client)
      watch.processID = try await blocking { try client.send(.restart) }.end.peer?.processID
      let restarted = try await blocking { [watch] in
        try watch.waitForRestart(timeout: .seconds(120))
      }
      #expect(restarted.oldProcessID == TestProcess.id)
      #expect(restarted.newProcessID == TestProcess.id)
      #expect(restarted.away > .zero)
    }
  }

  @Test("A slow restart is waited for, and its observed duration is reported")
  func slowRestart() async throws {
    try await ScratchDaemon.run({ $0.fault = .slowRestart(.milliseconds(400)) }) { scratch in
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
      let watch = ListenerWatch(client: client)
      let beginning = ContinuousClock.now
      _ = try await blocking { try client.send(.restart) }
      let restarted = try await blocking { [watch] in
        try watch.waitForRestart(timeout: .seconds(120))
      }
      let all = beginning.duration(to: .now)
      #expect(all >= .milliseconds(400))
      #expect(restarted.away > .zero && restarted.away < all)
    }
  }

  @Test("A restart that never comes back is not waited for without end")
  func noReturn() async throws {
    try await ScratchDaemon.run({ $0.fault = .restartWithoutReturn }) { scratch in
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
      let watch = ListenerWatch(client: client)
      _ = try await blocking { try client.send(.restart) }
      try await eventually("the socket is away") { SocketIdentity(scratch.socket) == nil }
      let error = await #expect(throws: WatchError.self) {
        try await blocking { [watch] in try watch.waitForRestart(timeout: .milliseconds(300)) }
      }
      #expect(error?.code == .noNewListener)
    }
  }

  @Test("A daemon that does nothing after its OK is reported as such")
  func nothingHappens() async throws {
    try await ScratchDaemon.run { scratch in
      let watch = ListenerWatch(
        client: ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120)))
      let error = await #expect(throws: WatchError.self) {
        try await blocking { [watch] in try watch.waitForRestart(timeout: .milliseconds(100)) }
      }
      #expect(error?.code == .nothingHappened)
    }
  }

  @Test("Without a process to watch, a shutdown is over when the socket is gone")
  func shutdown() async throws {
    try await ScratchDaemon.run { scratch in
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
      let watch = ListenerWatch(client: client)
      _ = try await blocking { try client.send(.shutdown) }
      let ended = try await blocking { [watch] in try watch.waitForShutdown(timeout: .seconds(120))
      }
      #expect(!ended.socketLeft)
      await #expect(throws: ControlError.self) { try await blocking { try client.send(.status) } }
    }
  }

  @Test("A listener that does not answer in sendmail's form is no restarted daemon")
  func stranger() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      for reply in ["Bad command (status)\r\n", "OK\r\n", "0/0/5/0\r\n7 acc"] {
        let old = try ReplyServer(at: socket, reply: Array("OK\r\n".utf8))
        let watch = ListenerWatch(
          client: ControlClient(ControlSocket(path: socket), timeout: .seconds(120)))
        let new = try ReplyServer(at: socket, reply: Array(reply.utf8))
        let error = await #expect(throws: WatchError.self) {
          try await blocking { try watch.waitForRestart(timeout: .milliseconds(300)) }
        }
        #expect(error?.code == .noNewListener)
        withExtendedLifetime((old, new)) {}
      }
    }
  }

  @Test("A wait ends on time, also during a query to a silent daemon")
  func silentSuccessor() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      let old = try ReplyServer(at: socket, reply: nil)
      let watch = ListenerWatch(
        client: ControlClient(ControlSocket(path: socket), timeout: .seconds(600)))
      let new = try ReplyServer(at: socket, reply: nil)
      let clock = ContinuousClock()
      let took = await clock.measure {
        let restart = await #expect(throws: WatchError.self) {
          try await blocking { try watch.waitForRestart(timeout: .milliseconds(200)) }
        }
        #expect(restart?.code == .noNewListener)
        let start = await #expect(throws: WatchError.self) {
          try await blocking { try watch.waitForStart(timeout: .milliseconds(200)) }
        }
        #expect(start?.code == .noNewListener)
        let end = await #expect(throws: WatchError.self) {
          try await blocking { try watch.waitForShutdown(timeout: .milliseconds(200)) }
        }
        #expect(end?.code == .replaced(by: nil))
      }
      #expect(took < .seconds(120))
      withExtendedLifetime((old, new)) {}
    }
  }

  @Test("A shutdown is not complete while there is a listener, also after the process has ended")
  func stillListening() async throws {
    guard
      WantedTests.mayExpect(
        (try? SockDiag.listeningSockets()) != nil, otherwise: "the kernel lists no sockets")
    else { return }
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], reply: Array("OK\r\n".utf8))
      var watch = ListenerWatch(
        client: ControlClient(ControlSocket(path: directory["ctl"]), timeout: .seconds(120)))
      // Process ids end below this number on Linux, so no process has it.
      for processID in [4_194_304, nil] as [Int32?] {
        watch.processID = processID
        let error = await #expect(throws: WatchError.self) {
          try await blocking { [watch] in
            try watch.waitForShutdown(timeout: .milliseconds(300))
          }
        }
        #expect(error?.code == .nothingHappened)
      }
      withExtendedLifetime(server) {}
    }
  }

  @Test("A socket file without a listener is left by a daemon that has gone")
  func fileLeft() async throws {
    guard
      WantedTests.mayExpect(
        (try? SockDiag.listeningSockets()) != nil, otherwise: "the kernel lists no sockets")
    else { return }
    try await ScratchDaemon.run { scratch in
      let watch = ListenerWatch(
        client: ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120)))
      await scratch.daemon.crash()
      let ended = try await blocking { try watch.waitForShutdown(timeout: .seconds(120)) }
      #expect(ended.socketLeft)
    }
  }

  @Test("A process that stays after its socket has gone is reported")
  func stillRunning() async throws {
    try await ScratchDaemon.run { scratch in
      try await RunningProgram.run("/bin/sleep", ["600"]) { program in
        var watch = ListenerWatch(
          client: ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120)))
        watch.processID = program.processID
        await scratch.daemon.shutdown()
        let error = await #expect(throws: WatchError.self) {
          try await blocking { [watch] in try watch.waitForShutdown(timeout: .milliseconds(200)) }
        }
        #expect(error?.code == .stillRunning)
      }
    }
  }

  @Test("The shutdown of a daemon in the same process is seen by its socket")
  func sameProcess() async throws {
    try await withControlDaemon { daemon in
      let client = ControlClient(ControlSocket(path: daemon.socketPath), timeout: .seconds(120))
      var watch = ListenerWatch(client: client)
      watch.processID = try await blocking { try client.send(.shutdown) }.end.peer?.processID
      #expect(watch.processID == TestProcess.id)
      let ended = try await blocking { [watch] in
        try watch.waitForShutdown(timeout: .seconds(120))
      }
      #expect(!ended.socketLeft)
      #expect(ended.processID == TestProcess.id)
    }
  }

  @Test("A daemon that takes the place of the one that ends is reported")
  func replaced() async throws {
    try await ScratchDaemon.run { scratch in
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
      let watch = ListenerWatch(client: client)
      await scratch.daemon.shutdown()
      try await withControlDaemon(ScratchDaemon.configuration(in: scratch.directory)) { _ in
        let error = await #expect(throws: WatchError.self) {
          try await blocking { [watch] in try watch.waitForShutdown(timeout: .seconds(120)) }
        }
        #expect(error?.code == .replaced(by: TestProcess.id))
      }
    }
  }

  @Test(
    "The time a start takes is that since the watch was made, sendmail's own beginnings included")
  func start() async throws {
    try await withTemporaryDirectory { directory in
      let configuration = ScratchDaemon.configuration(in: directory)
      let path = FilePath(directory["ctl"].string)
      let watch = ListenerWatch(
        client: ControlClient(ControlSocket(path: path), timeout: .seconds(120)))
      let made = ContinuousClock.now
      try await withControlDaemon(configuration) { _ in
        let before = made.duration(to: .now)
        let started = try await blocking { [watch] in
          try watch.waitForStart(timeout: .seconds(120))
        }
        #expect(started.newProcessID == TestProcess.id)
        #expect(started.away >= before)
      }
    }
  }
}
