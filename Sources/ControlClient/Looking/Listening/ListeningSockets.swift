// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SystemPackage

/// The UNIX-domain sockets that somebody listens on; nobody is connected to.
struct ListeningSockets {
  let all: [ListeningSocket]

  init(_ all: [ListeningSocket]) {
    self.all = all
  }

  /// Those of this network namespace now, as far as the kernel tells; `nil` when it tells nothing.
  static func now() -> ListeningSockets? {
    if let all = try? SocketDiagnosis.listeningSockets() { return ListeningSockets(all) }
    return (try? ProcessTable.contents(of: "/proc/net/unix")).map { ListeningSockets(table: $0) }
  }

  /// Those in `table`, whose lines are `Num: RefCount Protocol Flags Type St Inode Path` (proc(5)).
  init(table: [UInt8]) {
    all = table.split(separator: ASCII.lineFeed).compactMap { line in
      // The inode is filled up with blanks in front; the path may have blanks of its own.
      let fields = line.split(separator: ASCII.space, maxSplits: 7)
      guard fields.count == 8,
        let flags = UInt32(String(decoding: fields[3], as: UTF8.self), radix: 16),
        flags & Self.accepting != 0,
        let inode = UInt64(String(decoding: fields[6], as: UTF8.self))
      else { return nil }
      return ListeningSocket(name: Array(fields[7]), inode: inode, file: nil, waiting: nil)
    }
  }

  /// Those that listen at `path`: as the file that stands there, where the kernel tells files, or else
  /// by name.
  func at(_ path: FilePath) -> [ListeningSocket] {
    let file = (try? SocketFile(at: path)).map { SocketFileFacts($0) }
    return ListeningSocket.at(
      DaemonPlace(socket: path.bytes), file: file.map { .known($0) } ?? .notAsked,
      among: .known(all)
    ).value ?? []
  }

  /// Those of this network namespace now, as a fact.
  static func list() -> Fact<[ListeningSocket]> {
    now().map { .known($0.all) }
      ?? .unknown(reason: "the kernel does not list its sockets, and /proc/net/unix cannot be read")
  }

  /// `__SO_ACCEPTCON`
  private static let accepting: UInt32 = 0x10000
}
