// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// A file that appears complete or not at all, readable by its owner only unless it is to be for others, too.
///
/// It is written without a name where the file system can do that (`O_TMPFILE`), so that nothing is left
/// however the program ends, and else under another name in the same directory. When it is whole it is
/// renamed, so that neither a link at its name is followed nor a half-written file is left.
package struct AtomicFile: ~Copyable {
  private let path: FilePath
  private let draft: FilePath
  /// The mode that it has when it appears.
  private let permissions: FilePermissions
  /// True if the draft has a name from the beginning.
  private let isNamed: Bool
  /// The descriptor that the file is written to, which is closed with it.
  package let descriptor: FileDescriptor
  private var isCommitted = false

  /// Begins the file that is to appear at `path`.
  ///
  /// `permissions` is its mode, whatever the umask.
  ///
  /// - Throws: ``FileError``: when something other than a regular file is at `path`, or when no file
  ///   can be made in its directory.
  package init(
    at path: FilePath, permissions: FilePermissions = .ownerReadWrite
  ) throws(FileError) {
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
    let directory = path.removingLastComponent()
    // Not made of the file's own name, which may be as long as a name can be.
    let draft = directory.appending(".smcontrol.\(getpid()).\(UInt32.random(in: 0 ... .max))")
    if let unnamed = Self.openUnnamed(in: directory) {
      (descriptor, isNamed) = (unnamed, false)
    } else {
      do {
        descriptor = try FileDescriptor.open(
          draft, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
          permissions: .ownerReadWrite)
      } catch {
        throw FileError("open", error, path: path)
      }
      isNamed = true
    }
    self.path = path
    self.draft = draft
    self.permissions = permissions
    LastResort.hold()
  }

  /// Opens a file without a name; `nil` where that is not possible, or it could not get a name later.
  private static func openUnnamed(in directory: FilePath) -> FileDescriptor? {
    guard unsafe access("/proc/self/fd", X_OK) == 0 else { return nil }
    let directory = directory.isEmpty ? FilePath(".") : directory
    // O_TMPFILE, which is a macro of two parts.
    let flags = 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC
    let opened = unsafe directory.withPlatformString { unsafe open($0, flags, 0o600) }
    return opened < 0 ? nil : FileDescriptor(rawValue: opened)
  }

  deinit {
    try? descriptor.close()
    if isNamed, !isCommitted { try? Files.remove(draft.bytes) }
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
    if permissions != .ownerReadWrite,
      fchmod(descriptor.rawValue, permissions.rawValue) < 0
    {
      throw FileError("fchmod", Errno(rawValue: errno), path: path)
    }
    if syncs, fsync(descriptor.rawValue) < 0 {
      throw FileError("fsync", Errno(rawValue: errno), path: path)
    }
    if !isNamed {
      let source = "/proc/self/fd/\(descriptor.rawValue)"
      let result = unsafe draft.withPlatformString {
        unsafe linkat(AT_FDCWD, source, AT_FDCWD, $0, AT_SYMLINK_FOLLOW)
      }
      if result < 0 { throw FileError("linkat", Errno(rawValue: errno), path: path) }
    }
    let result = unsafe draft.withPlatformString { draft in
      unsafe path.withPlatformString { unsafe rename(draft, $0) }
    }
    if result < 0 {
      let error = Errno(rawValue: errno)
      try? Files.remove(draft.bytes)
      throw FileError("rename", error, path: path)
    }
    isCommitted = true
  }
}
