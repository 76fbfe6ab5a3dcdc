// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// One connection, one request, one reply, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct ConnectionTests {
  let directory: SocketDirectory

  init() throws {
    directory = try SocketDirectory()
  }

  /// Returns whether sendmail leaves bytes of the request unread, which resets the connection.
  private static func leavesRest(_ request: [UInt8]) -> Bool {
    let line = request.firstIndex(of: 0x0A).map { request.index(after: $0) } ?? request.count
    return request.count > min(line, ControlLimits.longestRequest)
  }

  static let inputs = Transcript.all.filter { $0.name.hasPrefix("input-") }

  @Test("Every shape of request is answered as by the real daemon", arguments: inputs)
  func everyShapeOfRequestIsAnswered(_ transcript: Transcript)
    async throws
  {
    var configuration = directory.configuration()
    configuration.state = transcript.world().state
    try await withControlDaemon(configuration) { daemon in
      let finishing = transcript.members["state"]?.contains("half-close") ?? false
      let reply = try await StepwiseClient.exchange(
        daemon.socketPath, transcript.request, finishing: finishing)
      #expect(reply.end == (Self.leavesRest(transcript.request) ? .reset : .endOfFile))
      if RequestLine(transcript.request).command == nil {
        #expect(reply.bytes == transcript.reply)
      } else {
        // The same list but for the answering child, whose process id is another.
        #expect(
          Self.withoutAnsweringChild(reply.bytes)
            == Self.withoutAnsweringChild(transcript.reply))
      }
    }
  }

  private static func withoutAnsweringChild(_ reply: [UInt8]) -> [[UInt8]] {
    ReplyLines(reply).map(Array.init).filter { line in
      !String(decoding: line, as: UTF8.self).hasSuffix(" console socket child")
    }
  }

  @Test("A request in single bytes is put together")

  func aRequestInSingleBytes() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      let client = try StepwiseClient(daemon.socketPath)
      let reply = try await client.onThread { client in
        for byte in Array("hElP\n".utf8) { try client.send([byte]) }
        return client.receive()
      }
      #expect(reply.text.hasPrefix("214-2.0.0 "))
      #expect(reply.end == .endOfFile)
      let request = await daemon.requests.first { _ in true }
      #expect(request?.bytes == Array("hElP\n".utf8))
      #expect(request?.line.command == .help)
      #expect(request?.reply == reply.bytes)
    }
  }

  @Test("Bytes after the line stay unread, even when the client has finished")
  func whatComesAfterTheLineStays()
    async throws
  {
    try await withControlDaemon(directory.configuration()) { daemon in
      let reply = try await daemon.ask("bogus1\nstatus\n", finishing: true)
      #expect(reply.text == "Bad command (bogus1)\r\n")
      #expect(reply.end == .reset)
      #expect(await daemon.requests.first { _ in true }?.bytes == Array("bogus1\n".utf8))
    }
  }

  @Test("A half-close without a request gets no reply")

  func nothingButAHalfCloseGets() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      let reply = try await daemon.ask("", finishing: true)
      #expect(reply == .init(bytes: [], end: .endOfFile))
      try await daemon.until { $0 == .closed(connection: 1) }
      #expect(daemon.state.processes.childCount == 0)
    }
  }

  @Test("A client that says nothing is timed out")

  func aClientThatSaysNothing() async throws {
    var configuration = directory.configuration()
    configuration.controlTimeout = .milliseconds(50)
    try await withControlDaemon(configuration) { daemon in
      let client = try StepwiseClient(daemon.socketPath)
      #expect(try await client.onThread { $0.receive() } == .init(bytes: [], end: .endOfFile))
      try await daemon.until { $0 == .timedOut(connection: 1) }
      try await daemon.until { $0 == .closed(connection: 1) }
      #expect(daemon.state.processes.childCount == 0)
    }
  }

  @Test("The timeout also ends a reply that no one reads")

  func theTimeoutAlsoEndsAReply()
    async throws
  {
    var configuration = directory.configuration()
    // Enough for a busy machine to get from connect to send.
    configuration.controlTimeout = .seconds(2)
    configuration.state.heapReport = HeapReport(ofAbout: 8 << 20)
    try await withControlDaemon(configuration) { daemon in
      let client = try StepwiseClient(daemon.socketPath)
      try client.send(Array("memdump\n".utf8))
      try await daemon.until { $0 == .timedOut(connection: 1) }
      let reply = try await client.onThread { $0.receive() }
      #expect(reply.end == .endOfFile)
      #expect((1..<(8 << 20)).contains(reply.bytes.count))
    }
  }

  @Test("Without a timeout a client may be silent, and blocks no other")
  func withoutATimeoutAClientMay() async throws {
    var configuration = directory.configuration()
    configuration.controlTimeout = nil
    try await withControlDaemon(configuration) { daemon in
      let client = try StepwiseClient(daemon.socketPath)
      try await daemon.until { $0 == .accepted(connection: 1) }
      #expect(try await daemon.ask("\n").end == .endOfFile)
      let reply = try await client.onThread { client in
        try client.send([0x0A])
        return client.receive()
      }
      #expect(reply.text == "Bad command ()\r\n")
    }
  }

  @Test("A large heap report arrives whole")

  func aLargeHeapReportArrivesWhole() async throws {
    var configuration = directory.configuration()
    configuration.state.heapReport = HeapReport(ofAbout: 16 << 20)
    try await withControlDaemon(configuration) { daemon in
      let reply = try await daemon.ask("memdump\n")
      #expect(reply.end == .endOfFile)
      #expect(abs(reply.bytes.count - 16 << 20) < 500)
      #expect(reply.bytes.last == 0x0A)
      #expect(reply.bytes.suffix(200).contains(UInt8(ascii: "=")))
      let request = await daemon.requests.first { _ in true }
      #expect(request?.word == Array("memdump".utf8))
      #expect(request?.reply == nil)
    }
  }

  @Test("A thousand requests leave no descriptor or process")
  func aThousandRequestsOneAfter() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      let path = daemon.socketPath
      let ends = try await StepwiseClient(path).onThread { _ in
        try (0..<1000).map { _ in
          let client = try StepwiseClient(path)
          try client.send(Array("status\n".utf8))
          return client.receive().end
        }
      }
      #expect(ends.allSatisfy { $0 == .endOfFile })
      try await daemon.until { $0 == .closed(connection: 1001) }
      // The first connection, which sent nothing, is closed when its client goes.
      try await daemon.until { $0 == .closed(connection: 1) }
      #expect(daemon.state.processes.childCount == 0)
    }
  }
}
