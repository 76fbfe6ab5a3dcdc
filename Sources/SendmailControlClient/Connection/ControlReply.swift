// SPDX-License-Identifier: GPL-3.0-or-later

/// A whole reply and who it came from.
public struct ControlReply: Sendable, Equatable {
  /// The daemon's bytes.
  public let bytes: [UInt8]
  /// How it ended.
  public let end: ReplyEnd

  /// A reply of `bytes` that ended so.
  public init(bytes: [UInt8], end: ReplyEnd) {
    self.bytes = bytes
    self.end = end
  }
}

/// How a reply ended.
public struct ReplyEnd: Sendable, Equatable {
  /// Whether the daemon reset the connection after its last line, as it does when bytes were left
  /// unread, instead of closing it.
  public let wasReset: Bool
  /// The length of the reply in bytes.
  public let byteCount: Int
  /// Whether its last line has no end, which no whole reply of sendmail's lacks.
  public let isWithinLine: Bool
  /// Who listens, or `nil` when the kernel cannot tell.
  public let peer: PeerCredentials?
}
