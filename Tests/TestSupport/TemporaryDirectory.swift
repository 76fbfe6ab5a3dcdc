// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc
internal import Synchronization
public import SystemPackage

/// A directory of a test's own, mode 0700, that goes away with everything in it.
///
/// It lies directly below `/tmp`, because a socket address holds 107 bytes and no more.
public final class TemporaryDirectory: Sendable {
  /// The directory.
  public let path: FilePath
  private let isRemoved = Mutex(false)

  /// Makes a new, empty directory.
  ///
  /// - Parameter parent: where, instead of `/tmp`.
  /// - Throws: ``HarnessError`` when the system refuses it.
  public init(below parent: FilePath = "/tmp") throws {
    var template = Array("\(parent)/smc.XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> FilePath? in
      guard let start = buffer.baseAddress, let name = unsafe mkdtemp(start) else { return nil }
      return unsafe FilePath(platformString: name)
    }
    guard let made else { throw HarnessError("mkdtemp", parent, .current) }
    path = made
  }

  deinit {
    remove()
  }

  /// The file or directory `name` in the directory.
  public subscript(_ name: String) -> FilePath { path.appending(name) }

  /// Writes `contents` to the file `name`, whose directories must exist, and returns its path.
  ///
  /// - Throws: ``HarnessError`` when the file cannot be written.
  @discardableResult
  public func write(
    _ contents: some Collection<UInt8>, to name: String,
    permissions: FilePermissions = [
      .ownerReadWrite, .groupRead, .otherRead,
    ]
  ) throws -> FilePath {
    let file = self[name]
    do {
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: permissions)
      try descriptor.closeAfter { _ = try descriptor.writeAll(contents) }
    } catch let error as Errno {
      throw HarnessError("write", file, error)
    }
    return file
  }

  /// Makes the symbolic link `name` to `target`, and returns its path.
  ///
  /// - Throws: whatever Foundation's `FileManager` throws.
  @discardableResult
  public func makeLink(_ name: String, to target: FilePath) throws -> FilePath {
    let link = self[name]
    try FileManager.default.createSymbolicLink(
      atPath: link.string, withDestinationPath: target.string)
    return link
  }

  /// Writes `contents` as UTF-8 to the file `name`, and returns its path.
  ///
  /// - Throws: ``HarnessError`` when the file cannot be written.
  @discardableResult
  public func write(_ contents: String, to name: String) throws -> FilePath {
    try write(Array(contents.utf8), to: name)
  }

  /// Makes the directory `name`, mode 0755 or less by the umask, with those above it.
  ///
  /// - Throws: whatever Foundation's `FileManager` throws.
  @discardableResult
  public func makeDirectory(_ name: String) throws -> FilePath {
    let directory = self[name]
    try FileManager.default.createDirectory(
      atPath: directory.string, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755])
    return directory
  }

  /// Makes a symbolic link called `name` to `target`, which need not exist.
  ///
  /// - Throws: whatever Foundation's `FileManager` throws.
  public func link(_ name: String, to target: FilePath) throws {
    try FileManager.default.createSymbolicLink(
      atPath: self[name].string, withDestinationPath: target.string)
  }

  /// Makes the file `name` so many bytes long, without filling the disk.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public func enlarge(_ name: String, to size: Int) throws {
    let result = unsafe self[name].withPlatformString { unsafe truncate($0, size) }
    guard result == 0 else { throw HarnessError("truncate", self[name], .current) }
  }

  /// Removes the file `name`, if it is there.
  public func unlink(_ name: String) {
    _ = unsafe self[name].withPlatformString { unsafe Glibc.unlink($0) }
  }

  /// Removes the directory with everything in it; a second call does nothing.
  public func remove() {
    let first = isRemoved.withLock { isRemoved in
      defer { isRemoved = true }
      return !isRemoved
    }
    guard first else { return }
    // A directory that stays in /tmp affects no test, so this is not reported.
    try? FileManager.default.removeItem(atPath: path.string)
  }
}

/// Runs `body` with a directory of its own that is removed when it returns or throws.
///
/// `parent` is the directory in which it is made.
///
/// - Throws: ``HarnessError`` when no directory can be made, and what `body` throws.
public func withTemporaryDirectory<Result>(
  below parent: FilePath = "/tmp", _ body: (TemporaryDirectory) async throws -> Result
) async throws -> Result {
  let directory = try TemporaryDirectory(below: parent)
  defer { directory.remove() }
  return try await body(directory)
}
