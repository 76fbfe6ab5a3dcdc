// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// `smcontrol send WORD [ARGUMENTS]`
struct SendCommand: ControlSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "send", _superCommandName: SMControl.name,
    abstract: "Send any command, for a daemon that knows more than smcontrol.",
    discussion: """
      The words are joined by blanks and go out as they are: "send shutdown" does shut the daemon \
      down. Words that begin with a dash go behind "--".
      """)

  static let example = "send status"

  @OptionGroup var connection: ConnectionOptions

  @OptionGroup var confirmation: ConfirmationOptions

  @Argument(help: "The command.")
  var word: String

  @Argument(help: "Its arguments.")
  var arguments: [String] = []

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let line = ([word] + arguments).joined(separator: " ")
    let request = Array(line.utf8) + [ASCII.lineFeed]
    guard !line.utf8.contains(where: { $0 == ASCII.lineFeed || $0 == ASCII.null }) else {
      throw CommandFailure(
        .usage, "send: a command is one line: it can hold neither a line end nor a NUL")
    }
    guard request.count <= ControlLimits.longestRequest else {
      throw CommandFailure(
        .usage,
        """
        send: the command has \(request.count - 1) bytes, the daemon reads at most \
        \(ControlLimits.longestRequest - 1)
        """)
    }
    let target = try Target(connection, context: context)
    // What the daemon will read counts, however it was typed.
    switch RequestLine(request).command {
    case .restart: try ask("Restart", target, in: context)
    case .shutdown: try ask("Shut down", target, in: context)
    case .help, .status, .mstat, .memdump, nil: break
    }
    return try await output.show(try target.plainReply(to: "send", request))
  }

  private func ask(
    _ verb: String, _ target: Target, in context: CommandContext
  ) throws(CommandFailure) {
    let words = HarmlessText.make(([word] + arguments).joined(separator: " ").utf8)
    try Confirmation(verb: verb, command: "send \(words)")
      .obtain(target, isGiven: confirmation.yes, in: context)
  }
}
