// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// A file that appears complete or not at all, readable by its owner only.
///
/// It is written under another name in the same directory and renamed when it is whole, so that
/// neither a link at its name is followed nor a half-written file is left.
package struct AtomicFile: ~Copyable {
  private let path: FilePath
  private let draft: FilePath
  private let descriptor: FileDescriptor
  private var isCommitted = false

  /// Begins the file that is to appear at `path`.
  ///
  /// - Throws: ``FileError``: when something other than a regular file is at `path`, or when no file
  ///   can be made in its directory.
  package init(at path: FilePath) throws(FileError) {
    if let facts = try? Stat(path, followTargetSymlink: false), facts.type != .regular {
      throw FileError(
        path: path,
        reason: facts.type == .symbolicLink
          ? "is a symbolic link, and links are not followed: name the file itself"
          : "exists and is not a regular file")
    }
    guard path.lastComponent != nil else {
      throw FileError(path: path, reason: "is not the name of a file")
    }
    let draft = path.removingLastComponent()
      .appending(".smcontrol.\(getpid()).\(UInt32.random(in: 0 ... .max))")
    let opened: FileDescriptor
    do {
      opened = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw FileError("open", error, path: path)
    }
    self.path = path
    self.draft = draft
    descriptor = opened
    LastResort.hold()
  }

  deinit {
    try? descriptor.close()
    if !isCommitted { try? Files.remove(draft.bytes) }
    LastResort.release()
  }

  /// Appends `bytes`.
  ///
  /// - Throws: ``FileError``.
  package func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
    do {
      try descriptor.writeAll(bytes)
    } catch {
      throw FileError("write", error, path: path)
    }
  }

  /// Makes the file appear under its name, in place of one that was there.
  ///
  /// - Parameter syncs: whether its contents are on the disk by then (`fsync(2)`), and survive a crash of
  ///   the machine.
  /// - Throws: ``FileError``; the file does not appear then.
  package consuming func commit(syncs: Bool = true) throws(FileError) {
    if syncs, fsync(descriptor.rawValue) < 0 {
      throw FileError("fsync", Errno(rawValue: errno), path: path)
    }
    let result = unsafe draft.withPlatformString { draft in
      unsafe path.withPlatformString { unsafe rename(draft, $0) }
    }
    if result < 0 {
      throw FileError("rename", Errno(rawValue: errno), path: path)
    }
    isCommitted = true
  }
}
