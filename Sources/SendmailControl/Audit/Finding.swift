// SPDX-License-Identifier: GPL-3.0-or-later

/// A rule that is broken, or that has something to tell, and where.
public struct Finding: Sendable, Hashable {
  /// The rule.
  public let rule: AuditRule
  /// What it is about: an absolute path, or that of the configuration file.
  public let path: [UInt8]
  /// What was found, in words; harmless to show.
  public let found: String
  /// What would mend it; none where there is nothing to mend, or nothing that can be said exactly.
  public let mending: [Mending]

  /// A finding.
  public init(_ rule: AuditRule, _ path: [UInt8], _ found: String, mending: [Mending] = []) {
    self.rule = rule
    self.path = path
    self.found = found
    self.mending = mending
  }
}

/// A step that would mend a finding. smcontrol takes none itself.
public struct Mending: Sendable, Hashable {
  /// What is to be done with the text.
  public enum Kind: String, Sendable {
    /// It is a command for a shell, run as root.
    case command
    /// It is a line for the configuration file.
    case setting
    /// It is words.
    case advice
  }

  /// What is to be done with the text.
  public let kind: Kind
  /// The command with its paths quoted, the line, or the words.
  public let text: String

  /// The command `words` and, quoted, `paths`.
  static func command(_ words: String, _ paths: [UInt8]...) -> Mending {
    Mending(
      kind: .command, text: ([words] + paths.map { ShellWord.quoted($0) }).joined(separator: " "))
  }

  /// A line of the configuration file.
  static func setting(_ line: String) -> Mending { Mending(kind: .setting, text: line) }

  /// Words.
  static func advice(_ text: String) -> Mending { Mending(kind: .advice, text: text) }
}

/// Something that could not be looked at, so that the audit is not complete.
public struct Unseen: Sendable, Hashable {
  /// What was to be looked at: a path, or the name of a thing.
  public let subject: [UInt8]
  /// What was wanted of it, and why it could not be had; harmless to show.
  public let reason: String

  /// Something that could not be looked at.
  public init(_ subject: [UInt8], _ reason: String) {
    self.subject = subject
    self.reason = reason
  }
}
