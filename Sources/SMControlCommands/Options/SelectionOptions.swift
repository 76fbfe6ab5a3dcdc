// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The children that `status` and `mstat` show, and their order.
struct SelectionOptions: Sendable {
  static let sort = Option(
    "--sort", value: "key", ValueKind<ChildOrder>.words,
    help: "Sort the children by this (default: kind, then age).")
  static let kind = Option(
    "--kind", value: "kind", ValueKind<ChildKind.Category>.words,
    help: "Show only children of this kind; may be repeated.", .repeated)
  static let peer = Option(
    "--peer", value: "address", .peer,
    help: "Show only children that serve an SMTP client with this in its address.")
  static let olderThan = Option(
    "--older-than", value: "age", .age,
    help: "Show only children older than this: seconds, or a time such as 5m, 1h30m, 2d.")
  static let byPeer = OptionSpec(
    "--by-peer", help: "Count the children by peer, to see who holds the slots.")

  static let all: [OptionSpec] = [sort.spec, kind.spec, peer.spec, olderThan.spec, byPeer]

  private let sort: ChildOrder?
  private let kinds: [ChildKind.Category]
  private let peer: [UInt8]?
  private let olderThan: Duration?
  /// True if children are counted by peer.
  let byPeer: Bool

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    sort = try line[Self.sort]
    kinds = try line.all(Self.kind)
    peer = try line[Self.peer]
    olderThan = try line[Self.olderThan]
    byPeer = line[Self.byPeer]
  }

  /// True if none of the options is given.
  private var isEmpty: Bool {
    !byPeer && sort == nil && kinds.isEmpty && peer == nil && olderThan == nil
  }

  /// The formats that can show the selection, where one is made. Where no format is asked for, it is the one
  /// for reading, also off a terminal: smcontrol.pl's could not show a selection.
  var formats: Formats? {
    guard !isEmpty else { return nil }
    guard byPeer else {
      return Formats(
        list: [.terminal, .json], standard: .terminal,
        reason: "cannot show a selection by --sort, --kind, --peer or --older-than")
    }
    return Formats(
      list: [.terminal, .json], standard: .terminal, reason: "cannot show the counts of --by-peer")
  }

  /// The selection.
  var selection: ChildSelection {
    ChildSelection(kinds: kinds, peer: peer, olderThan: olderThan, order: sort)
  }
}
