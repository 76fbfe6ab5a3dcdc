// SPDX-License-Identifier: Apache-2.0

/// The messages and connections that sendmail has counted in its statistics file, `StatusFile`.
package struct MailStatistics: Sendable, Equatable {
  /// The counts of a mailer, or the sums of all.
  package struct Counts: Sendable, Equatable {
    /// Messages accepted from senders whose address belongs to the mailer, discarded ones included.
    package var messagesFrom = 0
    /// The size of these in units of 1000 bytes, each message rounded up.
    package var kilobytesFrom = 0
    /// Deliveries by the mailer: one for all recipients of a message that it takes together.
    package var messagesTo = 0
    /// The size of these in units of 1000 bytes, each message rounded up.
    package var kilobytesTo = 0
    /// Rejections by a rule set or a filter, by the mailer of the sender.
    package var rejected = 0
    /// Messages discarded by a rule set or a filter.
    package var discarded = 0
    /// Messages quarantined.
    package var quarantined = 0

    /// Counts of nothing.
    package init() {}

    /// True if no message was counted. sendmail's mailstats does not list such a mailer.
    package var isEmpty: Bool {
      [messagesFrom, messagesTo, rejected, discarded, quarantined].allSatisfy { $0 == 0 }
    }

    /// Adds the counts of `other`.
    package mutating func add(_ other: Counts) {
      messagesFrom += other.messagesFrom
      kilobytesFrom += other.kilobytesFrom
      messagesTo += other.messagesTo
      kilobytesTo += other.kilobytesTo
      rejected += other.rejected
      discarded += other.discarded
      quarantined += other.quarantined
    }
  }

  /// The counts of SMTP connections.
  package struct Connections: Sendable, Equatable {
    /// Connections accepted from clients.
    package var from = 0
    /// Connections made to servers.
    package var to = 0
    /// Rejections of any kind: of connections, of senders and recipients, and of messages, those
    /// discarded included.
    package var rejected = 0

    /// Counts of nothing.
    package init() {}
  }

  /// The time at which the first count was written, in seconds since 1970; `nil` when nothing has been
  /// counted yet.
  package var since: Int?
  /// The counts of connections.
  package var connections = Connections()
  /// The counts of each mailer, by its number.
  package var mailers: [Counts] = []

  /// Statistics of nothing: those of an empty file.
  package init() {}

  /// The sums of the counts of all mailers.
  package var total: Counts { mailers.reduce(into: Counts()) { $0.add($1) } }
}
