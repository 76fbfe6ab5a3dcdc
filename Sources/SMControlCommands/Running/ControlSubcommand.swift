// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// A command of the tree: parsed from argv or from a line, and run in a context.
protocol ControlSubcommand: ParsableCommand {
  /// The options every command takes.
  var connection: ConnectionOptions { get }

  /// Does what the command is for.
  ///
  /// - Returns: what to exit with; anything but `ok` has been explained on standard error.
  /// - Throws: ``CommandFailure``, to be reported by the caller.
  func run(in context: CommandContext) async throws(CommandFailure) -> ExitStatus
}
