// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `COMMAND | PROGRAM ARGUMENTS`: the program is started directly, by no shell.
struct OutputProgram {
  private let words: [String]
  private let context: CommandContext

  init(_ words: [String], _ context: CommandContext) {
    self.words = words
    self.context = context
  }

  /// Runs `command` with the program as its output, and waits for both.
  ///
  /// - Returns: what the command exits with, or what the program does when the command went well.
  /// - Throws: ``CommandFailure``: when the program cannot be started, and the command's.
  func run(_ command: any RunnableCommand) async throws(CommandFailure) -> Int32 {
    let name = HarmlessText.make((words.first ?? "").utf8)
    guard let program = ReadingProgram(words: words) else {
      throw CommandFailure(.usage, "expected a program behind |")
    }
    let settings = Terminal.Settings()
    defer { settings?.restore() }
    let outcome: (result: Result<Int32, CommandFailure>, ending: ReadingProgram.Ending)
    do throws(FileError) {
      outcome = try await program.run(interruption: context.interruption) { descriptor in
        var context = context
        context.console = context.console.writing(to: descriptor, called: name)
        do throws(CommandFailure) {
          return .success(try await command.run(in: context).rawValue)
        } catch {
          return .failure(error)
        }
      }
    } catch {
      throw CommandFailure(ExitStatus(error), "| \(name): \(error)")
    }
    if case .success = outcome.result, case .exited = outcome.ending {
      // A SIGINT that did not end it was meant for it.
      context.interruption.forgetInterrupt()
    }
    let status: Int32
    switch outcome.result {
    case .success(let code): status = code
    // A program that needs no more of it ends before the command does.
    case .failure(let failure) where failure.exitCode == ExitStatus.brokenPipe.rawValue: status = 0
    case .failure(let failure): throw failure
    }
    return status == 0 ? try check(outcome.ending, of: name) : status
  }

  private func check(
    _ ending: ReadingProgram.Ending, of name: String
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
