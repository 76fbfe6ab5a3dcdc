// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlClient
internal import Glibc

/// smcontrol as a program: from the words of a command line to an exit status.
public enum SMControlProgram {
  /// Runs the command that `words` spell, and says on standard error what went wrong.
  ///
  /// - Parameter words: the command line without the program's name.
  /// - Returns: what to exit with: one of ``ExitStatus``, or what sendmail exited with on `start`.
  public static func run(_ words: [String]) async -> Int32 {
    // A reader that goes away shows as EPIPE, so that we exit in our own way.
    _ = signal(SIGPIPE, SIG_IGN)
    let interruption = Interruption.install()
    let console = Console(interruption: interruption)
    do {
      let command = try parse(words, console: console)
      guard let command else { return ExitStatus.ok.rawValue }
      let context = CommandContext(
        console: console, interruption: interruption, environment: .current())
      try command.checkAllowed(by: context.environment)
      return try await command.run(in: context).rawValue
    } catch {
      console.complain(error.lines)
      return error.exitCode
    }
  }

  /// The command that `words` spell; `nil` when they asked for help or the version, which has been
  /// given.
  private static func parse(
    _ words: [String], console: Console
  ) throws(CommandFailure) -> (any ControlSubcommand)? {
    let arguments = Arguments(words)
    if let command = arguments.parseByName() { return command }
    do {
      let parsed = try arguments.parse()
      if let command = parsed as? any ControlSubcommand { return command }
      if parsed is SMControl { throw CommandFailure(.usage, noCommandLines) }
      // What is left is ArgumentParser's own: --help, which speaks by throwing when it runs.
      var builtIn = parsed
      try builtIn.run()
      return nil
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      guard SMControl.exitCode(for: error).isSuccess else {
        throw CommandFailure(.usage, usageLines(SMControl.message(for: error)))
      }
      try console.write(SMControl.fullMessage(for: error) + "\n")
      return nil
    }
  }

  private static var noCommandLines: [String] {
    usageLines("no command given; there are: \(SMControl.commandNames.joined(separator: ", "))")
  }

  private static func usageLines(_ message: String) -> [String] {
    message.split(separator: "\n").map(String.init) + [#"see "smcontrol --help""#]
  }
}
