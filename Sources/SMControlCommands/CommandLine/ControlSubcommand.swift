// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// A command that can be run: of the tree that argv is parsed by, or of the shell alone.
protocol RunnableCommand: ParsableCommand {
  /// A line that shows its use, without the program's name.
  static var example: String { get }

  /// The formats of its output, as its options have it.
  var formats: Formats { get }

  /// Runs the command.
  ///
  /// - Returns: what to exit with; anything but `ok` has been explained on standard error.
  /// - Throws: ``CommandFailure``, to be shown by the caller.
  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
}

extension RunnableCommand {
  /// All formats, for commands of the shell that only print text.
  var formats: Formats { .reply }

  /// Checks that the command may run, before anything is sent or changed.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/usage`` for a format that the command lacks, and
  ///   ``ExitStatus/noPermission`` for what is forbidden.
  func check(in context: CommandContext) throws(CommandFailure) {
    guard let subcommand = self as? any ControlSubcommand else { return }
    try output(in: context).check(formats, of: Self.name)
    try subcommand.checkAllowed(by: context.environment)
  }

  /// Runs the command, and shows what went wrong.
  ///
  /// - Returns: what to exit with.
  func execute(in context: CommandContext) async -> Int32 {
    let output = output(in: context)
    do throws(CommandFailure) {
      try check(in: context)
      return try await run(in: context, output).rawValue
    } catch {
      if let code = error.socketError { context.shell?.record(code) }
      return await output.fail(error, of: Self.name)
    }
  }

  private func output(in context: CommandContext) -> Output {
    Output(
      (self as? any ControlSubcommand)?.connection.format
        ?? context.shell?.options.connection.format,
      of: formats, display: (self as? any DisplayingSubcommand)?.display, context: context)
  }
}

extension RunnableCommand {
  /// Its name.
  static var name: String { configuration.commandName ?? "" }
}

/// A command of the tree: parsed from argv or from a line, and run in a context.
protocol ControlSubcommand: RunnableCommand {
  /// Whether the command only looks, so that `--read-only` lets it pass.
  static var onlyLooks: Bool { get }

  /// The options every command takes.
  var connection: ConnectionOptions { get set }

  /// Takes over what the shell was told for all its commands, where the line does not say otherwise.
  mutating func adopt(_ options: ShellOptions)
}

extension ControlSubcommand {
  /// A command has to say that it does no more than look.
  static var onlyLooks: Bool { false }

  /// Sees to it that `--read-only` or its variable does not forbid the command.
  func checkAllowed(by environment: Environment) throws(CommandFailure) {
    guard !Self.onlyLooks, connection.readOnly || environment.isReadOnly else { return }
    let origin = connection.readOnly ? "--read-only" : Environment.Name.readOnly.rawValue
    let looking = SMControl.commands.filter { $0.onlyLooks }.map { $0.name }
    throw CommandFailure(
      .noPermission,
      "\(Self.name): \(origin) forbids it; it allows \(looking.joined(separator: ", "))")
  }

  mutating func adopt(_ options: ShellOptions) {
    connection.adopt(options.connection)
  }
}

/// A command that shows more than the daemon's words, and takes the options for how.
protocol DisplayingSubcommand: ControlSubcommand {
  /// The options of what is shown.
  var display: DisplayOptions { get set }
}

extension DisplayingSubcommand {
  mutating func adopt(_ options: ShellOptions) {
    connection.adopt(options.connection)
    display.adopt(options.display)
  }
}
