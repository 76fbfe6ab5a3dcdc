// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport

/// The options that `--help` lists for a command, each with all its names.
struct ListedOptions: Sendable {
  private let names: [String: [[String]]]

  /// Asks smcontrol about each of `commands`.
  init(of commands: [String]) async throws {
    var names: [String: [[String]]] = [:]
    for command in commands {
      let help = try await SMControlRun.run([command, "--help"])
      names[command] = Self.names(in: help.output)
    }
    self.names = names
  }

  /// The options of `command`, but for those that show a text instead of running it.
  func options(of command: String) -> [[String]] { names[command] ?? [] }

  /// All names of the option of `command` that is called `name`, or `nil` when it is not listed.
  func names(of name: String, of command: String) -> [String]? {
    options(of: command).first { $0.contains(name) }
  }

  /// The names that begin lines of `help`: two blanks, then names with commas between them.
  private static func names(in help: String) -> [[String]] {
    help.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  -") else { return nil }
      let names = line.matches(of: /(?:^  |, )(--?[A-Za-z][A-Za-z-]*)/).map { String($0.output.1) }
      return names.contains("--help") || names.contains("--version") ? nil : names
    }
  }
}
