// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// `--wait` and how long.
struct WaitOptions: ParsableArguments {
  @Flag(help: "Do not believe the promise: watch until it has come true.")
  var wait = false

  @Option(
    help: ArgumentHelp("How long to watch (default: 60).", valueName: "seconds"))
  var waitTimeout: Seconds?

  var duration: Duration { (waitTimeout ?? Seconds(60)).duration }

  func validate() throws {
    if waitTimeout != nil && !wait {
      throw ValidationError("--wait-timeout goes with --wait")
    }
  }
}
