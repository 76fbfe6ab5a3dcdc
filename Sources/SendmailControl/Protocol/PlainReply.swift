// SPDX-License-Identifier: Apache-2.0

/// A reply that is shown as it is: to `help`, to `memdump`, or to a command that smcontrol does not know.
package struct PlainReply: RawReport {
  /// The name of the command, for `schema`.
  package var command: String
  /// The path of the socket that the reply came from.
  package var socket: [UInt8]
  /// The bytes of the reply.
  package var bytes: [UInt8]

  /// The reply to `command`.
  package init(to command: String, from socket: [UInt8], bytes: [UInt8]) {
    self.command = command
    self.socket = socket
    self.bytes = bytes
  }

  /// The lines of the reply, and the empty line that smcontrol.pl adds.
  package var classic: String { ClassicText.lines(bytes) }

  /// Returns the lines of the reply.
  package func terminal(_ style: TerminalStyle) -> String {
    ClassicText.lines(bytes, endsWithEmptyLine: false)
  }

  /// The lines of the reply.
  package var document: Document {
    Document(
      schema: "smcontrol.\(command)/1", socket: String(decoding: socket, as: UTF8.self),
      ok: Refusal(bytes) == nil,
      lines: ReplyLines(bytes).map { String(decoding: $0, as: UTF8.self) })
  }

  /// A reply in JSON. Members are only ever added.
  package struct Document: Encodable, Sendable {
    /// Such as `smcontrol.help/1`.
    package var schema: String
    /// The socket that was asked.
    package var socket: String
    /// True if the daemon carried the command out; `false` when it refused.
    package var ok: Bool
    /// The lines of the reply, without their ends.
    package var lines: [String]
  }
}
