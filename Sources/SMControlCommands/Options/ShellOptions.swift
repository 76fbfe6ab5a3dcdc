// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// Options for the start of the shell.
struct ShellOptions: Sendable {
  static let execute = Option(
    "-e", "--execute", value: "line", .any,
    help: "Execute this line and exit; may be repeated.",
    [.repeated, .anyWord])
  static let keepGoing = OptionSpec(
    "--keep-going", help: "Continue after a line that fails.")
  static let noPoll = OptionSpec(
    "--no-poll", help: "Do not poll the daemon's state at the prompt.")

  static let all: [OptionSpec] = [execute.spec, keepGoing, noPoll]

  /// The lines to run instead of a shell.
  var lines: [Word]
  /// True if a line that fails is not the last one.
  var keepGoing: Bool
  /// True if the daemon is observed while nothing is typed.
  var polls: Bool

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    lines = try line.all(Self.execute)
    keepGoing = line[Self.keepGoing]
    polls = !line[Self.noPoll]
  }
}

/// The options that hold for all lines of a session.
enum SessionOptions {
  static let all: [OptionSpec] = ConnectionOptions.all + DisplayOptions.all
}
