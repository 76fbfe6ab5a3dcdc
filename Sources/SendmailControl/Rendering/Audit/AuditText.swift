// SPDX-License-Identifier: GPL-3.0-or-later

/// An audit for reading: grouped by path, each with its ladder.
public enum AuditText {
  /// The text of `reports` for a place that can show `style`.
  ///
  /// Names of files and users are made harmless on the way. A command is never folded, so that it can
  /// be copied.
  public static func make(_ reports: [AuditReport], style: TerminalStyle) -> String {
    var text = ""
    for report in reports {
      let kind = report.isClient ? "mail submission program" : "daemon"
      text += style.painted("\(style.text(report.file)) (\(kind))", .bold) + "\n\n"
      for group in report.groups { text += AuditGroupText(group: group, style: style).text + "\n" }
    }
    return text + summary(reports, style: style) + "\n"
  }

  /// How much was found: `1 error, 2 warnings, 0 notes`.
  private static func summary(_ reports: [AuditReport], style: TerminalStyle) -> String {
    let counts = AuditSeverity.allCases.map { severity in
      let count = reports.reduce(0) { $0 + $1.count(severity) }
      let text = "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
      return count == 0 ? text : style.painted(text, severity.paint)
    }
    let unseen = Set(reports.flatMap(\.unseen)).count
    let rest =
      unseen == 0 ? "" : "; \(unseen) thing\(unseen == 1 ? "" : "s") could not be looked at"
    return counts.joined(separator: ", ") + rest
  }
}

/// The findings about one path.
struct AuditGroupText {
  let group: AuditReport.Group
  let style: TerminalStyle

  var text: String {
    var text =
      style.painted(group.subject.title, .bold) + " " + style.text(group.path) + "\n"
    if !group.ladder.rungs.isEmpty { text += "\n" + ladder }
    for finding in group.findings { text += "\n" + AuditFindingText(finding, style).text }
    for unseen in group.unseen {
      text += "\n  " + style.painted("not seen", .warning)
      text += " \(style.text(unseen.subject)): \(style.shown(unseen.reason))\n"
    }
    if group.findings.isEmpty, group.unseen.isEmpty {
      text += "\n  nothing is wrong with it\n"
    }
    return text
  }

  /// `drwx------ root /var/spool/mqueue/`, with what differs behind it.
  private var ladder: String {
    let owners = group.ladder.rungs.map { style.text($0.owner.utf8) }
    let paths = group.ladder.rungs.map { style.shown($0.shownPath) }
    let ownerWidth = owners.map(DisplayWidth.of).max() ?? 0
    let marked = group.ladder.rungs.indices.filter { !group.ladder.rungs[$0].marks.isEmpty }
    let pathWidth = marked.map { DisplayWidth.of(paths[$0]) }.max() ?? 0
    var text = ""
    for (index, rung) in group.ladder.rungs.enumerated() {
      let padding = String(repeating: " ", count: ownerWidth - DisplayWidth.of(owners[index]))
      let line = "\(rung.modeText) \(owners[index])\(padding) \(paths[index])"
      guard let worst = rung.marks.map(\.severity).min() else {
        text += "    \(line)\n"
        continue
      }
      let gap = String(repeating: " ", count: max(0, pathWidth - DisplayWidth.of(paths[index])))
      let labels = rung.marks.map(\.label).joined(separator: ", ")
      text += "  " + style.painted("!", worst.paint) + " \(line)\(gap)  "
      text += style.painted("<- \(labels)", worst.paint) + "\n"
    }
    return text
  }
}

/// One finding: what, the rule, why, and what would mend it.
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
    text += " \(rule.rawValue)\n"
    text += paragraph("found", "\(HarmlessText.make(finding.path)): \(finding.found)")
    text += paragraph("rule", "\(rule.law) (\(rule.source))")
    text += paragraph("why", rule.reason)
    for mending in finding.mending {
      switch mending.kind {
      case .command: text += Self.lead("mend") + style.shown(mending.text) + "\n"
      case .setting: text += Self.lead("set") + style.shown(mending.text) + "\n"
      case .advice: text += paragraph("mend", mending.text)
      }
    }
    return text
  }

  /// `text` behind a word, folded and hung.
  private func paragraph(_ word: String, _ text: String) -> String {
    let text = style.shown(text)
    guard let width = style.width else { return Self.lead(word) + text + "\n" }
    let indent = DisplayWidth.of(Self.lead(word))
    let lines = StyledText(text).folded(into: max(20, width - indent)).map { $0.text(style) }
    return Self.lead(word)
      + lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
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

/// What a rule says, for reading.
public enum AuditRuleExplanation {
  /// The rule with its reasons.
  public static func make(_ rule: AuditRule, style: TerminalStyle) -> String {
    var text = style.painted(rule.rawValue, .bold) + " (\(rule.severity.rawValue))\n\n"
    for paragraph in [rule.law, rule.reason, "From: \(rule.source)."] {
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
