// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("An exchange with a daemon")
struct ExchangeTests {
  @Test(
    "A command gets its reply, and the kernel says from whom", arguments: ControlCommand.allCases)
  func commands(command: ControlCommand) async throws {
    try await ScratchDaemon.run { scratch in
      let reply = try await blocking {
        try ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120)).send(command)
      }
      #expect(!reply.bytes.isEmpty)
      #expect(!reply.end.wasReset)
      #expect(reply.end.byteCount == reply.bytes.count)
      #expect(reply.end.peer?.processID == TestProcess.id)
      #expect(reply.end.peer?.userID == SystemUser.current.userID)
    }
  }

  @Test("A reply a byte at a time is whole in the end")
  func byteAtATime() async throws {
    try await ScratchDaemon.run({ $0.fault = .oneByteAtATime(pause: .microseconds(50)) }) {
      scratch in
      let reply = try await blocking {
        try ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120)).send(.status)
      }
      #expect(throws: Never.self) { try StatusReply(parsing: reply.bytes) }
    }
  }

  @Test("A reset after the last line is an end like another")
  func resetAfterReply() async throws {
    try await ScratchDaemon.run { scratch in
      let request = [UInt8](repeating: 0x78, count: 5000) + [0x0A]
      let reply = try await blocking {
        try ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120)).exchange(
          request: request)
      }
      #expect(reply.end.wasReset)
      #expect(reply.bytes == SendmailWords.badCommand(request.prefix(2047)))
    }
  }

  static let failures: [(fault: Fault, code: ControlError.Code)] = [
    (.silence, .deadlinePassed),
    (.stop(afterBytes: 5), .deadlinePassed),
    (.fullListenQueue, .listenQueueFull),
    (.reset(afterBytes: 5), .connectionBroken),
    (.reset(afterBytes: 0), .connectionBroken),
    (.endless, .replyTooLong),
  ]

  @Test("A daemon with a fault is distinguished from one that answers", arguments: failures)
  func faults(fault: Fault, code: ControlError.Code) async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.daemon.setFault(fault)
      // Only a daemon that hangs is waited for to the end.
      let hangs = [.deadlinePassed, .listenQueueFull].contains(code)
      let timeout: Duration = hangs ? .milliseconds(300) : .seconds(60)
      let client = ControlClient(ControlSocket(path: scratch.socket), timeout: timeout)
      let error = await #expect(throws: ControlError.self) {
        try await blocking { try client.send(.status) }
      }
      #expect(error?.code == code)
      #expect(error?.path == scratch.socket)
    }
  }

  @Test("A memory dump of any length passes through in pieces")
  func stream() async throws {
    let size = 20_000_000
    try await ScratchDaemon.run({ $0.state.heapReport = HeapReport(ofAbout: size) }) { scratch in
      let (end, total, largest) = try await blocking {
        var total = 0
        var largest = 0
        let end = try ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(60))
          .stream(request: ControlCommand.memdump.requestBytes) { chunk in
            total += chunk.count
            largest = max(largest, chunk.count)
          }
        return (end, total, largest)
      }
      #expect(total == end.byteCount)
      #expect(total > size / 2)
      #expect(largest <= 65536)
    }
  }

  @Test("An error of the caller ends the exchange")
  func throwingReceiver() async throws {
    struct Enough: Error {}
    try await ScratchDaemon.run { scratch in
      await #expect(throws: Enough.self) {
        try await blocking {
          try ControlClient(ControlSocket(path: scratch.socket), timeout: .seconds(120))
            .stream(request: ControlCommand.status.requestBytes) { _ in throw Enough() }
        }
      }
    }
  }

  @Test("Each step is traced")
  func trace() async throws {
    try await ScratchDaemon.run { scratch in
      let steps = Recorder()
      _ = try await blocking {
        try ControlClient(
          ControlSocket(path: scratch.socket), timeout: .seconds(10), interruption: nil,
          trace: steps.record
        ).send(.help)
      }
      #expect(steps.names.first == "connecting")
      #expect(steps.names.dropFirst().first == "connected")
      #expect(steps.names.contains("sent"))
      #expect(steps.names.contains("received"))
      #expect(steps.names.last == "ended")
    }
  }
}
