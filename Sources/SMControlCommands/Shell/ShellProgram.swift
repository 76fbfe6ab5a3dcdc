// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlClient
internal import SystemPackage

/// smcontrol without a command: a shell on a terminal, else the lines of standard input or of `-e`.
struct ShellProgram {
  private let options: ShellOptions
  private let session: ShellSession
  private let context: CommandContext

  /// The shell that `line` asks for, which has no command.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine, context: CommandContext) throws(UsageError) {
    options = try ShellOptions(line)
    session = try ShellSession(
      options: line,
      isInteractive: options.lines.isEmpty && isatty(STDIN_FILENO) != 0
        && context.console.isTerminal)
    self.context = context
  }

  /// Runs it to its end.
  ///
  /// - Returns: what to exit with.
  func run() async -> Int32 {
    if session.isInteractive {
      return await TerminalShell(session, context: context, polls: options.polls).run()
    }
    let script = Script(session, context: context, keepsGoing: options.keepGoing)
    guard options.lines.isEmpty else { return await script.run(options.lines) }
    return await script.run(LineSource(.standardInput, interruption: context.interruption))
  }
}
