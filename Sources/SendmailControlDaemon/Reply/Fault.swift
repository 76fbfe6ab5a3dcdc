// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// A fault that is injected into a daemon. It is applied to the connections that are accepted after it was
/// set, and to the restarts that they ask for. More faults may come in later versions.
///
/// The errors of `SendmailControlClient` for a `status`:
///
/// | fault | error |
/// |---|---|
/// | ``silence`` | `deadlinePassed` |
/// | ``oneByteAtATime(pause:)`` | `deadlinePassed`, if all the pauses together take longer than the timeout |
/// | ``stop(afterBytes:)`` | `deadlinePassed`, with so many bytes received |
/// | ``cut(afterBytes:)`` | `cutShort`, or `empty` after 0 bytes: the reply is at fault, not the exchange |
/// | ``reset(afterBytes:)`` | `connectionBroken`, with so many bytes received |
/// | ``garbage(byteCount:seed:)`` | `cutShort`, or `malformed` if there is a line feed among the bytes |
/// | ``endless`` | `replyTooLong`, after 64 MiB, or `deadlinePassed` before |
/// | ``fullListenQueue`` | `listenQueueFull` |
/// | ``closeAtOnce`` | `connectionBroken`, with no byte received |
/// | ``slowRestart(_:)`` | `noSuchSocket` while the daemon restarts, otherwise none |
/// | ``restartWithoutReturn`` | `noSuchSocket` after a restart, otherwise none |
/// | ``restartByRelativePath`` | `noListener` after a restart, otherwise none |
@nonexhaustive public enum Fault: Sendable, Hashable {
  /// Connections are accepted, nothing is read, and nothing is ever written; `Timeout.control` does
  /// not end them either.
  case silence
  /// The reply comes a byte at a time, with this pause after each.
  case oneByteAtATime(pause: Duration)
  /// The reply stops after so many bytes, and the connection stays open.
  case stop(afterBytes: Int)
  /// The connection is closed in good order after so many bytes of the reply.
  case cut(afterBytes: Int)
  /// The connection is reset after so many bytes of the reply.
  case reset(afterBytes: Int)
  /// The reply is so many bytes without meaning, always the same for the same seed.
  case garbage(byteCount: Int, seed: UInt64)
  /// The reply begins as it should and never ends.
  case endless
  /// Nothing is accepted, and the listen queue is full: a non-blocking `connect` fails with
  /// `EAGAIN`, a blocking one waits.
  case fullListenQueue
  /// The connection is closed as soon as a request begins to arrive, and the rest of the request is
  /// not read: the client's `read` fails with `ECONNRESET`.
  case closeAtOnce
  /// `restart` takes this long between the removal of the socket and the new one.
  case slowRestart(Duration)
  /// `restart` says `OK`, the socket goes away, and no new one comes.
  case restartWithoutReturn
  /// `restart` says `OK`, the daemon ends and its socket file stays: what sendmail does when it was
  /// not started by its full path.
  case restartByRelativePath
}

/// The plan for a connection: the bytes to send, their pace, and the end.
struct ReplyPlan: Sendable {
  /// The action after the last byte.
  enum End: Sendable {
    case close
    case hold
  }

  var source: ReplySource
  /// The number of bytes after which the reply stops, even if there were more.
  var limit: Int?
  var end = End.close
  /// The pause after each byte; `nil` means to send as much as the peer takes.
  var pause: Duration?

  /// The plan for a reply under `fault`.
  init(_ source: ReplySource, fault: Fault?) {
    self.source = source
    switch fault {
    case .oneByteAtATime(let pause):
      self.pause = pause
    case .stop(let count):
      limit = count
      end = .hold
    case .cut(let count), .reset(let count):
      limit = count
    case .garbage(let byteCount, let seed):
      self.source = .noise(SplitMix64(seed: seed))
      limit = byteCount
    case .endless:
      let line =
        ProcessEntry(
          pid: 4711, text: ByteText(SendmailWords.smtpServer + "192.0.2.1".utf8)
        ).bytes + [ASCII.carriageReturn, ASCII.lineFeed]
      self.source = .endless(
        head: source.heldBytes ?? [], block: Array(repeatElement(line, count: 1000).joined()))
    case nil, .silence, .fullListenQueue, .closeAtOnce, .slowRestart, .restartWithoutReturn,
      .restartByRelativePath:
      break
    }
  }
}

extension Fault {
  /// True if a byte of the request must stay unread, which is what makes a Unix-domain connection
  /// end in a reset: `SO_LINGER` has no effect there.
  var leavesInputUnread: Bool {
    if case .reset = self { true } else { false }
  }
}
