// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// Reads the UNIX-domain sockets that processes listen on; no connection is made.
enum ListeningSockets {
  /// The sockets of this network namespace, as far as the kernel lists them.
  static func list() -> Fact<[ListeningSocket]> {
    if let sockets = try? SockDiag.listeningSockets() { return .known(sockets) }
    guard let table = try? Files.contents(of: "/proc/net/unix") else {
      return .unknown(
        reason: "the kernel does not list its sockets, and /proc/net/unix cannot be read")
    }
    return .known(sockets(in: table))
  }

  /// The sockets in `table`, whose lines are `Num: RefCount Protocol Flags Type St Inode Path`
  /// (proc(5)).
  static func sockets(in table: [UInt8]) -> [ListeningSocket] {
    table.split(separator: ASCII.lineFeed).compactMap { line in
      // The inode is filled up with blanks in front; the path may have blanks of its own.
      let fields = line.split(separator: ASCII.space, maxSplits: 7)
      guard fields.count == 8,
        let flags = UInt32(String(decoding: fields[3], as: UTF8.self), radix: 16),
        flags & accepting != 0,
        let inode = UInt64(String(decoding: fields[6], as: UTF8.self))
      else { return nil }
      return ListeningSocket(name: Array(fields[7]), inode: inode)
    }
  }

  /// `__SO_ACCEPTCON`
  private static let accepting: UInt32 = 0x10000
}
