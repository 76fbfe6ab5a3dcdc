// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlClient
internal import SystemPackage

/// smcontrol without a command: a shell on a terminal, else the lines of standard input or behind `-e`.
struct ShellProgram {
  private let start: SMControl
  private let context: CommandContext

  init(_ start: SMControl, context: CommandContext) {
    self.start = start
    self.context = context
  }

  /// Runs it to its end.
  ///
  /// - Returns: what to exit with.
  func run() async -> Int32 {
    let lines = start.shell.lines
    let isInteractive =
      lines.isEmpty && isatty(STDIN_FILENO) != 0 && context.console.isTerminal
    let session = ShellSession(
      options: ShellOptions(connection: start.connection, display: start.display),
      isInteractive: isInteractive)
    if isInteractive {
      return await TerminalShell(session, context: context, polls: !start.shell.noPoll).run()
    }
    let script = Script(session, context: context, keepsGoing: start.shell.keepGoing)
    guard lines.isEmpty else { return await script.run(lines) }
    return await script.run(LineSource(.standardInput, interruption: context.interruption))
  }
}
