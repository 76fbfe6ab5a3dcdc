// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// Reads control files, one after the other, in the same memory.
final class ControlFileReading {
  /// The most that is read of a control file, in bytes. sendmail's own are smaller by far, even with
  /// a hundred thousand recipients.
  static let longestFile = 64 << 20

  /// Whether the last file was longer than what was read of it.
  private(set) var wasTooLong = false

  private var reader = QueueControlReader()
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  /// Reads the file called `name`, a C string, and hands its lines to `body`.
  ///
  /// The file must be known to be a regular one, since opening a device does something to it; it is
  /// looked at again once it is open, and what became a FIFO is not waited for.
  ///
  /// - Parameter tick: is called between chunks, and may end it all.
  /// - Throws: `Errno` of `openat`, `fstat` or `read`, `ELOOP` for what is no regular file, and what
  ///   `tick` throws.
  func read(
    _ name: UnsafePointer<CChar>, in directory: OpenDirectory,
    tick: () throws -> Void, _ body: (QueueControlLine) -> Void
  ) throws {
    let descriptor = unsafe openat(
      directory.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { throw Errno(rawValue: errno) }
    guard facts.isRegular else { throw Errno.tooManySymbolicLinkLevels }
    reader.reset()
    wasTooLong = false
    var total = 0
    while !reader.isEnded {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count < 0, errno == EINTR {
        try tick()
        continue
      }
      guard count >= 0 else { throw Errno(rawValue: errno) }
      guard count > 0 else { break }
      reader.take(buffer.span.extracting(..<count), body)
      total += count
      guard total < Self.longestFile else {
        wasTooLong = true
        break
      }
      // Most files are read at once.
      if count == buffer.count { try tick() }
    }
    reader.finish(body)
  }
}
