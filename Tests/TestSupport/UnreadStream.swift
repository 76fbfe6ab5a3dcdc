// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemPackage

/// A stream that a program may write to, which has no reader unless the test reads.
public final class UnreadStream: Sendable {
  /// The kind of stream.
  public enum Kind: Sendable, CaseIterable {
    /// A pipe.
    case pipe
    /// A pipe whose writing end does not block.
    case nonBlockingPipe
    /// A FIFO in a directory.
    case fifo
    /// A pair of sockets.
    case socket
  }

  /// The end to write to.
  let writingEnd: FileDescriptor
  private let readingEnd: FileDescriptor

  /// A stream with nothing in it; both ends are closed when the value goes away.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public init(_ kind: Kind) throws {
    var ends: [CInt] = [-1, -1]
    switch kind {
    case .pipe, .nonBlockingPipe:
      guard unsafe pipe(&ends) == 0 else { throw HarnessError("pipe", "(no path)", .current) }
    case .fifo:
      let directory = try TemporaryDirectory()
      let path = directory["fifo"].string
      guard unsafe mkfifo(path, 0o600) == 0 else { throw HarnessError("mkfifo", "fifo", .current) }
      // The reader first: a writer waits for one.
      ends[0] = unsafe open(path, O_RDONLY | O_NONBLOCK)
      ends[1] = unsafe open(path, O_WRONLY)
    case .socket:
      guard unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
        throw HarnessError("socketpair", "(no path)", .current)
      }
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK)
    if kind == .nonBlockingPipe { _ = fcntl(ends[1], F_SETFL, O_WRONLY | O_NONBLOCK) }
    readingEnd = FileDescriptor(rawValue: ends[0])
    writingEnd = FileDescriptor(rawValue: ends[1])
  }

  deinit {
    try? readingEnd.close()
    try? writingEnd.close()
  }

  /// True if it takes no more.
  public var isFull: Bool {
    var descriptor = pollfd(fd: writingEnd.rawValue, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&descriptor, 1, 0) == 0
  }

  /// True if the writing end blocks, as it did when it was made.
  public var isBlocking: Bool { fcntl(writingEnd.rawValue, F_GETFL) & O_NONBLOCK == 0 }

  /// Returns the bytes that can be read of it now, so many at most.
  public func read(upTo count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, unsafe Glibc.read(readingEnd.rawValue, buffer.baseAddress, count))
    }
  }

  /// Writes until it takes no more.
  public func fill() {
    let bytes = [UInt8](repeating: 0x20, count: 512)
    while !isFull {
      _ = unsafe bytes.withUnsafeBytes {
        unsafe write(writingEnd.rawValue, $0.baseAddress, $0.count)
      }
    }
  }
}
