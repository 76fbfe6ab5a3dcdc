// SPDX-License-Identifier: Apache-2.0

/// A whole reply and who it came from.
public struct ControlReply: Sendable, Hashable {
  /// The daemon's bytes.
  public let bytes: [UInt8]
  /// The end of the reply.
  package let end: ReplyEnd

  /// The process that listens, or `nil` when the kernel cannot tell.
  public var listener: PeerCredentials? { end.peer }
  /// True if the daemon reset the connection after its last line, as it does when bytes were left
  /// unread, instead of closing it.
  public var wasReset: Bool { end.wasReset }

  /// A reply of `bytes`, for tests of code that receives one.
  public init(bytes: [UInt8], listener: PeerCredentials? = nil, wasReset: Bool = false) {
    self.init(
      bytes: bytes,
      end: ReplyEnd(
        wasReset: wasReset, byteCount: bytes.count,
        isWithinLine: !bytes.isEmpty && bytes.last != 0x0A, peer: listener))
  }

  /// A reply of `bytes` that ended so.
  package init(bytes: [UInt8], end: ReplyEnd) {
    self.bytes = bytes
    self.end = end
  }
}

/// The end of a reply.
package struct ReplyEnd: Sendable, Hashable {
  /// True if the daemon reset the connection after its last line, as it does when bytes were left
  /// unread, instead of closing it.
  package let wasReset: Bool
  /// The length of the reply in bytes.
  package let byteCount: Int
  /// True if its last line has no end, which no whole reply of sendmail's lacks.
  package let isWithinLine: Bool
  /// The process that listens, or `nil` when the kernel cannot tell.
  package let peer: PeerCredentials?
}
