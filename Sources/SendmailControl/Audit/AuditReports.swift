// SPDX-License-Identifier: Apache-2.0

/// The audit of one configuration or of several, with the exit status that follows from it.
package struct AuditReports: Report {
  /// The audits, one a configuration.
  package var reports: [AuditReport]
  /// The exit status of smcontrol.
  package var exitStatus: Int32

  /// True if the text lists the notes, which it only counts otherwise.
  package var listsNotes: Bool

  /// The audits `reports`.
  package init(_ reports: [AuditReport], exitStatus: Int32, listsNotes: Bool = true) {
    self.reports = reports
    self.exitStatus = exitStatus
    self.listsNotes = listsNotes
  }

  /// The findings, grouped by path, without colours and not folded.
  package var classic: String { terminal(TerminalStyle()) }

  /// Returns the findings, grouped by path.
  package func terminal(_ style: TerminalStyle) -> String {
    AuditText.make(reports, style: style, listsNotes: listsNotes)
  }

  /// The findings.
  package var document: AuditDocument { AuditDocument(reports, exitStatus: exitStatus) }
}

extension AuditRule: Report {
  /// The explanation of the rule.
  package var classic: String { terminal(TerminalStyle()) }

  /// Returns the rule's requirement, reason and source.
  package func terminal(_ style: TerminalStyle) -> String {
    AuditRuleExplanation.make(self, style: style)
  }

  /// The explanation of the rule.
  package var document: AuditRuleDocument { AuditRuleDocument(self) }
}
