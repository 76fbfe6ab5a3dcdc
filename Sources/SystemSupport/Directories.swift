// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// Directories by their paths.
package enum Directories {
  /// The names in `directory`, without `.` and `..`, in the order in which they come.
  ///
  /// - Throws: the `errno` of `opendir` or `readdir`.
  package static func names(in directory: FilePath) throws(Errno) -> [[UInt8]] {
    var names: [[UInt8]] = []
    unsafe try forEachEntry(in: directory) { unsafe names.append(Array($0.bytes)) }
    return names
  }

  /// Calls `body` for each entry of `directory` but `.` and `..`, in the order in which they come. None of them
  /// is kept.
  ///
  /// - Throws: the `errno` of `opendir` or `readdir`, or what `body` throws.
  package static func forEachEntry(
    in directory: FilePath, _ body: (DirectoryEntry) throws(Errno) -> Void
  ) throws(Errno) {
    let entries = try DirectoryStream(directory)
    while let entry = unsafe try entries.next() { unsafe try body(entry) }
  }
}

/// The entries of a directory but `.` and `..`, one after the other, in the file system's order.
@safe struct DirectoryStream: ~Copyable {
  private let stream: OpaquePointer

  /// `opendir(3)`.
  init(_ path: FilePath) throws(Errno) {
    let opened = unsafe path.withPlatformString { unsafe opendir($0) }
    guard let opened = unsafe opened else { throw Errno(rawValue: errno) }
    unsafe stream = opened
  }

  /// `fdopendir(3)`. The descriptor is closed with the stream, and at once when this fails.
  init(_ descriptor: CInt) throws(Errno) {
    guard let opened = unsafe fdopendir(descriptor) else {
      let error = Errno(rawValue: errno)
      close(descriptor)
      throw error
    }
    unsafe stream = opened
  }

  deinit { unsafe closedir(stream) }

  /// `readdir(3)`: the next entry, or `nil` after the last.
  func next() throws(Errno) -> DirectoryEntry? {
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return nil
      }
      let found = unsafe DirectoryEntry(entry)
      if unsafe !found.isDots { return unsafe found }
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

  /// True if it is `.` or `..`.
  fileprivate var isDots: Bool {
    unsafe (length == 1 && name[0] == 0x2E) || (length == 2 && name[0] == 0x2E && name[1] == 0x2E)
  }

  /// The kind of file by the directory's entry; `nil` when that does not tell.
  package var isRegular: Bool? {
    unsafe type == Int32(DT_UNKNOWN) ? nil : type == Int32(DT_REG)
  }

  /// True if the directory says that it is a directory.
  package var isDirectory: Bool { unsafe type == Int32(DT_DIR) }

  /// False if the directory says that it is neither a directory nor a symbolic link, which may lead to one.
  package var mayBeDirectory: Bool {
    [DT_DIR, DT_LNK, DT_UNKNOWN].contains { unsafe type == Int32($0) }
  }

  /// The bytes of the name, without the NUL.
  package var bytes: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(
      start: UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self), count: length)
  }
}
