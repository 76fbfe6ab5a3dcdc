// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// Options of `queues`.
struct QueueOptions: Sendable {
  static let all = OptionSpec(
    "--all", help: "Include the client queue (submit.cf in the configuration file's directory).")
  static let byDomain = OptionSpec(
    "--by-domain", help: "Count recipients by domain and age, largest first.")
  static let bySenderDomain = OptionSpec(
    "--by-sender-domain", help: "Count messages by the sender's domain and age.")
  static let byStatus = OptionSpec(
    "--by-status", help: "Count messages by delivery status and age.")
  static let byLoss = OptionSpec(
    "--by-loss", help: "Count lost messages, and those about to be lost, by the reason.")
  static let top = Option(
    "--top", value: "number", .count,
    help: "Limit each table to this many rows (default: 20, in JSON all).")
  static let daemon = OptionSpec(
    "--daemon", help: "Ask the daemon for its own counts, too, which takes one of its slots.")

  static let counts: [OptionSpec] = [byDomain, bySenderDomain, byStatus, byLoss]
  static let specs: [OptionSpec] = [all] + counts + [top.spec, daemon, QueryOption.query]

  /// True if the client queue is shown, too.
  let all: Bool
  /// True if the daemon is asked.
  let daemon: Bool
  /// True if it is asked even when that makes it refuse SMTP connections.
  let isForced: Bool
  private let kinds: [QueueTables.Kind]
  private let top: Int?

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    all = line[Self.all]
    daemon = line[Self.daemon]
    isForced = line[QueryOption.query]
    kinds =
      (line[Self.byDomain] ? [.recipientDomains] : [])
      + (line[Self.bySenderDomain] ? [.senderDomains] : [])
      + (line[Self.byStatus] ? [.statuses] : []) + (line[Self.byLoss] ? [.losses] : [])
    top = try line[Self.top]
  }

  /// The tables that are asked for.
  var tables: QueueTables { QueueTables(kinds, limit: top) }
}
