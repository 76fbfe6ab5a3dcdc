// SPDX-License-Identifier: Apache-2.0

/// A choice of the tables that are made of control files, and of the number of their lines.
package struct QueueTables: Sendable, Equatable {
  /// A table.
  package enum Kind: Sendable, Equatable, CaseIterable {
    /// Remaining recipients by domain.
    case recipientDomains
    /// Messages by the sender's domain.
    case senderDomains
    /// Messages by status: the reason why they wait.
    case statuses
    /// Lost messages, and those that the next queue run loses, by the reason.
    case losses
  }

  /// The tables, in the order in which they are shown.
  package var kinds: [Kind]
  /// The most lines of a table; `nil` for all.
  package var limit: Int?

  /// These tables, each with at most `limit` lines.
  package init(_ kinds: [Kind] = [], limit: Int? = nil) {
    self.kinds = kinds
    self.limit = limit
  }
}

extension QueueContents {
  /// Returns the counts of a table.
  package func counts(of kind: QueueTables.Kind) -> HeavyHitters {
    switch kind {
    case .recipientDomains: recipientDomains
    case .senderDomains: senderDomains
    case .statuses: statuses
    case .losses: losses
    }
  }
}
