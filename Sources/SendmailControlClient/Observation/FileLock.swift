// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
package import SystemPackage
internal import SystemSupport

/// Locks on files, as the kernel lists them (`/proc/locks`). It says nothing of files on layered file systems.
package enum FileLock {
  /// The process that holds a lock for writing on the file at `path`; `nil` when none does that runs, or
  /// nothing tells. No lock is taken.
  package static func holder(at path: FilePath) -> Int32? {
    guard
      let file = try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    else { return nil }
    defer { try? file.close() }
    return holder(of: file)
  }

  /// The same of an open file.
  static func holder(of descriptor: FileDescriptor) -> Int32? { lock(on: descriptor)?.processID }

  /// The kind of the lock for writing on the file at `path`; `nil` as ``holder(at:)``.
  package static func kind(at path: FilePath) -> LockKind? {
    guard
      let file = try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    else { return nil }
    defer { try? file.close() }
    return lock(on: file)?.kind
  }

  private static func lock(on descriptor: FileDescriptor) -> LockHolder? {
    guard let status = try? descriptor.stat(), let table = try? Files.contents(of: "/proc/locks")
    else { return nil }
    let file = LockedFile(
      device: DeviceNumber(UInt64(status.deviceID.rawValue)), inode: UInt64(status.inode.rawValue))
    return table.split(separator: ASCII.lineFeed).lazy.compactMap { LockHolder(line: $0) }
      .first { $0.file == file && ProcessTable.isRunning($0.processID) }
  }
}
