// SPDX-License-Identifier: GPL-3.0-or-later

package import Glibc
internal import SendmailControl
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

  /// Whether there is a directory, or a symbolic link to one, called `name` (`fstatat(2)`).
  package func hasDirectory(_ name: String) -> Bool {
    var facts = stat()
    return unsafe fstatat(descriptor, name, &facts, 0) == 0 && facts.isDirectory
  }

  /// Calls `body` for each entry but `.` and `..`, in the file system's order (`readdir(3)`).
  ///
  /// - Throws: the `errno` of `openat` or `readdir`, or what `body` throws.
  package func forEachEntry(_ body: (DirectoryEntry) throws -> Void) throws {
    // A descriptor of its own, so that each walk begins at the beginning.
    let listing = unsafe openat(descriptor, ".", Self.flags)
    guard listing >= 0 else { throw Errno(rawValue: errno) }
    guard let stream = unsafe fdopendir(listing) else {
      let error = Errno(rawValue: errno)
      close(listing)
      throw error
    }
    defer { unsafe closedir(stream) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return
      }
      let found = unsafe DirectoryEntry(entry)
      if unsafe !found.isDots { try unsafe body(found) }
    }
  }
}

/// An entry of a directory, for as long as `readdir(3)` keeps it: until the next one is read.
@unsafe package struct DirectoryEntry {
  /// The name, which ends with a NUL.
  package let name: UnsafePointer<CChar>
  /// Its length in bytes.
  package let length: Int
  /// The number of the file.
  package let inode: UInt64
  private let type: Int32

  fileprivate init(_ entry: UnsafeMutablePointer<dirent>) {
    let start = unsafe UnsafeRawPointer(entry) + Self.nameOffset
    unsafe name = unsafe start.assumingMemoryBound(to: CChar.self)
    unsafe length = unsafe strlen(name)
    unsafe inode = UInt64(entry.pointee.d_ino)
    unsafe type = Int32(entry.pointee.d_type)
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0

  /// Whether it is `.` or `..`.
  fileprivate var isDots: Bool {
    unsafe (length == 1 && name[0] == 0x2E) || (length == 2 && name[0] == 0x2E && name[1] == 0x2E)
  }

  /// What the directory says the file is; `nil` when it does not say.
  package var isRegular: Bool? {
    unsafe type == Int32(DT_UNKNOWN) ? nil : type == Int32(DT_REG)
  }

  /// Whether the directory says that it is a directory.
  package var isDirectory: Bool { unsafe type == Int32(DT_DIR) }

  /// The bytes of the name, without the NUL.
  package var bytes: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(
      start: UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self), count: length)
  }
}

extension stat {
  package var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  package var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
}
