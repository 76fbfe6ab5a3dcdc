// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The locked files of a file system, from the kernel's table. To take a lock instead could stop a
/// delivery.
struct QueueLocks {
  private let device: DeviceNumber
  private let inodes: [UInt64: Set<LockKind>]
  private let ownKind: LockKind?

  /// Reads the locks that are held now on files of a file system (`/proc/locks`); `nil` when they
  /// cannot be seen there.
  ///
  /// - Parameters:
  ///   - device: `st_dev` of its files.
  ///   - ownKind: the daemon's kind of lock; `nil` when it is not known.
  init?(device: UInt64, ownKind: LockKind? = nil) {
    let wanted = DeviceNumber(device)
    self.device = wanted
    var isVisible = false
    let hasMounts = Self.forEachLine(of: "/proc/self/mountinfo") { line in
      if DeviceNumber(mount: line) == wanted { isVisible = true }
    }
    self.ownKind = ownKind
    var inodes: [UInt64: Set<LockKind>] = [:]
    let hasLocks = Self.forEachLine(of: "/proc/locks") { line in
      guard let file = LockedFile(line: line), file.device == wanted,
        let kind = LockKind(line: line)
      else { return }
      inodes[file.inode, default: []].insert(kind)
    }
    guard hasMounts, isVisible, hasLocks else { return nil }
    self.inodes = inodes
  }

  /// The lock on a file, as sendmail sees it.
  enum State {
    case free
    /// Locked by the daemon's kind of lock, or by any where that is not known.
    case locked
    /// Locked by the other kind only.
    case lockedOtherwise
  }

  /// The lock on the file with the number `inode`.
  func state(inode: UInt64, device: UInt64) -> State {
    guard !inodes.isEmpty, let kinds = inodes[inode], DeviceNumber(device) == self.device else {
      return .free
    }
    return ownKind.map { kinds.contains($0) } == false ? .lockedOtherwise : .locked
  }

  /// Calls `body` for each line of the file at `path`, without its end, and returns whether the file
  /// could be read.
  private static func forEachLine(of path: FilePath, _ body: ([UInt8]) -> Void) -> Bool {
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return false
    }
    defer { try? file.close() }
    var line: [UInt8] = []
    while true {
      guard let chunk = try? file.readOnce(atMost: 16 * 1024) else { return false }
      guard !chunk.isEmpty else { return true }
      for byte in chunk {
        if byte != ASCII.lineFeed {
          line.append(byte)
        } else {
          body(line)
          line.removeAll(keepingCapacity: true)
        }
      }
    }
  }
}
