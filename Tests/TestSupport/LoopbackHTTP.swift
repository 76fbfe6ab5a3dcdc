// SPDX-License-Identifier: GPL-3.0-or-later

/// Requests to servers on 127.0.0.1 that a test has started.
public enum LoopbackHTTP {
  /// A TCP port without a listener.
  ///
  /// - Throws: ``HarnessError`` when none is found.
  public static func unusedPort() throws -> UInt16 { try LoopbackPort.unused() }

  /// Gets `path` from the server on `port`, and returns the body.
  ///
  /// - Throws: ``HarnessError`` when there is no server or the status is not 200.
  public static func get(_ path: String, port: UInt16) async throws -> [UInt8] {
    try await blocking {
      let socket = try HarnessSocket(
        loopbackPort: port, deadline: ContinuousClock.now + .seconds(60))
      // Version 1.0: the body ends with the connection.
      try socket.send(Array("GET \(path) HTTP/1.0\r\nHost: localhost\r\n\r\n".utf8))
      let (reply, _) = try socket.readToEnd()
      guard let end = reply.firstRange(of: "\r\n\r\n".utf8) else {
        throw HarnessError("port \(port): no head of a reply")
      }
      let head = String(decoding: reply[..<end.lowerBound], as: UTF8.self)
      guard head.split(separator: " ").dropFirst().first == "200" else {
        throw HarnessError(
          "\(path): \(head); \(String(decoding: reply[end.upperBound...], as: UTF8.self))")
      }
      return Array(reply[end.upperBound...])
    }
  }
}
