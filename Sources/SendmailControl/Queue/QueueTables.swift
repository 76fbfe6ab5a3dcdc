// SPDX-License-Identifier: GPL-3.0-or-later

/// Which tables to show of what control files say, and how much of each.
public struct QueueTables: Sendable, Equatable {
  /// A table.
  public enum Kind: Sendable, Equatable, CaseIterable {
    /// Recipients that are left, by domain.
    case recipientDomains
    /// Messages by the sender's domain.
    case senderDomains
    /// Messages by why they are still here.
    case statuses
  }

  /// The tables, in the order in which they are shown.
  public var kinds: [Kind]
  /// The lines of each at most; `nil` for all.
  public var limit: Int?

  /// These tables, each with at most `limit` lines.
  public init(_ kinds: [Kind] = [], limit: Int? = nil) {
    self.kinds = kinds
    self.limit = limit
  }
}

extension QueueContents {
  /// What the table is made of.
  public func tally(_ kind: QueueTables.Kind) -> QueueTally {
    switch kind {
    case .recipientDomains: recipientDomains
    case .senderDomains: senderDomains
    case .statuses: statuses
    }
  }
}
