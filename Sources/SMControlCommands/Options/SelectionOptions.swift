// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// The children that `status` and `mstat` show, and their order.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .customLong("sort"),
    help: ArgumentHelp(
      "Sort the children by this (default: kind, then age).\(ChildOrder.listed)",
      valueName: "key"),
    completion: .list(ChildOrder.words))
  private var sortWord: String?

  @Option(
    name: .customLong("kind"),
    help: ArgumentHelp(
      "Show only children of this kind; may be repeated.\(ChildKind.Category.listed)",
      valueName: "kind"),
    completion: .list(ChildKind.Category.words))
  private var kindWords: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show only children that serve an SMTP client with this in its address.",
      valueName: "address"))
  var peer: String?

  @Option(
    name: .customLong("older-than"),
    help: ArgumentHelp(
      "Show only children that began longer ago: seconds, or a time such as 5m, 1h30m, 2d.",
      valueName: "age"))
  private var olderThanWord: String?

  @Flag(help: "Count the children by peer instead of listing them: who holds the slots.")
  var byPeer = false

  private var sort: ChildOrder? { sortWord.flatMap(ChildOrder.init(word:)) }
  private var kinds: [ChildKind.Category] { kindWords.compactMap(ChildKind.Category.init(word:)) }
  private var olderThan: Age? { olderThanWord.flatMap(Age.init(word:)) }

  func validate() throws {
    try ChildOrder.check(sortWord, option: "--sort <key>")
    for word in kindWords { try ChildKind.Category.check(word, option: "--kind <kind>") }
    try Age.check(olderThanWord, option: "--older-than <age>")
    if peer?.isEmpty == true {
      throw ValidationError("--peer is empty: expected an address or a part of one")
    }
  }

  /// Whether any of the options is given.
  var areGiven: Bool {
    byPeer || sort != nil || !kinds.isEmpty || peer != nil || olderThan != nil
  }

  /// The formats that can show the selection. Where one is made and no format is asked for, it is the one
  /// for reading, also off a terminal: smcontrol.pl's could not show a selection.
  var formats: Formats {
    guard areGiven else { return .reply }
    guard byPeer else {
      return Formats(
        list: [.terminal, .json], standard: .terminal,
        reason: "cannot show a selection by --sort, --kind, --peer or --older-than")
    }
    return Formats(
      list: [.terminal], standard: .terminal, reason: "cannot show the counts of --by-peer")
  }

  /// The selection.
  var selection: ChildSelection {
    ChildSelection(
      kinds: Set(kinds), peer: peer.map { Array($0.utf8) }, olderThan: olderThan?.duration,
      order: sort)
  }
}

extension ChildOrder: OptionWord {}

extension ChildKind.Category: OptionWord {}
