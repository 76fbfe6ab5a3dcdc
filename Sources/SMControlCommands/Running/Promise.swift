// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient
internal import SendmailControl
internal import SystemPackage

/// `restart` and `shutdown`: the command to which the daemon answers `OK`, and no more than that.
struct Promise {
  let command: ControlCommand
  let client: ControlClient

  /// Tells the daemon.
  ///
  /// - Returns: the reply, which is `OK`.
  /// - Throws: ``CommandFailure`` when there is none, or another one.
  func obtain() throws(CommandFailure) -> ControlReply {
    let reply: ControlReply
    do {
      reply = try client.send(command)
    } catch {
      throw CommandFailure(error)
    }
    let path = client.path.harmlessText
    var lines = ReplyLines(reply.bytes).makeIterator()
    guard let line = lines.next() else {
      throw CommandFailure(
        ReplyError(.empty, line: 1, text: [], expected: "OK"), from: path, end: reply.end)
    }
    if let refusal = Refusal(reply.bytes) {
      throw CommandFailure(.refused, "\(command.rawValue): \(refusal.text)")
    }
    guard line.elementsEqual("OK".utf8) else {
      let code: ReplyError.Code = "OK".utf8.starts(with: line) ? .cutShort : .malformed
      throw CommandFailure(
        ReplyError(code, line: 1, text: line, expected: "OK"), from: path, end: reply.end)
    }
    return reply
  }

  /// Prints a promise that nobody waits for.
  func print(_ reply: ControlReply, format: OutputFormat, to console: Console)
    throws(CommandFailure)
  {
    switch format {
    case .raw: try console.write(reply.bytes[...])
    case .classic: try console.write(ClassicText.lines(reply.bytes))
    case .terminal:
      let daemon = reply.end.peer.map { "process \($0.processID)" } ?? "the daemon"
      try console.write(
        "OK, says \(daemon). Whether it does \(command.rawValue) shows with --wait.\n")
    case .json:
      try console.writeJSON(
        WatchDocument(
          command: command.rawValue, socket: client.path.bytes, waited: false,
          oldPID: reply.end.peer?.processID))
    }
  }
}
