// SPDX-License-Identifier: Apache-2.0

package import Glibc
package import SystemPackage

/// A directory that is open for listing, closed with the last reference to it. Each function throws the
/// `errno` of the C function it names.
package final class OpenDirectory {
  package let descriptor: CInt

  private static let flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC

  /// `open(2)`. A symbolic link to a directory is one, as it is to sendmail.
  package init(_ path: FilePath) throws(Errno) {
    descriptor = unsafe path.withPlatformString { unsafe open($0, Self.flags) }
    if descriptor < 0 { throw Errno(rawValue: errno) }
  }

  /// `openat(2)`: the directory called `name` in `other`.
  package init(_ name: String, in other: OpenDirectory) throws(Errno) {
    descriptor = unsafe openat(other.descriptor, name, Self.flags)
    if descriptor < 0 { throw Errno(rawValue: errno) }
  }

  deinit { close(descriptor) }

  /// `fstat(2)`.
  package func facts() throws(Errno) -> stat {
    var facts = stat()
    if unsafe fstat(descriptor, &facts) != 0 { throw Errno(rawValue: errno) }
    return facts
  }

  /// `fstatat(2)` of the file called `name`, a C string, without following a symbolic link.
  package func facts(of name: UnsafePointer<CChar>) throws(Errno) -> stat {
    var facts = stat()
    if unsafe fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) != 0 {
      throw Errno(rawValue: errno)
    }
    return facts
  }

  /// Returns whether there is a directory, or a symbolic link to one, called `name` (`fstatat(2)`).
  package func hasDirectory(_ name: String) -> Bool {
    var facts = stat()
    return unsafe fstatat(descriptor, name, &facts, 0) == 0 && facts.isDirectory
  }

  /// Calls `body` for each entry but `.` and `..`, in the file system's order.
  ///
  /// - Throws: the `errno` of `openat` or `readdir`, or what `body` throws.
  package func forEachEntry(_ body: (DirectoryEntry) throws -> Void) throws {
    // A descriptor of its own, so that each walk begins at the beginning.
    let listing = unsafe openat(descriptor, ".", Self.flags)
    guard listing >= 0 else { throw Errno(rawValue: errno) }
    let entries = try DirectoryStream(listing)
    while let entry = unsafe try entries.next() { try unsafe body(entry) }
  }
}

extension stat {
  package var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  package var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
}
