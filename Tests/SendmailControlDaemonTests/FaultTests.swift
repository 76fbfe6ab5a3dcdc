// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControl
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// Each way of going wrong, as a client meets it.
@Suite(.timeLimit(.minutes(5))) struct FaultTests {
  let directory: SocketDirectory

  init() throws {
    directory = try SocketDirectory()
  }

  /// The whole reply to `bogus`.
  private static let whole = Array("Bad command (bogus)\r\n".utf8)

  /// Runs `body` with a daemon under `fault` and a client that has sent `bogus`.
  private func meet(
    _ fault: Fault, _ body: @escaping @Sendable (StepwiseClient) throws -> Void
  ) async throws {
    var configuration = directory.configuration()
    configuration.fault = fault
    try await withControlDaemon(configuration) { daemon in
      #expect(daemon.fault == fault)
      let client = try StepwiseClient(daemon.socketPath)
      try await client.onThread { client in
        try client.send(Array("bogus\n".utf8))
        try body(client)
      }
      try await daemon.setFault(nil)
      let reply = try await daemon.ask("bogus\n")
      #expect(reply == .init(bytes: Self.whole, end: .endOfFile))
    }
  }

  @Test("Silence after the connection is accepted")

  func silenceAfterTheConnection() async throws {
    try await meet(.silence) { client in
      client.setTimeout(1)
      #expect(client.receive() == .init(bytes: [], end: .silence))
    }
  }

  @Test("One byte at a time")

  func oneByteAtATime() async throws {
    try await meet(.oneByteAtATime(pause: .milliseconds(1))) { client in
      #expect(client.receive(most: 1) == .init(bytes: [Self.whole[0]], end: .enough))
      #expect(client.receive() == .init(bytes: Array(Self.whole.dropFirst()), end: .endOfFile))
    }
  }

  @Test("A stop in mid-line")

  func aStopInMidLine() async throws {
    try await meet(.stop(afterBytes: 5)) { client in
      #expect(client.receive(most: 5) == .init(bytes: Array(Self.whole.prefix(5)), end: .enough))
      client.setTimeout(1)
      #expect(client.receive() == .init(bytes: [], end: .silence))
    }
  }

  @Test("An end after some bytes", arguments: [0, 1, 20, 21, 22])
  func anEndAfterSomeBytes(count: Int) async throws {
    try await meet(.cut(afterBytes: count)) { client in
      #expect(client.receive() == .init(bytes: Array(Self.whole.prefix(count)), end: .endOfFile))
    }
  }

  @Test("A reset after some bytes", arguments: [0, 1, 20, 21, 22])
  func aResetAfterSomeBytes(count: Int) async throws {
    try await meet(.reset(afterBytes: count)) { client in
      #expect(client.receive() == .init(bytes: Array(Self.whole.prefix(count)), end: .reset))
    }
  }

  @Test("Garbage", arguments: [0, 1, 100_000])
  func garbage(count: Int) async throws {
    try await meet(.garbage(byteCount: count, seed: 7)) { client in
      let reply = client.receive()
      #expect(reply.bytes.count == count)
      #expect(reply.end == .endOfFile)
      #expect(reply.bytes.prefix(4) == [215, 28, 2, 203].prefix(count))
    }
  }

  @Test("The generator is the SplitMix64 that others have")

  func theGeneratorIsTheSplitMix64() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
  }

  @Test("A reply without end begins as it should")

  func aReplyWithoutEndBegins() async throws {
    try await meet(.endless) { client in
      let reply = client.receive(most: 1_000_000)
      #expect(reply.bytes.starts(with: Self.whole))
      #expect(reply.end == .enough)
    }
  }

  @Test("Closing at once resets every connection, whatever came first")
  func closingAtOnceResetsEveryConnection() async throws {
    var configuration = directory.configuration()
    configuration.fault = .closeAtOnce
    try await withControlDaemon(configuration) { daemon in
      for _ in 0..<200 {
        let reply = try await daemon.ask("status\n")
        #expect(reply == .init(bytes: [], end: .reset))
      }
      #expect(try await daemon.ask("", finishing: true) == .init(bytes: [], end: .endOfFile))
      await daemon.shutdown()
      #expect(await daemon.requests.first { _ in true } == nil)
    }
  }

  @Test("A fault for one connection is over after it")

  func aFaultForOneConnection() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      try await daemon.setFault(.cut(afterBytes: 5), connections: 2)
      for length in [5, 5, Self.whole.count, Self.whole.count] {
        #expect(try await daemon.ask("bogus\n").bytes.count == length)
      }
      #expect(daemon.fault == nil)
      try await daemon.setFault(.silence, connections: 0)
      #expect(daemon.fault == nil)
    }
  }

  @Test("A fault in a scope ends with it, and the one before is there again")
  func aFaultInAScopeEnds() async throws {
    struct Reason: Error {}
    try await withControlDaemon(directory.configuration()) { daemon in
      try await daemon.setFault(.cut(afterBytes: 1))
      let count = try await daemon.withFault(.cut(afterBytes: 2)) {
        try await daemon.ask("bogus\n").bytes.count
      }
      #expect(count == 2)
      await #expect(throws: Reason.self) {
        try await daemon.withFault(.fullListenQueue) {
          #expect(throws: StepwiseClient.Failure(call: "connect", errno: EAGAIN)) {
            try StepwiseClient(daemon.socketPath, waits: false)
          }
          throw Reason()
        }
      }
      #expect(try await daemon.ask("bogus\n").bytes.count == 1)
    }
  }

  @Test("A fault of a restart is for the restart that its connection asks for")
  func aFaultOfARestart() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      try await daemon.setFault(.restartByRelativePath, connections: 1)
      _ = try await daemon.ask("restart\n")
      #expect(await daemon.waitUntilStopped() == .failedRestart)
    }
  }

  @Test("A reset needs no more than the request unread")

  func aResetNeedsNoMoreThan() async throws {
    var configuration = directory.configuration()
    configuration.fault = .reset(afterBytes: 3)
    try await withControlDaemon(configuration) { daemon in
      let reply = try await daemon.ask("status\n", finishing: true)
      #expect(reply == .init(bytes: Array("0/0".utf8), end: .reset))
      #expect(await daemon.requests.first { _ in true }?.bytes == Array("status".utf8))
    }
  }
}
