// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// `quit` or `exit`
struct QuitCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quit", _superCommandName: SMControl.name,
    abstract: "Leave the shell, as Ctrl-D does.", aliases: ["exit"])

  static let example = "quit"

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    context.shell?.isOver = true
    return .ok
  }
}
