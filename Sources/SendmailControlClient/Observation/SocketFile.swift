// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// The file at a socket's path, examined without connecting.
package struct SocketFile: Sendable {
  /// Its type, owner, group and mode, symbolic links followed.
  package let facts: Stat

  /// `stat(2)` of `path`.
  ///
  /// - Throws: `Errno`, such as `noSuchFileOrDirectory`.
  package init(at path: FilePath) throws(Errno) {
    facts = try Stat(path)
  }

  /// True if it is a socket.
  package var isSocket: Bool { facts.type == .socket }

  /// Tells this file from another that takes its place at the same path: an inode number alone is
  /// used again at once.
  var identity: Identity {
    Identity(
      device: facts.deviceID, inode: facts.inode, changeSeconds: facts.st_ctim.tv_sec,
      changeNanoseconds: facts.st_ctim.tv_nsec)
  }

  /// Device, inode and time of the last change of its status.
  struct Identity: Equatable {
    let device: DeviceID
    let inode: Inode
    let changeSeconds: Int
    let changeNanoseconds: Int
  }
}
