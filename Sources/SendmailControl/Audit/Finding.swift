// SPDX-License-Identifier: Apache-2.0

/// A rule that a path or a configuration breaks, or, for a note, that applies to it.
package struct Finding: Sendable, Hashable {
  /// The rule.
  package let rule: AuditRule
  /// The absolute path that the finding is about, or that of the configuration file.
  package let path: [UInt8]
  /// The state that was found, in words that are safe to print.
  package let found: String
  /// The steps that fix it; empty where there is nothing to fix, or no exact step is known.
  package let remediation: [Remedy]

  /// A finding.
  package init(_ rule: AuditRule, _ path: [UInt8], _ found: String, remediation: [Remedy] = []) {
    self.rule = rule
    self.path = path
    self.found = found
    self.remediation = remediation
  }
}

/// A step that fixes a finding. smcontrol itself takes none.
package struct Remedy: Sendable, Hashable {
  /// The kinds of step.
  package enum Kind: String, Sendable {
    /// A shell command, to be run as root.
    case command
    /// A line for the configuration file.
    case setting
    /// The same for the source that m4 makes the configuration file of.
    case macro = "m4"
    /// Advice in words.
    case advice
  }

  /// The kind of step.
  package let kind: Kind
  /// The command with its paths quoted, the line, or the advice.
  package let text: String

  /// Returns the command `words` followed by `paths`, quoted.
  static func command(_ words: String, _ paths: [UInt8]...) -> Remedy {
    Remedy(
      kind: .command, text: ([words] + paths.map { ShellWord.quoted($0) }).joined(separator: " "))
  }

  /// Returns the command with the file at `path` as its standard input.
  func reading(_ path: [UInt8]) -> Remedy {
    Remedy(kind: kind, text: "\(text) <\(ShellWord.quoted(path))")
  }

  /// Returns a line for the configuration file.
  static func setting(_ line: String) -> Remedy { Remedy(kind: .setting, text: line) }

  /// Returns advice in words.
  static func advice(_ text: String) -> Remedy { Remedy(kind: .advice, text: text) }
}

/// A path that could not be checked, so that the audit is incomplete.
package struct Unchecked: Sendable, Hashable {
  /// The path.
  package let path: [UInt8]
  /// The reason, and where it is not the path itself, what could not be checked; safe to print.
  package let reason: String
  /// True if another user might be permitted to check it.
  package let isForbidden: Bool

  /// A path that could not be checked.
  package init(_ path: [UInt8], _ reason: String, isForbidden: Bool) {
    self.path = path
    self.reason = reason
    self.isForbidden = isForbidden
  }

  /// A path whose look-up failed, where no rule is broken by that; `nil` where one is.
  init?(_ path: [UInt8], _ rule: PathRule) {
    switch rule {
    case .notPermitted: self.init(path, "Permission denied", isForbidden: true)
    case .systemError(let number):
      self.init(path, "system error \(number)", isForbidden: false)
    default: return nil
    }
  }
}
