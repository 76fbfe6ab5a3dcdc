// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import SendmailControl

/// Reads a request to its last byte and not one further, as sendmail's unbuffered control child does.
///
/// It matters because what is left unread turns the end of a Unix-domain connection into a reset.
/// SwiftNIO reads one byte, which says that there is more; the rest is examined (`MSG_PEEK`) and then
/// taken from the socket by exactly the right number.
struct RequestReader {
  /// The bytes that were read.
  private(set) var bytes: [UInt8] = []
  /// True if the line feed is left in the socket.
  private let leavesInputUnread: Bool

  init(leavesInputUnread: Bool) {
    self.leavesInputUnread = leavesInputUnread
  }

  /// Takes the bytes that SwiftNIO has read and what can be had besides, and returns whether the
  /// request is complete.
  mutating func take(_ first: ByteBuffer, of context: ChannelHandlerContext) -> Bool {
    bytes += first.readableBytesView
    if bytes.last == ASCII.lineFeed { return true }
    let transport = context.pipeline.syncOperations
    // Without a descriptor nothing is taken here, and the bytes come one by one.
    let isComplete = try? transport.withUnsafeTransportIfAvailable {
      (descriptor: NIOBSDSocket.Handle) in takeRest(of: descriptor)
    }
    return isComplete ?? (bytes.count >= ControlLimits.longestRequest)
  }

  private mutating func takeRest(of descriptor: Int32) -> Bool {
    while bytes.count < ControlLimits.longestRequest {
      let room = ControlLimits.longestRequest - bytes.count
      guard let seen = SystemCalls.receive(descriptor, most: room, peeking: true) else {
        return false
      }
      let end = seen.firstIndex(of: ASCII.lineFeed)
      let wanted = end.map { leavesInputUnread ? $0 : $0 + 1 } ?? seen.count
      bytes += SystemCalls.receive(descriptor, most: wanted, peeking: false) ?? []
      if end != nil { return true }
    }
    return true
  }
}
