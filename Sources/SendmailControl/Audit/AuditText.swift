// SPDX-License-Identifier: Apache-2.0

/// The text of an audit: grouped by path, each with its components.
package enum AuditText {
  /// Returns the text of `reports` in `style`.
  ///
  /// Names of files and users are escaped. A command is never folded, so that it can be copied.
  ///
  /// `listsNotes` is true if notes are listed and not only counted.
  package static func make(
    _ reports: [AuditReport], style: TerminalStyle, listsNotes: Bool = true
  ) -> String {
    var text = ""
    for report in reports {
      let kind = report.isClient ? "mail submission program" : "daemon"
      text += style.painted("\(style.text(report.file)) (\(kind))", .bold) + "\n\n"
      for group in report.groups {
        text += AuditGroupText(group: group, style: style, listsNotes: listsNotes).text + "\n"
      }
    }
    let hasHiddenNotes = !listsNotes && reports.contains { $0.count(.note) > 0 }
    let hint = hasHiddenNotes ? "; --notes lists the notes" : ""
    return text + summary(reports, style: style) + hint + "\n"
  }

  /// Returns the numbers of findings: `1 error, 2 warnings, 0 notes`.
  private static func summary(_ reports: [AuditReport], style: TerminalStyle) -> String {
    let counts = AuditSeverity.allCases.map { severity in
      let count = reports.reduce(0) { $0 + $1.count(severity) }
      let text = "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
      return count == 0 ? text : style.painted(text, severity.paint)
    }
    let unchecked = Set(reports.flatMap(\.unchecked)).count
    let rest =
      unchecked == 0 ? "" : "; \(unchecked) item\(unchecked == 1 ? "" : "s") not checked"
    return counts.joined(separator: ", ") + rest
  }
}

/// The text of the findings about one path.
struct AuditGroupText {
  let group: AuditReport.Group
  let style: TerminalStyle
  let listsNotes: Bool

  var text: String {
    let findings = group.findings.filter { isListed($0.rule) }
    var text =
      style.painted(group.subject.title, .bold) + " " + style.text(group.path) + "\n"
    if !group.components.list.isEmpty { text += "\n" + components }
    for finding in findings { text += "\n" + AuditFindingText(finding, style).text }
    for unchecked in group.unchecked {
      text += "\n  " + style.painted("not checked:", .warning)
      text += " \(style.text(unchecked.path)): \(style.shown(unchecked.reason))\n"
    }
    if findings.isEmpty, group.unchecked.isEmpty {
      text += group.findings.isEmpty ? "\n  no findings\n" : "\n  no errors or warnings\n"
    }
    return text
  }

  private func isListed(_ rule: AuditRule) -> Bool { listsNotes || rule.severity != .note }

  /// The components, one a line: `drwx------ root /var/spool/mqueue/`, followed by the labels of the
  /// rules that it breaks.
  private var components: String {
    let components = group.components.list
    let owners = components.map { style.text($0.owner.utf8) }
    let paths = components.map { style.shown($0.shownPath) }
    let ownerWidth = owners.map(DisplayWidth.of).max() ?? 0
    let rules = components.map { $0.rules.filter(isListed) }
    let annotated = components.indices.filter { !rules[$0].isEmpty }
    let pathWidth = annotated.map { DisplayWidth.of(paths[$0]) }.max() ?? 0
    var text = ""
    for (index, component) in components.enumerated() {
      let padding = String(repeating: " ", count: ownerWidth - DisplayWidth.of(owners[index]))
      let line = "\(component.modeText) \(owners[index])\(padding) \(paths[index])"
      guard let worst = rules[index].map(\.severity).min() else {
        text += "    \(line)\n"
        continue
      }
      let gap = String(repeating: " ", count: max(0, pathWidth - DisplayWidth.of(paths[index])))
      let labels = rules[index].map(\.label).joined(separator: ", ")
      text += "  " + style.painted("!", worst.paint) + " \(line)\(gap)  "
      text += style.painted("<- \(labels)", worst.paint) + "\n"
    }
    return text
  }
}

/// The text of one finding: its state, the rule, the reason and the steps that fix it.
struct AuditFindingText {
  private let finding: Finding
  private let style: TerminalStyle

  init(_ finding: Finding, _ style: TerminalStyle) {
    self.finding = finding
    self.style = style
  }

  var text: String {
    let rule = finding.rule
    var text = "  " + style.painted("\(rule.severity.rawValue)", rule.severity.paint)
    text += " \(rule.name)\n"
    text += paragraph("found", "\(TerminalEscaping.escape(finding.path)): \(finding.found)")
    text += paragraph("rule", "\(rule.requirement) (\(rule.source))")
    text += paragraph("why", rule.reason)
    for remedy in finding.remediation {
      switch remedy.kind {
      case .command: text += Self.lead("fix") + style.shown(remedy.text) + "\n"
      case .setting: text += Self.lead(".cf") + style.shown(remedy.text) + "\n"
      case .macro: text += Self.lead(".mc") + style.shown(remedy.text) + "\n"
      case .advice: text += paragraph("fix", remedy.text)
      }
    }
    return text
  }

  /// Returns `word` followed by `text`, folded with a hanging indent.
  private func paragraph(_ word: String, _ text: String) -> String {
    let lead = Self.lead(word)
    return style.paragraph(text, after: lead, indent: DisplayWidth.of(lead))
  }

  private static func lead(_ word: String) -> String {
    "    " + word + String(repeating: " ", count: max(1, 7 - word.utf8.count))
  }
}

extension AuditSeverity {
  var paint: Paint {
    switch self {
    case .error: .bad
    case .warning: .warning
    case .note: .faint
    }
  }
}

/// The text that explains a rule.
package enum AuditRuleExplanation {
  /// Returns the rule's requirement, reason and source.
  package static func make(_ rule: AuditRule, style: TerminalStyle) -> String {
    var text = style.painted(rule.name, .bold) + " (\(rule.severity.rawValue))\n\n"
    for paragraph in [rule.requirement, rule.reason, "Source: \(rule.source)."] {
      let lines =
        style.width.map {
          StyledText(paragraph).folded(into: max(20, $0 - 2)).map { $0.text(style) }
        }
        ?? [paragraph]
      text += lines.map { "  \($0)\n" }.joined() + "\n"
    }
    text.removeLast()
    return text
  }
}
