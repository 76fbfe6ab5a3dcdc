// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// How the shell is started. For use without a command.
struct ShellStartOptions: ParsableArguments {
  @Option(
    name: [.customShort("e"), .customLong("execute")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Run this line as the shell would, and no shell; may be repeated.", valueName: "line"))
  var lines: [String] = []

  @Flag(help: "Run on when a line of standard input, or behind -e, fails.")
  var keepGoing = false

  @Flag(help: "Do not look at the daemon from outside while nothing is typed.")
  var noPoll = false

  /// Their names.
  static let names = ["-e", "--execute", "--keep-going", "--no-poll"]
}
