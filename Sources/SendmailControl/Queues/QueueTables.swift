// SPDX-License-Identifier: GPL-3.0-or-later

/// A choice of the tables that are made of control files, and of the number of their lines.
public struct QueueTables: Sendable, Equatable {
  /// A table.
  public enum Kind: Sendable, Equatable, CaseIterable {
    /// Remaining recipients by domain.
    case recipientDomains
    /// Messages by the sender's domain.
    case senderDomains
    /// Messages by status: the reason why they wait.
    case statuses
  }

  /// The tables, in the order in which they are shown.
  public var kinds: [Kind]
  /// The most lines of a table; `nil` for all.
  public var limit: Int?

  /// These tables, each with at most `limit` lines.
  public init(_ kinds: [Kind] = [], limit: Int? = nil) {
    self.kinds = kinds
    self.limit = limit
  }
}

extension QueueContents {
  /// Returns the counts of a table.
  public func counts(of kind: QueueTables.Kind) -> HeavyHitters {
    switch kind {
    case .recipientDomains: recipientDomains
    case .senderDomains: senderDomains
    case .statuses: statuses
    }
  }
}
