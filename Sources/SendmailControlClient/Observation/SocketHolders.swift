// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// Reads which processes hold sockets.
enum SocketHolders {
  /// The processes that hold one of the sockets with these inodes.
  @Sendable static func holders(of inodes: Set<UInt64>) -> HeldSockets {
    var held = HeldSockets()
    for pid in ProcessTable.processIDs() {
      do throws(Errno) {
        for inode in try sockets(of: pid) where inodes.contains(inode) {
          guard case .known(let process) = ProcessTable.observe(pid, inFull: true) else { continue }
          held.holders.append(HeldSockets.Holder(inode: inode, process: process))
        }
      } catch .permissionDenied, .notPermitted {
        held.isComplete = false
      } catch {
        // The process has ended.
      }
    }
    return held
  }

  /// The inodes of the sockets that `pid` holds.
  ///
  /// - Throws: the `errno` of `open` or `readdir`.
  static func sockets(of pid: Int32) throws(Errno) -> [UInt64] {
    let directory = "/proc/\(pid)/fd"
    let start = Array("socket:[".utf8)
    return try Directories.names(in: FilePath(directory)).compactMap { name in
      let link = FilePath("\(directory)/\(String(decoding: name, as: UTF8.self))")
      guard let target = try? Files.linkTarget(of: link), target.starts(with: start) else {
        return nil
      }
      return UInt64(String(decoding: target.dropFirst(start.count).dropLast(), as: UTF8.self))
    }
  }
}
