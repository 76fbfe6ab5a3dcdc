// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// `timeout [SECONDS]`
struct TimeoutCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeout", _superCommandName: SMControl.name,
    abstract: "Choose how long an exchange may take from now on.",
    discussion: "Without a number it says how long that is.")

  static let example = "timeout 2.5"

  @Argument(help: "The time in seconds.")
  var seconds: String?

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    if let seconds {
      shell.setTimeout(seconds)
    } else {
      let timeout = try Target.timeout(shell.options.connection, context.environment)
      try context.console.write("\(timeout.inSeconds) s\n")
    }
    return .ok
  }

  func validate() throws {
    try Seconds.check(seconds, option: "<seconds>")
  }
}
