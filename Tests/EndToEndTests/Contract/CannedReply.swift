// SPDX-License-Identifier: GPL-3.0-or-later

/// Replies as sendmail gives them, whole and spoilt.
enum CannedReply {
  /// The whole reply to the command that `form` sends, as a daemon with `-bd` gives it.
  static func whole(to form: CommandForm) -> [UInt8] {
    switch form.command {
    case "mstat", "queues":
      lines("C:0", "M:0", "L:0", "Q:/var/spool/mqueue:0", "D:0/./80681788", processes("P:"))
    case "help":
      Array("The commands of this socket:\nhelp\t\tThese lines.\nEnd of HELP info\n".utf8)
    case "memdump": lines("heap report", "  64 bytes  ../libsm/heap.c:102")
    case "restart", "shutdown": lines("OK")
    default: lines("0/0/80681788/0", processes(""))
    }
  }

  /// Returns whether `form` understands its reply, rather than to pass it on.
  static func isParsed(by form: CommandForm) -> Bool {
    ["status", "mstat", "restart", "shutdown"].contains(form.command)
  }

  /// The first byte alone.
  static func cutInFirstLine(_ reply: [UInt8]) -> [UInt8] {
    Array(reply.prefix(1))
  }

  /// The first line alone.
  static func firstLine(_ reply: [UInt8]) -> [UInt8] {
    Array(reply.prefix(lengthOfFirstLine(reply)))
  }

  /// All but the end of the last line and its line end.
  static func cutInLastLine(_ reply: [UInt8]) -> [UInt8] {
    // Of a reply that has one short line, only the line end goes.
    Array(reply.dropLast(reply.count > 8 ? 6 : 2))
  }

  private static func lengthOfFirstLine(_ reply: [UInt8]) -> Int {
    reply.firstIndex(of: 0x0A).map { $0 + 1 } ?? reply.count
  }

  private static func processes(_ tag: String) -> String {
    "\(tag)4194301 accepting connections\r\n\(tag)4194302 console socket child"
  }

  private static func lines(_ lines: String...) -> [UInt8] {
    Array(lines.map { $0 + "\r\n" }.joined().utf8)
  }
}
