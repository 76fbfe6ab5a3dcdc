// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// `--wait` and how long.
struct WaitOptions: ParsableArguments {
  @Flag(help: "Do not believe the promise: watch until it has come true.")
  var wait = false

  @Option(
    name: .customLong("wait-timeout"),
    help: ArgumentHelp("How long to watch (default: 60).", valueName: "seconds"))
  private var waitTimeoutWord: String?

  var duration: Duration {
    (waitTimeoutWord.flatMap(Seconds.init(word:)) ?? Seconds(60)).duration
  }

  func validate() throws {
    try Seconds.check(waitTimeoutWord, option: "--wait-timeout <seconds>")
    if waitTimeoutWord != nil && !wait {
      throw ValidationError("--wait-timeout goes with --wait")
    }
  }
}
