// SPDX-License-Identifier: GPL-3.0-or-later

/// A reply that has no form of its own (`help`, `memdump`, `send`), as a JSON object. Members are
/// only ever added.
public struct ReplyDocument: Encodable, Sendable {
  /// Such as `smcontrol.help/1`.
  public var schema: String
  /// The socket that was asked.
  public var socket: String
  /// Whether the daemon did not refuse.
  public var ok: Bool
  /// The lines of the reply, without their ends.
  public var lines: [String]

  /// The document for the reply to `command`.
  public init(command: String, socket: [UInt8], ok: Bool, reply: [UInt8]) {
    schema = "smcontrol.\(command)/1"
    self.socket = String(decoding: socket, as: UTF8.self)
    self.ok = ok
    lines = ReplyLines(reply).map { String(decoding: $0, as: UTF8.self) }
  }
}
