// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// A command of the tree: parsed from argv or from a line, and run in a context.
protocol ControlSubcommand: ParsableCommand {
  /// Whether the command only looks, so that `--read-only` lets it pass.
  static var onlyLooks: Bool { get }

  /// The options every command takes.
  var connection: ConnectionOptions { get }

  /// Does what the command is for.
  ///
  /// - Returns: what to exit with; anything but `ok` has been explained on standard error.
  /// - Throws: ``CommandFailure``, to be reported by the caller.
  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus
}

extension ControlSubcommand {
  /// A command has to say that it does no more than look.
  static var onlyLooks: Bool { false }

  /// Sees to it that `--read-only` or its variable does not forbid the command.
  func checkAllowed(by environment: Environment) throws(CommandFailure) {
    guard !Self.onlyLooks, connection.readOnly || environment.isReadOnly else { return }
    let origin = connection.readOnly ? "--read-only" : Environment.Name.readOnly.rawValue
    let looking = SMControl.commands.filter { $0.onlyLooks }
      .compactMap { $0.configuration.commandName }
    throw CommandFailure(
      .noPermission,
      "\(Self.configuration.commandName ?? ""): \(origin) forbids it; "
        + "it allows \(looking.joined(separator: ", "))")
  }
}
