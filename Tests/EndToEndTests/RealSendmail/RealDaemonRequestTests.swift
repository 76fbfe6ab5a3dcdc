// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// The way a real daemon reads a request; ``RequestLine`` and ``ControlLimits`` claim the same.
@Suite("Real daemon: requests", .needsRealSendmail)
struct RealDaemonRequestTests {
  @Test("A request is its first word, compared without case")
  func aRequestIsItsFirstWord()
    async throws
  {
    try await RealDaemon.run { daemon in
      for request in [
        "MeMdUmP\n", "memdump\r\n", " \t\u{B}\u{C}memdump rest\n", "memdump\0rest\n",
        "memdump\rrest\n",
      ] {
        let line = Array(request.utf8)
        let reply = try await RawControlClient.exchange(daemon.controlSocket, line)
        #expect(reply.bytes == SendmailWords.noMemoryDump, "\(request.debugDescription)")
        #expect(RequestLine(line).command == .memdump, "\(request.debugDescription)")
      }
    }
  }

  @Test("An unknown word is echoed raw")

  func anUnknownWordIsEchoedRaw() async throws {
    try await RealDaemon.run { daemon in
      for request in [
        "\n", " \n", "mem\n", "sta\0tus\n", "\0status\n", "%s%n\n", "\u{E9}\u{1B}[m\n",
      ] {
        let line = Array(request.utf8)
        let reply = try await RawControlClient.exchange(daemon.controlSocket, line)
        #expect(
          reply.bytes == SendmailWords.badCommand(RequestLine(line).word),
          "\(request.debugDescription)")
      }
    }
  }

  @Test(
    "A long line is cut, and what was not read turns the end into a reset",
    arguments: [2045, 2046, 2047, 2048, 10_000])
  func aLongLineIsCut(
    length: Int
  ) async throws {
    try await RealDaemon.run { daemon in
      let word = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      let reply = try await RawControlClient.exchange(
        daemon.controlSocket, word + [ASCII.lineFeed])
      #expect(reply.bytes == SendmailWords.badCommand(word))
      let isReadWhole = length + 1 <= ControlLimits.longestRequest
      #expect(reply.ending == (isReadWhole ? .endOfFile : .reset))
    }
  }

  @Test("A half-closed connection ends the line")

  func aHalfClosedConnectionEnds() async throws {
    try await RealDaemon.run { daemon in
      let reply = try await RawControlClient.exchange(
        daemon.controlSocket, Array("memdump".utf8), halfClose: true)
      #expect(reply == RawReply(bytes: SendmailWords.noMemoryDump, ending: .endOfFile))

      let silence = try await RawControlClient.exchange(daemon.controlSocket, [], halfClose: true)
      #expect(silence == RawReply(bytes: [], ending: .endOfFile))
    }
  }

  @Test("A silent client is let go after Timeout.control")

  func aSilentClientIsLetGo() async throws {
    var options = RealDaemon.Options()
    options.settings["Timeout.control"] = "1s"
    try await RealDaemon.run(options) { daemon in
      let reply = try await RawControlClient.exchange(daemon.controlSocket, [])
      #expect(reply == RawReply(bytes: [], ending: .endOfFile))
      #expect(daemon.log.contains("timeout waiting for input during control command"))
    }
  }
}
