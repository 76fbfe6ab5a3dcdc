// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// What `queues` shows.
struct QueueOptions: ParsableArguments {
  @Flag(help: "Show the client queue, of submit.cf beside the configuration file, too.")
  var all = false

  @Flag(help: "Count recipients by domain and age, the most first.")
  var byDomain = false

  @Flag(help: "Count messages by the sender's domain and age.")
  var bySenderDomain = false

  @Flag(help: "Count messages by why they are still here, and age.")
  var byStatus = false

  @Option(
    name: .customLong("top"),
    help: ArgumentHelp(
      "Show so many lines of each count (default: 20, in JSON all).", valueName: "number"))
  private var topWord: String?

  @Flag(help: "Ask the daemon for its own counts, too, which takes one of its slots.")
  var daemon = false

  func validate() throws {
    try LineCount.check(topWord, option: "--top <number>")
    if topWord != nil && kinds.isEmpty {
      throw ValidationError("--top goes with --by-domain, --by-sender-domain or --by-status")
    }
  }

  private var kinds: [QueueTables.Kind] {
    (byDomain ? [.recipientDomains] : []) + (bySenderDomain ? [.senderDomains] : [])
      + (byStatus ? [.statuses] : [])
  }

  /// The tables that are asked for.
  var tables: QueueTables {
    QueueTables(kinds, limit: topWord.flatMap(LineCount.init(word:))?.number)
  }
}

/// A number of lines above zero.
struct LineCount: OptionWord {
  static let words: [String] = []
  static let expectation = "Please provide a number above 0."

  let number: Int

  init?(word: String) {
    guard word.utf8.allSatisfy(ASCII.isDigit), let number = Int(word), number > 0 else {
      return nil
    }
    self.number = number
  }
}
