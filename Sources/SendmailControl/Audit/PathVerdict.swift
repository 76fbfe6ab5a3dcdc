// SPDX-License-Identifier: Apache-2.0

/// A rule that a path breaks, with the component that breaks it.
package struct PathFinding: Sendable, Equatable {
  /// The rule.
  package let rule: PathRule
  /// The component that breaks it, as a path from the start of the walk.
  package let path: [UInt8]
  /// The facts about the component; `nil` when it could not be looked up.
  package let facts: FileFacts?

  /// A finding.
  package init(rule: PathRule, path: [UInt8], facts: FileFacts?) {
    self.rule = rule
    self.path = path
    self.facts = facts
  }
}

/// A directory or symbolic link that the walk has visited.
package struct PathStep: Sendable, Equatable {
  /// The path.
  package let path: [UInt8]
  /// The facts about it.
  package let facts: FileFacts
}

/// The result of sendmail's check of a socket path.
package struct PathVerdict: Sendable, Equatable {
  /// Every broken rule in sendmail's order of checks. sendmail stops at the first; the others are for
  /// users who want to fix them all.
  package internal(set) var findings: [PathFinding] = []
  /// Every visited component in order, whether or not it breaks a rule.
  package internal(set) var steps: [PathStep] = []
  /// The file at the path itself; `nil` when there is none. If the path is allowed, sendmail removes
  /// this file without asking, whatever it is.
  package internal(set) var existing: FileFacts?

  /// True if sendmail would create its socket there.
  package var isAllowed: Bool { findings.isEmpty }

  /// The finding at which sendmail stops, or `nil` when the path is allowed.
  package var refusal: PathFinding? { findings.first }
}
