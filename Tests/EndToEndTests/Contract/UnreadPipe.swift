// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SystemPackage
import TestSupport

/// A pipe that no one reads.
struct UnreadPipe: Sendable {
  let readingEnd: FileDescriptor
  let writingEnd: FileDescriptor

  /// Makes one.
  ///
  /// `isFull` is true if it is full from the start. A write to it waits for room if `blocks` is
  /// true, and fails with `EAGAIN` otherwise.
  init(isFull: Bool, blocks: Bool = true) throws {
    (readingEnd, writingEnd) = try FileDescriptor.pipe()
    for end in [readingEnd, writingEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(writingEnd.rawValue, F_SETFL, O_NONBLOCK)
    let filler = [UInt8](repeating: UInt8(ascii: "-"), count: 4096)
    while isFull, Self.hasRoom(writingEnd) { _ = try? writingEnd.writeAll(filler) }
    if blocks { _ = fcntl(writingEnd.rawValue, F_SETFL, 0) }
  }

  /// True if nothing more can be written.
  var isFull: Bool { !Self.hasRoom(writingEnd) }

  func close() {
    try? readingEnd.close()
    try? writingEnd.close()
  }

  /// Returns whether the pipe or FIFO at `path` takes nothing more: a path below `/proc/PID/fd` as well.
  static func isFull(_ path: FilePath) -> Bool {
    // The mode of opening is free for pipes, whichever end it is.
    guard
      let end = try? FileDescriptor.open(path, .writeOnly, options: [.nonBlocking, .closeOnExec])
    else { return false }
    defer { try? end.close() }
    return !hasRoom(end)
  }

  /// Returns whether no one can write to the pipe at `path` any more.
  static func hasEnded(_ path: FilePath) -> Bool {
    guard
      let end = try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    else { return false }
    defer { try? end.close() }
    var request = pollfd(fd: end.rawValue, events: 0, revents: 0)
    return unsafe poll(&request, 1, 0) > 0 && request.revents & Int16(POLLHUP) != 0
  }

  private static func hasRoom(_ end: FileDescriptor) -> Bool {
    var request = pollfd(fd: end.rawValue, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }
}
