// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// A reply with the numbers that must differ between two daemons made equal: process ids, load, free
/// space, and how many control children wait to be reaped, which hangs on the moment.
enum MaskedReply {
  /// The reply to `status` or `mstat`, or any other reply as it is.
  static func make(_ reply: [UInt8]) -> String {
    if let status = try? StatusReply(parsing: reply) { return mask(status) }
    if let mstat = try? MstatReply(parsing: reply) { return mask(mstat) }
    return String(decoding: reply, as: UTF8.self)
  }

  private static func mask(_ reply: StatusReply) -> String {
    var reply = reply
    reply.children -= countOfControlChildren(reply.processes)
    reply.freeSpace = 0
    reply.loadAverage = 0
    reply.processes = mask(reply.processes)
    return String(decoding: reply.bytes, as: UTF8.self)
  }

  private static func mask(_ reply: MstatReply) -> String {
    var reply = reply
    reply.children -= countOfControlChildren(reply.processes)
    reply.loadAverage = 0
    reply.fileSystems = reply.fileSystems.map {
      FileSystemSpace(index: $0.index, name: $0.name, freeSpace: 0)
    }
    reply.processes = mask(reply.processes)
    return String(decoding: reply.bytes, as: UTF8.self)
  }

  private static func countOfControlChildren(_ processes: [ProcessEntry]) -> Int {
    processes.count { ChildKind(text: $0.text) == .control }
  }

  private static func mask(_ processes: [ProcessEntry]) -> [ProcessEntry] {
    processes.filter { ChildKind(text: $0.text) != .control }
      .map { ProcessEntry(pid: 1, text: $0.text) }
  }
}
