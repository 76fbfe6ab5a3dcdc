// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SystemPackage

/// A file system that hangs, like that of a file server that is away: a system call on a path in it does not
/// return before the file system is removed. It is the kernel's FUSE, with a server that never answers.
public final class HungFileSystem: Sendable {
  /// The directory that it is mounted on.
  public let path: FilePath
  private let server: FileDescriptor
  /// Kept until the file system is removed: to remove the directory would hang.
  private let directory: TemporaryDirectory

  /// Mounts one on the new directory `name` in `directory`; `nil` where the tests may not.
  ///
  /// - Throws: ``HarnessError`` when the directory cannot be made.
  public init?(_ name: String, in directory: TemporaryDirectory) throws {
    let path = try directory.makeDirectory(name)
    guard
      let server = try? FileDescriptor.open(
        FilePath("/dev/fuse"), .readWrite, options: .closeOnExec)
    else { return nil }
    let options = "fd=\(server.rawValue),rootmode=40000,user_id=0,group_id=0,allow_other"
    let result = unsafe path.withPlatformString { target in
      unsafe options.withCString { unsafe mount("hung", target, "fuse", 0, $0) }
    }
    guard result == 0 else {
      try? server.close()
      return nil
    }
    self.path = path
    self.server = server
    self.directory = directory
  }

  /// Calls that wait for it fail.
  deinit {
    try? server.close()
    _ = unsafe path.withPlatformString { unsafe umount2($0, Int32(MNT_DETACH)) }
  }

  /// True if the tests may mount one. It takes root, and the kernel's FUSE.
  public static func isPossible() throws -> Bool {
    let isMounted = try HungFileSystem("hung", in: TemporaryDirectory()) != nil
    if !isMounted {
      SkipNotice.print("Tests with a file system that hangs are skipped: /dev/fuse cannot be used")
    }
    return isMounted
  }
}
