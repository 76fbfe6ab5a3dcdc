// SPDX-License-Identifier: Apache-2.0

/// The reply to `status`: `children/max/free/load` and a line a process.
///
/// The numbers are the daemon's own, its special values included; ``DaemonStatus`` says what they
/// mean.
package struct StatusReply: Sendable, Equatable {
  /// Children of the daemon, the one that answers not counted.
  package var children: Int
  /// `MaxDaemonChildren`; 0 or less means no limit.
  package var maximumChildren: Int
  /// Free space of the first queue group's file system in KiB; -1 when it could not be read.
  package var freeSpace: Int
  /// One-minute load average, rounded; -1 when it could not be read.
  package var loadAverage: Int
  /// The process list in the daemon's slot order, which says nothing about who is the daemon.
  package var processes: [ProcessEntry]

  /// A reply with these members.
  package init(
    children: Int, maximumChildren: Int, freeSpace: Int, loadAverage: Int,
    processes: [ProcessEntry]
  ) {
    self.children = children
    self.maximumChildren = maximumChildren
    self.freeSpace = freeSpace
    self.loadAverage = loadAverage
    self.processes = processes
  }

  /// The reply as the daemon writes it.
  package var bytes: [UInt8] {
    var bytes = Array("\(children)/\(maximumChildren)/\(freeSpace)/\(loadAverage)\r\n".utf8)
    for process in processes {
      bytes += process.bytes
      bytes += [ASCII.carriageReturn, ASCII.lineFeed]
    }
    return bytes
  }
}

extension StatusReply {
  /// Returns whether `line`, the first of a reply, can be the summary: no line of ``MstatReply`` can.
  static func mayBegin(with line: ArraySlice<UInt8>) -> Bool {
    line.first.map { ASCII.isDigit($0) || $0 == UInt8(ascii: "-") } == true
  }

  /// Reads a reply to `status`.
  ///
  /// - Parameter reply: all bytes of the reply, lines ended by LF or CRLF.
  /// - Throws: ``ReplyError``: `empty`; `refused` when the daemon does not know the command;
  ///   `cutShort` when the process list is missing or the last line stops in the middle;
  ///   `malformed`, with the line.
  package init(parsing reply: [UInt8]) throws(ReplyError) {
    try ReplyError.check(reply)
    let lines = ReplyLines(reply)
    var iterator = lines.makeIterator()
    let summary = iterator.next() ?? []
    let numbers = summary.split(separator: ASCII.slash, omittingEmptySubsequences: false)
      .map(DecimalNumber.parse)
    guard numbers.count == 4, let children = numbers[0], let maximum = numbers[1],
      let free = numbers[2], let load = numbers[3]
    else {
      throw ReplyError(
        iterator.rest.isEmpty && !lines.isEnded ? .cutShort : .malformed, line: 1, text: summary,
        expected: "children/max/free/load")
    }
    var processes: [ProcessEntry] = []
    while let line = iterator.next() {
      guard let process = ProcessEntry(line: line) else {
        throw ReplyError(
          iterator.rest.isEmpty && !lines.isEnded ? .cutShort : .malformed,
          line: processes.count + 2, text: line, expected: "a process id and its description")
      }
      processes.append(process)
    }
    guard !processes.isEmpty else {
      throw ReplyError(.cutShort, line: 2, text: [], expected: "the list of processes")
    }
    try ReplyError.checkEnd(of: reply)
    self.init(
      children: children, maximumChildren: maximum, freeSpace: free, loadAverage: load,
      processes: processes)
  }
}

extension ReplyError {
  /// Checks what all replies with a form of their own have in common.
  ///
  /// - Throws: ``ReplyError``: `empty` or `refused`.
  static func check(_ reply: [UInt8]) throws(ReplyError) {
    guard !reply.isEmpty else {
      throw ReplyError(.empty, line: 1, text: [], expected: "a reply")
    }
    if reply.starts(with: SendmailWords.badCommandPrefix) {
      try checkEnd(of: reply)
      var lines = ReplyLines(reply).makeIterator()
      throw ReplyError(
        .refused, line: 1, text: lines.next() ?? [], expected: "a daemon that knows the command")
    }
  }
}
