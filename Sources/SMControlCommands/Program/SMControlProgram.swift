// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Glibc
internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// smcontrol as a program: from the words of a command line to an exit status.
public enum SMControlProgram {
  /// Runs the command that `words` spell, and says on standard error what went wrong.
  ///
  /// - Parameter words: the command line without the program's name.
  /// - Returns: what to exit with: one of ``ExitStatus``, or what sendmail exited with on `start`.
  public static func run(_ words: [String]) async -> Int32 {
    do {
      try StandardDescriptors.occupy()
    } catch {
      // Nothing can be said where standard error may be closed.
      return ExitStatus.systemError.rawValue
    }
    // A reader that goes away shows as EPIPE, so that we exit in our own way.
    _ = signal(SIGPIPE, SIG_IGN)
    NameService.prepare()
    let interruption = Interruption.install()
    let status = await run(words, interruption)
    // Also where the signal came while something was done that does not look at signals, or while
    // nobody read what is written to standard error.
    return interruption.signal == nil ? status : ExitStatus.interrupted.rawValue
  }

  private static func run(_ words: [String], _ interruption: Interruption) async -> Int32 {
    let context = CommandContext(
      console: Console(interruption: interruption), interruption: interruption,
      environment: .current())
    let arguments = Arguments(words)
    do {
      switch try parse(arguments, console: context.console) {
      case .command(let command): return await command.execute(in: context)
      case .shell(let start): return await ShellProgram(start, context: context).run()
      case .nothing: return ExitStatus.ok.rawValue
      }
    } catch {
      return await Output(arguments.format, context: context).fail(
        error, of: arguments.commandName ?? SMControl.name)
    }
  }

  /// What a command line asks for.
  private enum Request {
    case command(any ControlSubcommand)
    case shell(SMControl)
    /// Help or the version, which has been given.
    case nothing
  }

  private static func parse(
    _ arguments: Arguments, console: Console
  ) throws(CommandFailure) -> Request {
    if let command = arguments.parseByName() { return .command(command) }
    do {
      let parsed = try arguments.parse()
      if let command = parsed as? any ControlSubcommand {
        if let option = arguments.first(of: ShellStartOptions.names) {
          throw CommandFailure(.usage, usageLines("\(option) and a command do not go together"))
        }
        return .command(command)
      }
      if let root = parsed as? SMControl { return .shell(root) }
      // What is left is ArgumentParser's own: --help, which speaks by throwing when it runs.
      var builtIn = parsed
      try builtIn.run()
      return .nothing
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      guard SMControl.exitCode(for: error).isSuccess else {
        throw CommandFailure(.usage, usageLines(SMControl.message(for: error)))
      }
      try console.write(SMControl.fullMessage(for: error) + "\n")
      return .nothing
    }
  }

  private static func usageLines(_ message: String) -> [String] {
    message.split(separator: "\n").map { HarmlessText.make($0.utf8) }
      + [#"see "smcontrol --help""#]
  }
}
