// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SystemPackage

/// A UNIX-domain socket that somebody listens on, as the kernel knows it.
struct ListeningSocket: Equatable {
  /// The name that it was bound to, without the NUL at its end.
  let name: [UInt8]
  /// Its inode as a socket: what `/proc/PID/fd` shows of those who hold it.
  let inode: UInt64
  /// The file that it was bound as; `nil` where the kernel tells names only.
  let file: File?
  /// How many connections wait to be accepted; `nil` where the kernel does not tell.
  let waiting: Int?

  /// The file of a socket, which is still this one when it is removed or renamed.
  struct File: Equatable {
    /// The low half of its inode number, which is all the kernel tells (`struct unix_diag_vfs`).
    let inode: UInt32
    let device: DeviceNumber

    /// A file as the kernel names it in itself: the device has twelve bits of major number above twenty
    /// of minor.
    init(inode: UInt32, device: UInt32) {
      self.inode = inode
      self.device = DeviceNumber(major: device >> 20, minor: device & 0xFFFFF)
    }
  }

  /// Whether there is no doubt which file it was bound as.
  var isCertain: Bool { file != nil || name.first == ASCII.slash }

  /// Whether it listens at `path`, where `file` is what stands there now.
  func isAt(_ path: FilePath, file there: SocketFile?) -> Bool {
    guard let file, let there else { return isNamed(path) }
    guard file.inode == UInt32(truncatingIfNeeded: there.facts.inode.rawValue) else { return false }
    // Some file systems show another device than the kernel has (overlay, btrfs): the name decides.
    return file.device == DeviceNumber(UInt64(there.facts.deviceID.rawValue)) || isNamed(path)
  }

  /// Whether it may have been bound as `path`: a relative name counts when `path` ends in it.
  private func isNamed(_ path: FilePath) -> Bool {
    let path = path.bytes
    guard name.first != ASCII.slash else { return name == path }
    return path.suffix(name.count + 1).elementsEqual([ASCII.slash] + name)
  }
}
