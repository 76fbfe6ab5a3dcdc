// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The locked files of a file system, from the kernel's table. To take a lock instead could stop a
/// delivery.
struct QueueLocks {
  private let device: DeviceNumber
  private let inodes: Set<UInt64>

  /// Reads the locks that are held now on files of a file system (`/proc/locks`); `nil` when they
  /// cannot be seen there.
  ///
  /// - Parameter device: `st_dev` of its files.
  init?(device: UInt64) {
    let wanted = DeviceNumber(device)
    self.device = wanted
    var isVisible = false
    let hasMounts = Self.forEachLine(of: "/proc/self/mountinfo") { line in
      if DeviceNumber(mount: line) == wanted { isVisible = true }
    }
    var inodes: Set<UInt64> = []
    let hasLocks = Self.forEachLine(of: "/proc/locks") { line in
      guard let file = LockedFile(line: line), file.device == wanted else { return }
      inodes.insert(file.inode)
    }
    guard hasMounts, isVisible, hasLocks else { return nil }
    self.inodes = inodes
  }

  /// Returns whether the file with the number `inode` is locked.
  func contains(inode: UInt64, device: UInt64) -> Bool {
    !inodes.isEmpty && inodes.contains(inode) && DeviceNumber(device) == self.device
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
