// SPDX-License-Identifier: Apache-2.0

/// Text from elsewhere: the daemon, sendmail.cf, or the sender of a message. It is kept byte for
/// byte. To print it is safe: its description has an escape for every byte that a terminal could obey.
public struct ByteText: Sendable, Hashable {
  /// The bytes as they were received.
  public var bytes: [UInt8]

  /// The text of `bytes`.
  public init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// The bytes of `text` in UTF-8.
  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The text as a string, or `nil` when the bytes are not valid UTF-8. Unlike ``description`` it may
  /// hold control characters.
  public var utf8String: String? {
    String(validating: bytes, as: UTF8.self)
  }
}

extension ByteText: CustomStringConvertible {
  /// The text for a terminal: control characters, bidirectional controls and bytes that are not valid
  /// UTF-8 are escapes such as `\x1B`.
  public var description: String { TerminalEscaping.escape(bytes) }
}

extension ByteText: ExpressibleByStringLiteral {
  /// The bytes of a literal in UTF-8.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}

extension ByteText: RandomAccessCollection {
  /// The position of the first byte.
  public var startIndex: Int { 0 }
  /// The position after the last byte.
  public var endIndex: Int { bytes.count }
  /// The byte at `position`.
  public subscript(position: Int) -> UInt8 { bytes[position] }
}

extension ByteText: Encodable {
  /// Encodes the text as a string, in which bytes that are not valid UTF-8 are U+FFFD.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: bytes, as: UTF8.self))
  }
}
