// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SystemPackage

/// The UNIX-domain sockets that somebody listens on, as the kernel lists them; nobody is connected to.
struct ListeningSockets {
  /// The name that each was bound to, and its inode.
  private let sockets: [(name: [UInt8], inode: [UInt8])]

  /// Those of this network namespace now; `nil` when the list cannot be read.
  static func now() -> ListeningSockets? {
    (try? ProcessTable.contents(of: "/proc/net/unix")).map { ListeningSockets(table: $0) }
  }

  /// Those in `table`, whose lines are `Num: RefCount Protocol Flags Type St Inode Path` (proc(5)).
  init(table: [UInt8]) {
    sockets = table.split(separator: ASCII.lineFeed).compactMap { line in
      // The inode is filled up with blanks in front; the path may have blanks of its own.
      let fields = line.split(separator: ASCII.space, maxSplits: 7)
      guard fields.count == 8,
        let flags = UInt32(String(decoding: fields[3], as: UTF8.self), radix: 16),
        flags & Self.accepting != 0
      else { return nil }
      return (Array(fields[7]), Array(fields[6]))
    }
  }

  /// The inodes of those that were bound to `name`.
  func inodes(named name: [UInt8]) -> Set<[UInt8]> {
    Set(sockets.filter { $0.name == name }.map(\.inode))
  }

  /// Whether there is one at `path`. A relative name counts when `path` ends in it.
  func contains(_ path: FilePath) -> Bool {
    let path = path.bytes
    return sockets.contains { name, _ in
      guard name.first != ASCII.slash else { return name == path }
      return path.suffix(name.count + 1).elementsEqual([ASCII.slash] + name)
    }
  }

  /// `__SO_ACCEPTCON`
  private static let accepting: UInt32 = 0x10000
}
