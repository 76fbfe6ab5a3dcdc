// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// smcontrol as a program: from the words of a command line to an exit status.
public enum SMControlProgram {
  /// The program's name.
  static let name = "smcontrol"

  /// Runs the command that `words` ask for, and prints its failure on standard error.
  ///
  /// - Parameter words: the bytes of the arguments.
  /// - Returns: what to exit with: one of ``ExitStatus``, or what sendmail exited with on `start`.
  public static func run(_ words: [[UInt8]]) async -> Int32 {
    do {
      try StandardDescriptors.occupy()
    } catch {
      // Nothing can be said where standard error may be closed.
      return ExitStatus.systemError.rawValue
    }
    // A reader that goes away shows as EPIPE, so that we exit in our own way.
    _ = signal(SIGPIPE, SIG_IGN)
    // A file that may not grow shows as EFBIG.
    _ = signal(SIGXFSZ, SIG_IGN)
    NameService.prepare()
    let interruption = Interruption.install()
    LastResort.install(
      interruption, message: "\(name): interrupted\n", status: ExitStatus.interrupted.rawValue)
    let status = await run(words, interruption)
    // This holds for a signal during work that does not watch for signals, too, and for one that came
    // while a write to standard error stalled.
    guard interruption.signal != nil else { return status }
    let command = CommandLineParser.intent(of: words, in: .program).command
    return (command?.exits ?? .sysexits).status(ofFailure: ExitStatus.interrupted.rawValue)
  }

  private static func run(_ words: [Word], _ interruption: Interruption) async -> Int32 {
    let context = CommandContext(
      console: Console(interruption: interruption), interruption: interruption,
      environment: .current())
    do throws(CommandFailure) {
      return try await run(words, in: context)
    } catch {
      let intent = CommandLineParser.intent(of: words, in: .program)
      return await Output(intent.format, of: intent.command?.formats ?? .reply, context: context)
        .fail(
          error.under(intent.command?.exits ?? .sysexits), of: intent.command?.name ?? error.command
        )
    }
  }

  private static func run(
    _ words: [Word], in context: CommandContext
  ) async throws(CommandFailure) -> Int32 {
    let text: String
    do throws(UsageError) {
      if let line = ExternalCompletion.line(askedForBy: words) {
        text = ExternalCompletion.text(for: line)
      } else {
        switch try CommandLineParser.parse(words, in: .program) {
        case .command(let spec, let line):
          LastResort.exit(
            with: spec.exits.status(ofFailure: ExitStatus.interrupted.rawValue))
          return await (try Invocation(spec, line)).execute(in: context)
        case .shell(let line): return await (try ShellProgram(line, context: context)).run()
        case .help(let spec?): text = HelpText(.program, in: context).text(of: spec)
        case .help(nil): text = HelpText(.program, in: context).overview
        case .version: text = "\(name) \(Version.text)\n"
        }
      }
    } catch {
      throw CommandFailure(error, in: .program)
    }
    try context.console.write(text)
    return ExitStatus.ok.rawValue
  }
}
