// SPDX-License-Identifier: Apache-2.0

/// A reply that was written to a file, which leaves nothing to show but in JSON.
package struct SavedReply: RawReport {
  private let socket: [UInt8]
  private let file: [UInt8]
  private let byteCount: Int

  /// A reply from `socket` of `byteCount` bytes in `file`.
  package init(from socket: [UInt8], to file: [UInt8], byteCount: Int) {
    self.socket = socket
    self.file = file
    self.byteCount = byteCount
  }

  /// Nothing: the reply is in the file.
  package var classic: String { "" }
  /// Nothing: the reply is in the file.
  package var bytes: [UInt8] { [] }

  /// The file and its length.
  package var document: Document {
    Document(
      socket: String(decoding: socket, as: UTF8.self), file: String(decoding: file, as: UTF8.self),
      byteCount: byteCount)
  }

  /// The file in JSON. Members are only ever added.
  package struct Document: Encodable, Sendable {
    /// `smcontrol.memdump-file/1`.
    package var schema = "smcontrol.memdump-file/1"
    /// The socket that was asked.
    package var socket: String
    /// The file that has the reply.
    package var file: String
    /// The length of the reply in bytes.
    package var byteCount: Int
  }
}
