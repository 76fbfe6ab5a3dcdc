// SPDX-License-Identifier: GPL-3.0-or-later

/// `quit` or `exit`
struct QuitCommand: Command {
  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    context.shell?.isOver = true
    return .ok
  }
}

extension CommandSpec {
  static let quit = CommandSpec(
    name: "quit", alias: "exit", summary: "Leave the shell, as Ctrl-D does.", example: "quit"
  ) { _ in QuitCommand() }
}
