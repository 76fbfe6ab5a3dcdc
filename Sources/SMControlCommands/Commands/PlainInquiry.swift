// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// A command whose reply is shown as it is: `help` and `send`.
struct PlainInquiry {
  /// Its name, for messages and JSON.
  let command: String
  let request: [UInt8]
  let target: Target
  let context: CommandContext

  /// Asks once and prints the reply.
  func run() throws(CommandFailure) -> ExitStatus {
    let client = try target.client()
    let reply: ControlReply
    do {
      reply = try client.exchange(request: request)
    } catch {
      throw CommandFailure(error)
    }
    context.shell?.record(replyOf: reply.end.peer)
    do {
      try ReplyError.checkEnd(of: reply.bytes)
    } catch {
      try writeText(of: reply.bytes)
      throw try context.failure(
        of: command, error, from: client, end: reply.end, format: target.format)
    }
    let refusal = Refusal(reply.bytes)
    try writeText(of: reply.bytes)
    if target.format == .json {
      try context.console.writeJSON(
        ReplyDocument(
          command: command, socket: client.path.bytes, ok: refusal == nil, reply: reply.bytes))
    }
    guard let refusal else { return .ok }
    context.console.complain(["\(command): \(refusal.text)"])
    return .refused
  }

  /// Prints what came, unless it is to be JSON.
  private func writeText(of reply: [UInt8]) throws(CommandFailure) {
    guard !reply.isEmpty else { return }
    switch target.format {
    case .raw: try context.console.write(reply[...])
    case .classic: try context.console.write(ClassicText.lines(reply))
    case .terminal: try context.console.write(ClassicText.lines(reply, endsWithEmptyLine: false))
    case .json: break
    }
  }
}
