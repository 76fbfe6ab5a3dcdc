// SPDX-License-Identifier: GPL-3.0-or-later

/// A rule that a path breaks, with the component that breaks it.
public struct PathFinding: Sendable, Equatable {
  /// The rule.
  public let rule: PathRule
  /// The component that breaks it, as a path from the start of the walk.
  public let path: [UInt8]
  /// The facts about the component; `nil` when it could not be looked up.
  public let facts: FileFacts?

  /// A finding.
  public init(rule: PathRule, path: [UInt8], facts: FileFacts?) {
    self.rule = rule
    self.path = path
    self.facts = facts
  }
}

/// A directory or symbolic link that the walk has visited.
public struct PathStep: Sendable, Equatable {
  /// The path.
  public let path: [UInt8]
  /// The facts about it.
  public let facts: FileFacts
}

/// The result of sendmail's check of a socket path.
public struct PathVerdict: Sendable, Equatable {
  /// Every broken rule in sendmail's order of checks. sendmail stops at the first; the others are for
  /// users who want to fix them all.
  public internal(set) var findings: [PathFinding] = []
  /// Every visited component in order, whether or not it breaks a rule.
  public internal(set) var steps: [PathStep] = []
  /// The file at the path itself; `nil` when there is none. If the path is allowed, sendmail removes
  /// this file without asking, whatever it is.
  public internal(set) var existing: FileFacts?

  /// Whether sendmail would create its socket there.
  public var isAllowed: Bool { findings.isEmpty }

  /// The finding at which sendmail stops, or `nil` when the path is allowed.
  public var refusal: PathFinding? { findings.first }
}
