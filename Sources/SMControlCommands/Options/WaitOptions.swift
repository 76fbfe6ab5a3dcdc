// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// `--wait` and how long.
///
/// For more than a minute unless told otherwise: so long sendmail sleeps at its start when it finds no
/// qualified name for its host (“My unqualified host name … unknown; sleeping for retry”).
struct WaitOptions: ParsableArguments {
  @Flag(help: "Do not believe the promise: watch until it has come true.")
  var wait = false

  @Option(
    name: .customLong("wait-timeout"),
    help: ArgumentHelp("How long to watch (default: 90).", valueName: "seconds"))
  private var waitTimeoutWord: String?

  var duration: Duration {
    (waitTimeoutWord.flatMap(Seconds.init(word:)) ?? Seconds(90)).duration
  }

  func validate() throws {
    try Seconds.check(waitTimeoutWord, option: "--wait-timeout <seconds>")
    if waitTimeoutWord != nil && !wait {
      throw ValidationError("--wait-timeout goes with --wait")
    }
  }
}
