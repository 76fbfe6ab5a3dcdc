// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
package import SystemPackage
package import SystemSupport

/// The file that keeps the history from one shell to the next, and between shells that run at once:
/// a line each, the newest last, no line twice.
///
/// It is made with mode 0600 and never opened through a symbolic or hard link. Each line is added under a
/// lock as soon as it is typed.
package struct HistoryFile: Sendable {
  /// The maximum number of lines.
  package static let lineLimit = 1000
  /// The number of bytes at the end of the file that are read: lines of 4 KiB each.
  private static let byteLimit = 4 << 20

  /// The path of the file.
  package let path: FilePath
  /// The time that a line may be delayed by a lock. Other shells hold it for as long as it takes to write one file.
  private let lockTimeout: Duration

  /// The file at `path`.
  package init(path: FilePath, lockTimeout: Duration = .milliseconds(100)) {
    self.path = path
    self.lockTimeout = lockTimeout
  }

  /// The lines, the newest last; none when there is no file.
  ///
  /// - Throws: ``FileError``.
  package func read() throws(FileError) -> [String] {
    do {
      let descriptor = try FileDescriptor.open(
        path, .readOnly, options: [.noFollow, .closeOnExec, .nonBlocking])
      defer { try? descriptor.close() }
      try check(descriptor)
      return try lines(in: descriptor)
    } catch let error as FileError {
      throw error
    } catch Errno.noSuchFileOrDirectory {
      return []
    } catch {
      throw FileError("open", error, path: path)
    }
  }

  /// Adds `line`, in the place of the same one before; makes the file and its directories when they
  /// are not there.
  ///
  /// - Throws: ``FileError``.
  package func append(_ line: String) throws(FileError) {
    do {
      try makeDirectories()
      let descriptor = try openLocked()
      defer { try? descriptor.close() }
      var lines = try lines(in: descriptor)
      let size = try Stat(descriptor).size
      if lines.count < Self.lineLimit, !lines.contains(line), size <= Self.byteLimit {
        return try append(line, to: descriptor, after: size)
      }
      lines.removeAll { $0 == line }
      lines.append(line)
      try replace(with: lines.suffix(Self.lineLimit))
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError("open", error, path: path)
    }
  }

  /// Appends `line` to a file of `size` bytes, whose last line may have no end. Nothing is left of a line that
  /// could not be written as a whole.
  private func append(_ line: String, to descriptor: FileDescriptor, after size: Int64) throws {
    var text = Array((line + "\n").utf8)
    if size > 0 {
      try descriptor.seek(offset: size - 1, from: .start)
      if try descriptor.readOnce(atMost: 1) != [ASCII.lineFeed] {
        text.insert(ASCII.lineFeed, at: 0)
      }
    }
    do {
      try descriptor.writeAll(text)
    } catch {
      _ = ftruncate(descriptor.rawValue, off_t(size))
      throw FileError("write", error, path: path)
    }
  }

  /// Opens the file for appending and locks it, however often another shell puts a new one in its place
  /// meanwhile.
  private func openLocked() throws -> FileDescriptor {
    while true {
      let descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.append, .create, .noFollow, .closeOnExec, .nonBlocking],
        permissions: .ownerReadWrite)
      do {
        try check(descriptor)
        try lock(descriptor)
        if try isStillInPlace(descriptor) { return descriptor }
        try descriptor.close()
      } catch {
        try? descriptor.close()
        throw error
      }
    }
  }

  private func lock(_ descriptor: FileDescriptor) throws {
    let deadline = Deadline(after: lockTimeout)
    while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) < 0 {
      let error = Errno(rawValue: errno)
      guard error == .wouldBlock || error == .interrupted else {
        throw FileError("flock", error, path: path)
      }
      let pause = try Readiness.pause(.milliseconds(5), until: deadline, interruption: nil)
      guard case .ready = pause else {
        throw FileError(path: path, reason: "is locked by another process")
      }
    }
  }

  private func isStillInPlace(_ descriptor: FileDescriptor) throws -> Bool {
    guard let named = try? Stat(path, followTargetSymlink: false) else { return false }
    let opened = try Stat(descriptor)
    return named.deviceID == opened.deviceID && named.inode == opened.inode
  }

  /// Ensures that this is a file of our own that no one else can read.
  private func check(_ descriptor: FileDescriptor) throws {
    let facts = try Stat(descriptor)
    guard facts.type == .regular else {
      throw FileError(path: path, reason: "is not a regular file")
    }
    guard facts.userID.rawValue == geteuid() else {
      throw FileError(path: path, reason: "belongs to another user")
    }
    // None: another shell has put a new file in its place.
    guard facts.linkCount <= 1 else {
      throw FileError(
        path: path, reason: "has several names (hard links), and links are not followed")
    }
    if facts.permissions.rawValue & 0o077 != 0 {
      guard fchmod(descriptor.rawValue, 0o600) == 0 else {
        throw FileError("fchmod", Errno(rawValue: errno), path: path)
      }
    }
  }

  private func lines(in descriptor: FileDescriptor) throws(FileError) -> [String] {
    do {
      let start = max(0, try Stat(descriptor).size - Int64(Self.byteLimit))
      try descriptor.seek(offset: start, from: .start)
      var bytes = try descriptor.contents()[...]
      // Of a file that is too long to be read whole, the rest of a line is no line.
      if start > 0 { bytes = bytes.drop { $0 != ASCII.lineFeed } }
      return bytes.split(separator: ASCII.lineFeed)
        .map { String(decoding: $0, as: UTF8.self) }.suffix(Self.lineLimit)
    } catch {
      throw FileError("read", error, path: path)
    }
  }

  /// Puts a new file in the place of the one there, so that a crash leaves either.
  private func replace(with lines: ArraySlice<String>) throws(FileError) {
    let file = try AtomicFile(at: path)
    try file.write(Array(lines.map { $0 + "\n" }.joined().utf8)[...])
    try file.commit(syncs: false)
  }

  private func makeDirectories() throws {
    var directory = path.root.map { FilePath(root: $0) } ?? FilePath()
    for component in path.removingLastComponent().components {
      directory.append(component)
      let result = unsafe directory.withPlatformString { unsafe mkdir($0, 0o700) }
      guard result == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else {
        throw FileError("mkdir", Errno(rawValue: errno), path: directory)
      }
    }
  }
}
