// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `COMMAND | PROGRAM ARGUMENTS`: the program is started directly, by no shell.
struct OutputProgram {
  private let words: [Word]
  private let context: CommandContext

  init(_ words: [Word], _ context: CommandContext) {
    self.words = words
    self.context = context
  }

  /// Runs the command with the program as its output, and waits for both.
  ///
  /// - Returns: what the command exits with, or what the program does when the command went well.
  /// - Throws: ``CommandFailure`` when the program cannot be started, or fails.
  func run(_ invocation: Invocation) async throws(CommandFailure) -> Int32 {
    let name = TerminalEscaping.escape(words.first ?? [])
    guard let program = PipedProgram(words: words) else {
      throw CommandFailure(.usage, "expected a program after |")
    }
    let settings = Terminal.Settings()
    defer { settings?.restore() }
    let outcome: (result: Int32, ending: PipedProgram.Ending)
    // After a signal the program is ended, too.
    LastResort.hold()
    defer { LastResort.release() }
    do throws(FileError) {
      outcome = try await program.run(interruption: context.interruption) { descriptor in
        var context = context
        context.console = context.console.writing(to: descriptor, called: name)
        return await invocation.execute(in: context)
      }
    } catch {
      throw CommandFailure(ExitStatus(error), "| \(name): \(error)")
    }
    // A program that needs no more of it ends before the command does.
    let status = outcome.result == ExitStatus.brokenPipe.rawValue ? 0 : outcome.result
    guard status == 0 else { return status }
    if outcome.result == 0, case .exited = outcome.ending {
      // A SIGINT that did not end it was meant for it.
      context.interruption.clearInterrupt()
    }
    return try check(outcome.ending, of: name)
  }

  private func check(
    _ ending: PipedProgram.Ending, of name: String
  ) throws(CommandFailure) -> Int32 {
    switch ending {
    case .exited(0): return 0
    case .exited(let code):
      throw CommandFailure(passingOn: code, "| \(name) exited with status \(code)")
    case .signalled(let signal):
      throw CommandFailure(passingOn: 128 + signal, "| \(name) was ended by signal \(signal)")
    }
  }
}
