// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// A command with the values of its options and arguments.
protocol Command: Sendable {
  /// The formats of its output, where the options leave others than those of its row.
  var formats: Formats? { get }

  /// Runs the command.
  ///
  /// - Returns: what to exit with; anything but `ok` has been explained on standard error.
  /// - Throws: ``CommandFailure``, to be shown by the caller.
  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
}

extension Command {
  var formats: Formats? { nil }
}

/// A command as a line asks for it, ready to run.
struct Invocation: Sendable {
  /// Its row.
  let spec: CommandSpec
  /// The line, with the options of the session.
  private let line: ParsedLine
  private let command: any Command
  private let format: OutputFormat?
  private let display: DisplayOptions

  /// The command that `line` asks for.
  ///
  /// `session` are the options that hold where the line does not override them.
  ///
  /// - Throws: ``UsageError``.
  init(
    _ spec: CommandSpec, _ line: ParsedLine, session: ParsedLine = ParsedLine()
  ) throws(UsageError) {
    self.spec = spec
    self.line = line.inheriting(session, for: spec)
    do throws(UsageError) {
      for rule in spec.rules { try rule.check(self.line) }
      command = try spec.make(self.line)
      // A command of the shell takes no format, and fails in that of the session.
      let format = try self.line[ConnectionOptions.format]
      self.format = try format == nil ? session[ConnectionOptions.format] : format
      display = try DisplayOptions(self.line)
    } catch {
      throw error.of(spec)
    }
  }

  /// Checks that the command may run, before anything is sent or changed.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/usage`` for a format that the command lacks, and
  ///   ``ExitStatus/noPermission`` for what is forbidden.
  func check(in context: CommandContext) throws(CommandFailure) {
    if let formats { try output(in: context).check(formats, of: spec.name) }
    guard spec.effect != .readOnly else { return }
    let isForbidden = line[ConnectionOptions.readOnly]
    guard isForbidden || context.environment.isReadOnly else { return }
    let origin =
      isForbidden ? ConnectionOptions.readOnly.name : EnvironmentVariables.Name.readOnly.rawValue
    let allowed = CommandTable.commands.filter { $0.effect == .readOnly }.map(\.name)
    throw CommandFailure(
      .noPermission,
      "\(spec.name): not permitted with \(origin), which allows \(allowed.joined(separator: ", "))")
  }

  /// Runs the command, and shows its failure.
  ///
  /// - Returns: what to exit with.
  func execute(in context: CommandContext) async -> Int32 {
    var context = context
    do throws(CommandFailure) {
      try check(in: context)
      // A command that is refused says so all the same.
      context.console.isQuiet = display.isQuiet
      return try await command.run(in: context, output(in: context)).rawValue
    } catch {
      if let code = error.socketError { context.shell?.record(code) }
      return await fail(error, in: context)
    }
  }

  /// Shows a failure.
  ///
  /// - Returns: what to exit with.
  func fail(_ failure: CommandFailure, in context: CommandContext) async -> Int32 {
    await output(in: context).fail(failure.under(spec.exits), of: spec.name)
  }

  private var formats: Formats? { command.formats ?? spec.formats }

  private func output(in context: CommandContext) -> Output {
    Output(format, of: formats ?? .reply, display: display, context: context)
  }
}
