// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// Finds out who listens on a socket without connecting to it: the kernel lists the local sockets with
/// the files they were bound as, and each process the sockets it holds.
struct ListenerSearch {
  let result: DaemonSight.Listener

  /// Looks for who listens on `name`, as sendmail bound it.
  ///
  /// - Parameter base: the directory that a relative name was bound in.
  init(name: ControlSocketPath, base: [UInt8]) {
    var doubtful: Set<UInt64>?
    var isComplete = true
    // Between the looks at the list and at the processes sockets come and go, where other daemons use
    // the same relative name: only one that is there each time, and nobody's, is a riddle.
    for _ in 0..<Self.mostLooks {
      guard let sockets = ListeningSockets.now() else {
        result = .notSeen("the kernel does not list its sockets, nor can /proc/net/unix be read")
        return
      }
      let look = Look(sockets, name: name, base: base)
      if !look.holders.isEmpty {
        result = .holders(look.holders.map(Self.sight))
        return
      }
      doubtful = doubtful.map { $0.intersection(look.unheld) } ?? look.unheld
      guard doubtful?.isEmpty == false else {
        result = .nobody
        return
      }
      isComplete = look.isComplete
    }
    result = .notSeen(
      isComplete
        ? "no process that can be seen here holds the socket"
        : "other users' processes may not be looked at")
  }

  private static let mostLooks = 3

  /// One look at the list and at the processes.
  private struct Look {
    /// The processes that hold the socket and live.
    let holders: [Int32]
    /// The inodes of the sockets there that nobody was seen to hold.
    let unheld: Set<UInt64>
    /// Whether all processes could be looked at.
    let isComplete: Bool

    init(_ sockets: ListeningSockets, name: ControlSocketPath, base: [UInt8]) {
      let found = sockets.at(FilePath(bytes: name.absolute))
        .filter { $0.isCertain || !name.isAbsolute }
      let inodes = Set(found.map(\.inode))
      let certain = Set(found.filter(\.isCertain).map(\.inode))
      let search = inodes.isEmpty ? ([], true) : ListenerSearch.holders(of: inodes)
      // A relative name may be another daemon's: that one works in another directory.
      let own = search.0.filter { certain.contains($0.inode) || isIn(base, $0.pid) }
      // One that has ended since, such as the process that a daemon detaches from, holds nothing.
      holders = Set(own.map(\.pid)).sorted().filter(ProcessTable.isRunning)
      unheld = inodes.subtracting(search.0.map(\.inode))
      isComplete = search.1
    }
  }

  /// The processes that hold one of the sockets, and whether all processes could be looked at.
  private static func holders(
    of inodes: Set<UInt64>
  ) -> (holders: [(pid: Int32, inode: UInt64)], isComplete: Bool) {
    let start = Array("socket:[".utf8)
    var holders: [(pid: Int32, inode: UInt64)] = []
    var isComplete = true
    for pid in ProcessTable.processIDs() {
      do throws(Errno) {
        for descriptor in try descriptors(of: pid) where descriptor.starts(with: start) {
          let digits = descriptor.dropFirst(start.count).dropLast()
          if let inode = UInt64(String(decoding: digits, as: UTF8.self)), inodes.contains(inode) {
            holders.append((pid, inode))
          }
        }
      } catch {
        // Any other error is that of a process which has ended.
        if error == .permissionDenied || error == .notPermitted { isComplete = false }
      }
    }
    return (holders, isComplete)
  }

  /// What the descriptors of `pid` refer to.
  private static func descriptors(of pid: Int32) throws(Errno) -> [[UInt8]] {
    let directory = "/proc/\(pid)/fd"
    return try DirectoryNames.read(FilePath(directory)).compactMap { name in
      var target = [CChar](repeating: 0, count: 64)
      let path = "\(directory)/\(String(decoding: name, as: UTF8.self))"
      let count = unsafe readlink(path, &target, target.count)
      return count > 0 ? target.prefix(count).map { UInt8(bitPattern: $0) } : nil
    }
  }

  /// Whether the process works in `directory`, which is without symbolic links; when that may not be
  /// seen, it is taken to.
  private static func isIn(_ directory: [UInt8], _ pid: Int32) -> Bool {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/\(pid)/cwd", &target, target.count)
    guard count > 0 else { return true }
    return target.prefix(count).map { UInt8(bitPattern: $0) } == directory
  }

  private static func sight(of pid: Int32) -> DaemonSight.Holder {
    DaemonSight.Holder(
      pid: pid, user: ProcessTable.users(of: pid)?.effective,
      program: ProcessTable.program(of: pid))
  }
}
