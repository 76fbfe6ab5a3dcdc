// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// Runs lines of the shell, wherever they come from.
struct LineRunner {
  let session: ShellSession
  /// The context of a command, without the destination of its output.
  let context: CommandContext

  /// A runner for `session`.
  init(_ session: ShellSession, context: CommandContext) {
    self.session = session
    var context = context
    context.shell = session
    self.context = context
  }

  /// Runs `line`, and shows its failure.
  ///
  /// - Returns: what the command exits with; 0 for a line without one.
  func run(_ line: [UInt8]) async -> Int32 {
    let parsed: ShellLine
    let invocation: Invocation
    do throws(CommandFailure) {
      parsed = try Self.split(line)
      guard let found = try self.invocation(parsed.words) else { return ExitStatus.ok.rawValue }
      invocation = found
    } catch {
      let words = (try? Self.split(line).words) ?? []
      let intent = CommandLineParser.intent(of: words, in: .shell)
      let output = Output(
        intent.format ?? session.connection.format, of: intent.command?.formats ?? .reply,
        context: context)
      return await output.fail(
        error.under(intent.command?.exits ?? .sysexits), of: intent.command?.name ?? error.command)
    }
    do throws(CommandFailure) {
      try invocation.check(in: context)
      try checkDestination(parsed.destination)
      return try await run(invocation, parsed.destination)
    } catch {
      return await invocation.fail(error, in: context)
    }
  }

  private static func split(_ line: [UInt8]) throws(CommandFailure) -> ShellLine {
    do {
      return try ShellLine(line)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  /// The command that `words` ask for; `nil` when there are none.
  private func invocation(_ words: [Word]) throws(CommandFailure) -> Invocation? {
    guard !words.isEmpty else { return nil }
    do throws(UsageError) {
      switch try CommandLineParser.parse(words, in: .shell) {
      case .command(let spec, let line):
        return try Invocation(spec, line, session: session.options)
      case .help(let spec):
        // Help goes wherever the output of the line goes.
        var line = ParsedLine()
        if let spec { line.add(argument: Word(spec.name.utf8)) }
        return try Invocation(.help, line, session: session.options)
      // For the program's own command line only.
      case .shell, .version: return nil
      }
    } catch {
      throw CommandFailure(error, in: .shell)
    }
  }

  private func run(
    _ invocation: Invocation, _ destination: ShellLine.Destination
  ) async throws(CommandFailure) -> Int32 {
    switch destination {
    case .standardOutput: return await invocation.execute(in: context)
    case .file(let name, let appending):
      return try await OutputFile.write(to: FilePath(bytes: name), appending: appending, context) {
        context in
        await invocation.execute(in: context)
      }
    case .program(let words):
      return try await OutputProgram(words, context).run(invocation)
    }
  }

  /// Ensures that a user with read-only access writes no file and starts no program: as root, by
  /// leave of sudo, either would be all they need.
  private func checkDestination(
    _ destination: ShellLine.Destination
  ) throws(CommandFailure) {
    guard let origin = session.readOnlyOrigin(context.environment) else { return }
    switch destination {
    case .standardOutput: return
    case .file: throw CommandFailure(.noPermission, "> FILE: not permitted with \(origin)")
    case .program: throw CommandFailure(.noPermission, "| PROGRAM: not permitted with \(origin)")
    }
  }
}
