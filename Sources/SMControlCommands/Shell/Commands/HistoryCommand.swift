// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `history`
struct HistoryCommand: Command {
  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    let width = String(shell.history.count).count
    var text = ""
    for (index, line) in shell.history.enumerated() {
      let number = String(index + 1)
      text += String(repeating: " ", count: width - number.count + 1) + number + "  "
      text += TerminalEscaping.escape(line.utf8) + "\n"
    }
    try context.console.write(text)
    return .ok
  }
}

extension CommandSpec {
  static let history = CommandSpec(
    name: "history", summary: "List the lines typed before.",
    discussion: "It is kept from one shell to the next, without lines that were typed again.",
    example: "history | tail -n 20"
  ) { _ in HistoryCommand() }
}
