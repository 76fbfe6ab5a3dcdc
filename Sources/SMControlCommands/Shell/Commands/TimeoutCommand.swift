// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `timeout [SECONDS]`
struct TimeoutCommand: Command {
  /// The time; `nil` to show it.
  let seconds: Word?

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    guard let seconds else {
      let timeout = try Target.timeout(shell.connection, context.environment)
      try context.console.write("\(timeout.inSeconds) s\n")
      return .ok
    }
    do {
      try shell.set(ConnectionOptions.timeout.spec, to: seconds)
    } catch {
      throw CommandFailure(error, in: .shell)
    }
    return .ok
  }
}

extension CommandSpec {
  static let timeout = CommandSpec(
    name: "timeout", summary: "Set the timeout for this session.",
    discussion: "Without a number it says how long that is.", example: "timeout 2.5",
    arguments: [ArgumentSpec(name: "seconds", help: "The time in seconds.", isOptional: true)]
  ) { line throws(UsageError) in
    if let seconds = line.arguments.first {
      _ = try ConnectionOptions.timeout.value(of: seconds, as: "the time")
    }
    return TimeoutCommand(seconds: line.arguments.first)
  }
}
