// SPDX-License-Identifier: Apache-2.0

/// The names that `smcontrol config` has a value for.
package enum ConfigurationNames {
  /// The lines about queue groups.
  static let queueGroup = "QueueGroup"
  /// The control socket, resolved.
  static let controlSocket = "control-socket"
  /// The base queue directory, resolved.
  static let baseQueueDirectory = "base-queue-directory"

  /// All names, without regard to case in alphabetical order. `Timeout` and `Milter` stand for all of their
  /// suboptions.
  package static let all: [String] =
    (OptionTable.options.map(\.shownName) + TimeoutName.allCases.map { "Timeout.\($0.name)" }
    + MilterOption.all.map { "Milter.\($0)" } + [queueGroup, controlSocket, baseQueueDirectory])
    .sorted { precedes($0, $1) }

  /// The name that `word` is, without regard to case, as it is printed.
  package static func name(for word: some Collection<UInt8>) -> String? {
    let folded = word.map(ASCII.lowercased)
    return all.first { $0.utf8.map(ASCII.lowercased) == folded }
  }

  /// Returns whether `name` belongs to `asked`: is the same, or one of its suboptions.
  static func isPart(_ name: String, of asked: String) -> Bool {
    name == asked || (!asked.contains(".") && name.hasPrefix(asked + "."))
  }

  /// Returns whether `left` comes before `right` in a listing.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lazy.map(ASCII.lowercased).lexicographicallyPrecedes(
      right.utf8.lazy.map(ASCII.lowercased))
  }
}

/// The names after `Milter.`.
enum MilterOption {
  static let all: [String] = [
    "macros.connect", "macros.helo", "macros.envfrom", "macros.envrcpt", "macros.data",
    "macros.eom", "macros.eoh", "loglevel",
  ]
}
