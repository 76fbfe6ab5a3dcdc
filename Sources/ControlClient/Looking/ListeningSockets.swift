// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SystemPackage

/// Which UNIX-domain sockets somebody listens on, as the kernel lists them; nobody is connected to.
enum ListeningSockets {
  /// Whether somebody listens on the socket at `path`, or `nil` when the list cannot be read.
  ///
  /// The list has the names that were bound, so a relative one counts when `path` ends in it.
  static func contains(_ path: FilePath) -> Bool? {
    guard let list = try? ProcessTable.contents(of: "/proc/net/unix") else { return nil }
    let path = path.bytes
    return list.split(separator: ASCII.lineFeed).dropFirst().contains { line in
      // Num RefCount Protocol Flags Type St Inode Path
      let fields = line.split(
        separator: ASCII.space, maxSplits: 7, omittingEmptySubsequences: true)
      guard fields.count == 8,
        UInt32(String(decoding: fields[3], as: UTF8.self), radix: 16) == accepting
      else { return false }
      let name = fields[7]
      guard name.first != ASCII.slash else { return name.elementsEqual(path) }
      return path.suffix(name.count + 1).elementsEqual([ASCII.slash] + name)
    }
  }

  /// `__SO_ACCEPTCON`
  private static let accepting: UInt32 = 0x10000
}
