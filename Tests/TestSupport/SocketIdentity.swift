// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SystemPackage

/// The identity of the file at a path, so that a new file is distinguished from the one before it.
public struct SocketIdentity: Sendable, Equatable {
  private let device: dev_t
  private let inode: ino_t
  private let changeSeconds: Int
  private let changeNanoseconds: Int

  /// The file at `path` now, or `nil` when there is none.
  public init?(_ path: FilePath) {
    var facts = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &facts) }) == 0 else { return nil }
    device = facts.st_dev
    inode = facts.st_ino
    // Inode numbers are used again at once.
    changeSeconds = facts.st_ctim.tv_sec
    changeNanoseconds = facts.st_ctim.tv_nsec
  }
}
