// SPDX-License-Identifier: GPL-3.0-or-later

/// An SMTP session with a daemon, open until it is closed; the daemon keeps a child for it.
public final class SMTPSession: Sendable {
  private let socket: HarnessSocket
  /// The daemon's greeting, without the line end: `220 …`, or what it says instead.
  public let greeting: String

  private init(socket: HarnessSocket, greeting: String) {
    self.socket = socket
    self.greeting = greeting
  }

  /// Connects to `port` of 127.0.0.1 and waits for the greeting.
  ///
  /// - Throws: ``HarnessError`` when the port has no listener or no greeting comes within
  ///   `timeout`.
  public static func open(port: UInt16, timeout: Duration = .seconds(120)) async throws
    -> SMTPSession
  {
    try await blocking {
      let socket = try HarnessSocket(
        loopbackPort: port, deadline: ContinuousClock.now + timeout)
      return SMTPSession(socket: socket, greeting: try readReply(from: socket))
    }
  }

  /// Sends `line` with CRLF and returns the last line of the reply.
  ///
  /// - Throws: ``HarnessError`` when the daemon closes instead, and `Errno` when the connection
  ///   breaks or no reply comes in time.
  public func command(_ line: String) async throws -> String {
    try await blocking { [socket] in
      try socket.send(Array("\(line)\r\n".utf8))
      return try Self.readReply(from: socket)
    }
  }

  /// Hands over a message of one line from and to the local user `root`.
  ///
  /// - Throws: ``HarnessError`` when the daemon refuses it, and what ``command(_:)`` throws.
  public func sendMessage() async throws {
    let dialogue = [
      ("HELO localhost", "250"), ("MAIL FROM:<root@localhost>", "250"),
      ("RCPT TO:<root@localhost>", "250"), ("DATA", "354"),
      ("Subject: test\r\n\r\ntest\r\n.", "250"),
    ]
    for (line, expected) in dialogue {
      let reply = try await command(line)
      guard reply.hasPrefix(expected) else {
        throw HarnessError("SMTP: \(line): expected \(expected), got: \(reply)")
      }
    }
  }

  /// Closes the connection without a word. It is also closed when the last reference to it goes.
  public func close() {
    socket.close()
  }

  private static func readReply(from socket: HarnessSocket) throws -> String {
    var line: [UInt8] = []
    while let byte = try socket.read(limit: 1) {
      line += byte
      guard line.last == 0x0A else { continue }
      let text = String(
        decoding: line.dropLast(line.dropLast().last == 0x0D ? 2 : 1), as: UTF8.self)
      // A hyphen after the code says that more lines follow.
      if text.utf8.dropFirst(3).first != UInt8(ascii: "-") { return text }
      line = []
    }
    throw HarnessError("the daemon closed the SMTP session in place of a reply")
  }
}
