// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// Runs lines of the shell, wherever they come from.
struct LineRunner {
  let session: ShellSession
  /// What a command runs in, but for where its output goes.
  let context: CommandContext

  /// A runner for `session`.
  init(_ session: ShellSession, context: CommandContext) {
    self.session = session
    var context = context
    context.shell = session
    self.context = context
  }

  /// Runs `line`, and shows what went wrong.
  ///
  /// - Returns: what the command exits with; 0 for a line without one.
  func run(_ line: String) async -> Int32 {
    var name = SMControl.name
    do throws(CommandFailure) {
      let parsed: ShellLine
      do {
        parsed = try ShellLine(line)
      } catch {
        throw CommandFailure(.usage, error.description)
      }
      guard !parsed.words.isEmpty, let command = try command(parsed.words) else {
        return ExitStatus.ok.rawValue
      }
      name = type(of: command).name
      try command.check(in: context)
      try checkDestination(parsed.destination)
      return try await run(command, parsed.destination)
    } catch {
      return await Output(session.options.connection.format, context: context).fail(error, of: name)
    }
  }

  private func run(
    _ command: any RunnableCommand, _ destination: ShellLine.Destination
  ) async throws(CommandFailure) -> Int32 {
    switch destination {
    case .standardOutput: return await command.execute(in: context)
    case .file(let name, let appending):
      return try await OutputFile.write(to: name, appending: appending, context) { context in
        await command.execute(in: context)
      }
    case .program(let words):
      return try await OutputProgram(words, context).run(command)
    }
  }

  /// Sees to it that whoever may only look writes no file and starts no program either: as root, by
  /// leave of sudo, either would be all they need.
  private func checkDestination(
    _ destination: ShellLine.Destination
  ) throws(CommandFailure) {
    guard let origin = session.readOnlyOrigin(context.environment) else { return }
    switch destination {
    case .standardOutput: return
    case .file: throw CommandFailure(.noPermission, "> FILE: \(origin) forbids it")
    case .program: throw CommandFailure(.noPermission, "| PROGRAM: \(origin) forbids it")
    }
  }

  /// The command that `words` spell; `nil` when they asked for help, which has been given.
  private func command(
    _ words: [String]
  ) throws(CommandFailure) -> (any RunnableCommand)? {
    var words = words
    // A line may begin with options, as argv may.
    let type = words[0].hasPrefix("-") ? nil : try ShellTree.command(for: words[0])
    if let type { words[0] = type.name }
    let arguments = Arguments(words)
    guard var command = try arguments.parseInShell(type, console: context.console) else {
      return nil
    }
    if var subcommand = command as? any ControlSubcommand {
      subcommand.adopt(session.options)
      command = subcommand
    }
    return command
  }
}

extension Arguments {
  /// The command that the words of a line spell; `nil` when they asked for help, which has been given.
  ///
  /// - Parameter type: the command, when its name comes first.
  fileprivate func parseInShell(
    _ type: (any RunnableCommand.Type)?, console: Console
  ) throws(CommandFailure) -> (any RunnableCommand)? {
    do {
      let parsed = try type.map { try parse(as: $0) } ?? parse(as: ShellTree.self)
      if let command = parsed as? any RunnableCommand { return command }
      if parsed is ShellTree { throw CommandFailure(.usage, "no command behind the options") }
      // What is left is ArgumentParser's own: --help, which speaks by throwing when it runs.
      var builtIn = parsed
      try builtIn.run()
      return nil
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      let root: any ParsableCommand.Type = type ?? ShellTree.self
      guard root.exitCode(for: error).isSuccess else {
        let lines = root.message(for: error).split(separator: "\n")
          .map { HarmlessText.make($0.utf8) }
        let name = type.map { " \($0.name)" } ?? ""
        throw CommandFailure(.usage, lines + [#"see "help\#(name)""#])
      }
      try console.write(ShellHelp.withoutProgramName(root.fullMessage(for: error)) + "\n")
      return nil
    }
  }
}
