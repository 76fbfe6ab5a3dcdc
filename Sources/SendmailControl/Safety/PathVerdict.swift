// SPDX-License-Identifier: GPL-3.0-or-later

/// A rule that a path breaks, and where.
public struct PathFinding: Sendable, Equatable {
  /// The rule.
  public let rule: PathRule
  /// The component that breaks it, as a path from where the walk began.
  public let path: [UInt8]
  /// What is known of that component; `nil` when it could not be looked at.
  public let facts: FileFacts?

  /// A finding.
  public init(rule: PathRule, path: [UInt8], facts: FileFacts?) {
    self.rule = rule
    self.path = path
    self.facts = facts
  }
}

/// A directory or symbolic link that the walk has looked at.
public struct PathStep: Sendable, Equatable {
  /// Its path.
  public let path: [UInt8]
  /// What it is.
  public let facts: FileFacts
}

/// What sendmail would make of a socket path.
public struct PathVerdict: Sendable, Equatable {
  /// Every rule broken, in the order sendmail looks. sendmail stops at the first; the rest is for
  /// somebody who wants to mend them all.
  public internal(set) var findings: [PathFinding] = []
  /// Every component looked at, in order, whether it breaks a rule or not.
  public internal(set) var steps: [PathStep] = []
  /// What stands at the path itself; `nil` when there is nothing. When the path is allowed, sendmail
  /// removes this without asking, whatever it is.
  public internal(set) var existing: FileFacts?

  /// Whether sendmail would create its socket there.
  public var isAllowed: Bool { findings.isEmpty }

  /// What sendmail stops at, or `nil` when the path is allowed.
  public var refusal: PathFinding? { findings.first }
}
