// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The kernel's table of locks")
struct FileLocksTests {
  @Test(
    "A lock for writing names its file",
    arguments: [
      ("1: FLOCK  ADVISORY  WRITE 32364 fe:00:1024023 0 EOF", UInt32(0xFE), UInt32(0), 1_024_023),
      ("12: POSIX  ADVISORY  WRITE 9 103:1f:7 1073741824 1073742335", 0x103, 0x1F, 7),
      ("3: OFDLCK ADVISORY  WRITE -1 00:2a:18446744073709551615 0 EOF", 0, 0x2A, .max),
    ] as [(String, UInt32, UInt32, UInt64)])
  func locks(line: String, major: UInt32, minor: UInt32, inode: UInt64) {
    #expect(
      LockedFile(line: Array(line.utf8))
        == LockedFile(device: DeviceNumber(major: major, minor: minor), inode: inode))
  }

  @Test("The process that holds a lock is named, unless it is in another process id namespace")
  func holder() {
    func holder(_ pid: String) -> LockHolder? {
      LockHolder(line: Array("1: FLOCK  ADVISORY  WRITE \(pid) fe:00:1024023 0 EOF".utf8))
    }
    #expect(holder("32364")?.processID == 32364)
    #expect(holder("32364")?.file.inode == 1_024_023)
    #expect(holder("32364")?.kind == .flock)
    #expect(LockKind(line: Array("12: POSIX  ADVISORY  WRITE 9 103:1f:7 0 EOF".utf8)) == .fcntl)
    #expect(LockKind(line: Array("12: LEASE  ACTIVE  WRITE 9 103:1f:7 0 EOF".utf8)) == nil)
    for pid in ["0", "-1", "x"] { #expect(holder(pid) == nil) }
  }

  @Test(
    "Everything else is none",
    arguments: [
      "", "1:", "1: FLOCK  ADVISORY  READ  32364 fe:00:1024023 0 EOF",
      "1: -> FLOCK  ADVISORY  WRITE 32364 fe:00:1024023 0 EOF",
      "1: LEASE  ACTIVE    WRITE 32364 fe:00:1024023 0 EOF",
      "1: FLOCK  ADVISORY  WRITE 32364 <none>:0 0 EOF",
      "1: FLOCK  ADVISORY  WRITE 32364 fe:00:x 0 EOF", "1: FLOCK ADVISORY WRITE 1 fe:00 0 EOF",
      "1: FLOCK ADVISORY WRITE 1 fe:00:1:2 0 EOF",
    ])
  func others(line: String) {
    #expect(LockedFile(line: Array(line.utf8)) == nil)
  }

  @Test(
    "A device is made of the two numbers as Linux does",
    arguments: [
      (0xFE00, 0xFE, 0), (0x801, 8, 1), (0x1FF_FF00, 0xFFF, 0x1F00),
      (0x0000_1000_0000_0000, 0x1000, 0),
    ] as [(UInt64, UInt32, UInt32)])
  func devices(number: UInt64, major: UInt32, minor: UInt32) {
    #expect(DeviceNumber(number) == DeviceNumber(major: major, minor: minor))
  }

  @Test("Locks are known of local file systems under their own device only")
  func mounts() {
    func device(_ line: String) -> DeviceNumber? { DeviceNumber(mount: Array(line.utf8)) }
    #expect(
      device("27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw")
        == DeviceNumber(major: 254, minor: 0))
    #expect(
      device("30 27 0:26 / /dev/shm rw - tmpfs tmpfs rw") == DeviceNumber(major: 0, minor: 26))
    for type in ["nfs4", "btrfs", "overlay", "fuse.sshfs", "cifs", ""] {
      #expect(device("27 1 0:40 / /mnt rw master:1 propagate_from:2 - \(type) source rw") == nil)
    }
    for line in ["", "27 1 254:0 / / rw", "27 1 254 / / rw x - ext4 a b", "a b c d e f g -"] {
      #expect(device(line) == nil)
    }
  }
}
