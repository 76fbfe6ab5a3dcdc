// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// A reader of control files, one after the other in the same memory.
final class ControlFileReader {
  /// The most bytes that are read of a control file. sendmail's are much smaller, even with a hundred
  /// thousand recipients.
  static let longestFile = 64 << 20

  /// True if the last file was not read to its end because of its length.
  private(set) var wasTooLong = false

  private var reader = QueueControlReader()
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  /// Reads the file called `name`, a C string, and passes its lines to `body`.
  ///
  /// The caller knows that the file is regular, because to open a device may have an effect. Its type is
  /// checked again once it is open, and the call does not wait for a file that has become a FIFO.
  ///
  /// `tick` is a function that is called between pieces, and may end the reading by an error.
  ///
  /// - Throws: the `Errno` of `openat`, `fstat` or `read`, `ELOOP` for a file that is not regular, or an
  ///   error of `tick`.
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
    while !reader.isDone {
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
      // Most files are read at once, and end where less is read than was asked for.
      guard count == buffer.count else { break }
      try tick()
    }
    reader.finish(body)
  }
}
