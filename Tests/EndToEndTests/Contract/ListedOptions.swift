// SPDX-License-Identifier: GPL-3.0-or-later

@testable import SMControlCommands

/// The options that the command table lists for a command, each with all its names.
enum ListedOptions {
  /// The options of `command`.
  static func options(of command: String) -> [[String]] {
    CommandTable.commands.first { $0.name == command }?.options.map(\.names) ?? []
  }

  /// All names of the option of `command` that is called `name`, or `nil` when it is not listed.
  static func names(of name: String, of command: String) -> [String]? {
    options(of: command).first { $0.contains(name) }
  }
}
