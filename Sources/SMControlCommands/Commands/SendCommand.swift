// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `smcontrol send WORD [ARGUMENTS]`
struct SendCommand: Command {
  let connection: ConnectionOptions
  let isConfirmed: Bool
  /// True to go on with a restart or shutdown that is refused otherwise.
  let isForced: Bool
  /// True if a query is made that makes the daemon refuse SMTP connections.
  let queriesAnyway: Bool
  /// The line to send.
  let line: Word

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let request = line + [ASCII.lineFeed]
    var target = try Target(connection, context: context)
    // What the daemon will read counts, however it was typed.
    var isForOneDaemon = false
    switch RequestLine(request).command {
    case .restart:
      if !isForced { try await target.checkRestart(for: name) }
      isForOneDaemon = !(try ask("Restart", target, in: context))
    case .shutdown: isForOneDaemon = !(try ask("Shut down", target, in: context))
    case .help, .status, .mstat, .memdump, nil:
      try target.checkChildLimit(isForced: queriesAnyway)
    }
    target.restartClock()
    return try await output.show(
      try target.plainReply(
        to: "send", request, whenAccepted: true,
        forOneDaemon: isForOneDaemon && !isForced ? name : nil))
  }

  /// The line that `words` make.
  ///
  /// - Throws: ``UsageError`` when the daemon would not read it as one.
  static func line(_ words: [Word]) throws(UsageError) -> Word {
    let line = Word(words.joined(separator: [ASCII.space]))
    guard !line.contains(where: { $0 == ASCII.lineFeed || $0 == ASCII.null }) else {
      throw UsageError("a command is one line: it can hold neither a line end nor a NUL")
    }
    guard line.count < ControlLimits.longestRequest else {
      throw UsageError(
        """
        the command has \(line.count) bytes, the daemon reads at most \
        \(ControlLimits.longestRequest - 1)
        """)
    }
    return line
  }

  /// The command with its words, for messages.
  private var name: String { "send \(TerminalEscaping.escape(line))" }

  /// Asks, and returns whether the user has agreed although two daemons share the socket.
  private func ask(
    _ verb: String, _ target: Target, in context: CommandContext
  ) throws(CommandFailure) -> Bool {
    try Confirmation(verb: verb, command: name)
      .obtain(target, isGiven: isConfirmed, in: context)
  }
}

extension CommandSpec {
  static let send = CommandSpec(
    name: "send", summary: "Send an arbitrary command to the daemon.",
    discussion: """
      The words are joined by blanks and go out as they are: "send shutdown" does shut the daemon \
      down. Words that begin with a dash follow "--".
      """,
    example: "send status", effect: .restricted, formats: .reply,
    options: [ConfirmationOption.yes, ConfirmationOption.forceRestart, QueryOption.query]
      + ConnectionOptions.all,
    arguments: [
      ArgumentSpec(name: "word", help: "The command."),
      ArgumentSpec(
        name: "argument", help: "An argument of it.", isOptional: true, isRepeated: true),
    ]
  ) { line throws(UsageError) in
    SendCommand(
      connection: try ConnectionOptions(line), isConfirmed: line[ConfirmationOption.yes],
      isForced: line[ConfirmationOption.forceRestart],
      queriesAnyway: line[QueryOption.query],
      line: try SendCommand.line(line.arguments))
  }
}
