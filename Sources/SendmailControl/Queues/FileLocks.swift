// SPDX-License-Identifier: Apache-2.0

/// A device, as the kernel's tables name it.
package struct DeviceNumber: Sendable, Hashable {
  /// The major number.
  package var major: UInt32
  /// The minor number.
  package var minor: UInt32

  /// The device with these numbers.
  package init(major: UInt32, minor: UInt32) {
    self.major = major
    self.minor = minor
  }

  /// The device of `st_dev`, which Linux composes of the two numbers.
  package init(_ device: UInt64) {
    self.init(
      major: UInt32((device >> 8) & 0xFFF) | UInt32(truncatingIfNeeded: (device >> 32) & ~0xFFF),
      minor: UInt32(device & 0xFF) | UInt32(truncatingIfNeeded: (device >> 12) & ~0xFF))
  }

  /// Reads two numbers of `base` with a colon between them.
  init?(_ text: some Collection<UInt8>, base: Int) {
    let numbers = text.split(separator: ASCII.colon, omittingEmptySubsequences: false)
    guard numbers.count == 2,
      let major = UInt32(String(decoding: numbers[0], as: UTF8.self), radix: base),
      let minor = UInt32(String(decoding: numbers[1], as: UTF8.self), radix: base)
    else { return nil }
    self.init(major: major, minor: minor)
  }
}

/// A kind of lock. Locks of one kind do not keep those of the other away.
package enum LockKind: String, Sendable {
  /// flock(2).
  case flock
  /// fcntl(2), by process or by open file.
  case fcntl

  /// The kind in a line of `/proc/locks`; `nil` for any other line.
  package init?(line: some Collection<UInt8>) {
    let fields = line.split(separator: ASCII.space, maxSplits: 2)
    switch fields.count > 1 ? String(decoding: fields[1], as: UTF8.self) : "" {
    case "FLOCK": self = .flock
    case "POSIX", "OFDLCK": self = .fcntl
    default: return nil
    }
  }
}

/// A file, as the kernel's table of locks names it.
package struct LockedFile: Sendable, Hashable {
  /// The device.
  package var device: DeviceNumber
  /// The inode number on the device.
  package var inode: UInt64

  /// The file with the number `inode` on `device`.
  package init(device: DeviceNumber, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

extension LockedFile {
  /// Reads the file of a line of `/proc/locks` (proc(5)), such as
  /// `1: FLOCK  ADVISORY  WRITE 4711 fe:00:1024023 0 EOF`; `nil` for a lock for reading, for a process
  /// that waits for a lock, and for any other line.
  ///
  /// sendmail locks a control file for writing while it delivers the message, by `flock` or by `fcntl`
  /// as it was compiled (`HASFLOCK`). mailq locks each for reading while it reads it.
  package init?(line: some Collection<UInt8>) {
    let fields = line.split(separator: ASCII.space, maxSplits: 16)
    guard fields.count >= 6, LockKind(line: line) != nil, fields[3].elementsEqual("WRITE".utf8)
    else { return nil }
    let numbers = fields[5].split(separator: ASCII.colon, maxSplits: 2)
    guard numbers.count == 3,
      let device = DeviceNumber(numbers[0] + [ASCII.colon] + numbers[1], base: 16),
      let inode = UInt64(String(decoding: numbers[2], as: UTF8.self))
    else { return nil }
    self.init(device: device, inode: inode)
  }
}

/// A process that holds a lock for writing on a file.
package struct LockHolder: Sendable, Hashable {
  /// The file.
  package var file: LockedFile
  /// The process that took the lock.
  package var processID: Int32
  /// The kind of lock.
  package var kind: LockKind

  /// Reads a line of `/proc/locks`, as ``LockedFile`` does; `nil` also for a process of another process id
  /// namespace.
  package init?(line: some Collection<UInt8>) {
    guard let file = LockedFile(line: line) else { return nil }
    let field = line.split(separator: ASCII.space, maxSplits: 16)[4]
    guard let processID = Int32(String(decoding: field, as: UTF8.self)), processID > 0,
      let kind = LockKind(line: line)
    else { return nil }
    self.kind = kind
    self.file = file
    self.processID = processID
  }
}

extension DeviceNumber {
  /// Reads the device of a line of `/proc/self/mountinfo` (proc(5)), if the table of locks has all locks
  /// of its files under that device; `nil` for others.
  ///
  /// Files on btrfs have another device than their file system, files on layered file systems have
  /// another inode number, and files on a network may be locked by other machines.
  package init?(mount line: some Collection<UInt8>) {
    let fields = line.split(separator: ASCII.space)
    guard fields.count > 6, let device = DeviceNumber(fields[2], base: 10),
      let dash = fields.dropFirst(6).firstIndex(where: { $0.elementsEqual([ASCII.minus]) }),
      dash + 1 < fields.endIndex
    else { return nil }
    let type = String(decoding: fields[dash + 1], as: UTF8.self)
    guard Self.localTypes.contains(type) else { return nil }
    self = device
  }

  /// The types of file systems whose locks are all in the table.
  private static let localTypes: Set<String> = [
    "ext2", "ext3", "ext4", "f2fs", "jfs", "ramfs", "reiserfs", "tmpfs", "xfs",
  ]
}
