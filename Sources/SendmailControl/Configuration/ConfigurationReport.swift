// SPDX-License-Identifier: Apache-2.0

/// The options of a configuration in lines for scripts and in a table for reading.
package struct ConfigurationReport: Report {
  private let resolved: ResolvedConfiguration
  private let queues: QueueDirectories
  private let values: ConfigurationValueText

  /// A listing of `resolved` and its queue directories.
  package init(_ resolved: ResolvedConfiguration, queues: QueueDirectories) {
    self.resolved = resolved
    self.queues = queues
    values = ConfigurationValueText(resolved.configuration)
  }

  /// One `Name=value` a line, then a `QueueGroup=` for every queue group, `control-socket=`, which is
  /// empty when none is set, and `base-queue-directory=`.
  package var classic: String {
    rows.map { "\($0.name)=\($0.value)\n" }.joined()
  }

  /// Three columns: the option, its value, and its origin: `FILE:LINE`, `command line` or `default`.
  /// The columns are as wide as their texts, save that a long value moves its origin.
  package func terminal(_ style: TerminalStyle) -> String {
    let rows = rows
    let nameWidth = rows.map(\.name.count).max() ?? 0
    let valueWidth = min(rows.map(\.value.count).max() ?? 0, Self.widestValue)
    return rows.map { row in
      let line =
        DisplayWidth.padded(row.name, to: nameWidth) + "  "
        + DisplayWidth.padded(row.value, to: valueWidth)
        + (row.origin.isEmpty ? "" : "  " + row.origin)
      return line.trimmingBlanks() + "\n"
    }.joined()
  }

  /// The options, and what sendmail would say about them.
  package var document: ConfigurationDocument { ConfigurationDocument(resolved, queues: queues) }

  /// A diagnostic in sendmail's own words, followed by the place of the cause (for a line of the file
  /// its physical line and the column of the text at fault) and the consequence.
  package static func text(of diagnostic: ConfigurationDiagnostic, file: String) -> String {
    let shownFile = ConfigurationValueText.escaped(file.utf8)
    var text = ConfigurationValueText.escaped(diagnostic.sendmailText(file: "").utf8)
    if diagnostic.isLocated, case .line = diagnostic.place { text = shownFile + text }
    var remarks: [String] = []
    if case .line(let number, let position) = diagnostic.place {
      remarks.append(
        number == position.line
          ? "column \(position.column)" : "at \(position.line):\(position.column)")
    }
    if diagnostic.place == .commandLine { remarks.append("command line") }
    switch diagnostic.effect {
    case .warning: remarks.append("sendmail only warns")
    case .refusesToStart(let code):
      remarks.append("sendmail would not start: exit status \(code)")
    }
    return "\(text) (\(remarks.joined(separator: "; ")))"
  }

  /// The origin of a setting: `FILE:LINE`, `command line` or `default`.
  package static func text(of origin: SettingOrigin, file: String) -> String {
    switch origin {
    case .line(let line): "\(ConfigurationValueText.escaped(file.utf8)):\(line)"
    case .commandLine: "command line"
    case .builtIn: "default"
    }
  }

  private static let widestValue = 48

  private struct Row {
    var name: String
    var value: String
    var origin: String
  }

  private var rows: [Row] {
    let configuration = resolved.configuration
    let file = configuration.file
    return configuration.entries.map {
      Row(name: $0.name, value: values.text(of: $0), origin: Self.text(of: $0.origin, file: file))
    }
      + configuration.queueGroups.map {
        Row(
          name: "QueueGroup", value: values.text(of: $0),
          origin: Self.text(of: $0.line.map(SettingOrigin.line) ?? .builtIn, file: file))
      }
      + [
        Row(
          name: "control-socket",
          value: ConfigurationValueText.escaped(resolved.controlSocket ?? ""), origin: ""),
        Row(
          name: "base-queue-directory",
          value: ConfigurationValueText.escaped(resolved.baseQueueDirectory), origin: ""),
      ]
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    String(decoding: utf8.reversed().drop { $0 == ASCII.space }.reversed(), as: UTF8.self)
  }
}

extension ConfigurationValueText {
  /// A queue group as a `Q` line would define it.
  package func text(of group: QueueGroup) -> String {
    var fields = ["P=" + text(group.path)]
    if !group.flags.isEmpty { fields.append("F=" + Self.escaped(group.flags.sorted())) }
    if let runners = group.maximumRunners { fields.append("R=\(runners)") }
    if group.interval != 0 { fields.append("I=\(group.interval)s") }
    if let niceness = group.niceness { fields.append("N=\(niceness)") }
    if group.maximumJobs != 0 { fields.append("J=\(group.maximumJobs)") }
    if group.maximumRecipients != 0 { fields.append("r=\(group.maximumRecipients)") }
    return ([text(group.name)] + fields).joined(separator: ", ")
  }
}
