// SPDX-License-Identifier: Apache-2.0

/// The options of a configuration in lines for scripts and in a table for reading.
package struct ConfigurationReport: Report {
  /// The part of a configuration that is listed.
  package enum Selection: Sendable, Equatable {
    /// All options, queue groups and resolved paths.
    case all
    /// The options that differ from sendmail's own values, and the queue groups that are defined.
    case changed
    /// The settings with these names, in their order. See ``ConfigurationNames``.
    case named([String])
  }

  private let resolved: ResolvedConfiguration
  private let queues: QueueDirectories
  private let values: ConfigurationValueText
  private let selection: Selection
  private let hasNames: Bool

  /// A listing of `resolved` and its queue directories.
  ///
  /// `valuesOnly` is true if lines have the value without its name.
  package init(
    _ resolved: ResolvedConfiguration, queues: QueueDirectories, selection: Selection = .all,
    valuesOnly: Bool = false
  ) {
    self.resolved = resolved
    self.queues = queues
    self.selection = selection
    hasNames = !valuesOnly
    values = ConfigurationValueText(resolved.configuration)
  }

  /// One `Name=value` a line by name, then a `QueueGroup=` for every queue group, `control-socket=`, which
  /// is empty when none is set, and `base-queue-directory=`.
  package var classic: String {
    rows.map { hasNames ? "\($0.name)=\($0.value)\n" : "\($0.value)\n" }.joined()
  }

  /// The file, and below it three columns: the option, its value, and its origin. A long value is folded;
  /// a narrow place has no origins.
  package func terminal(_ style: TerminalStyle) -> String {
    guard hasNames else { return classic }
    let rows = rows
    guard !rows.isEmpty else { return "" }
    let file = StyledText(ConfigurationValueText.escaped(resolved.configuration.file.utf8), .bold)
    return file.lines(style) + ConfigurationTable(rows: rows, style: style).text
  }

  /// The options, and what sendmail would say about them.
  package var document: ConfigurationDocument {
    ConfigurationDocument(resolved, queues: queues, entries: entries)
  }

  /// The names that were asked for and have no value.
  package var unset: [String] {
    guard case .named(let names) = selection else { return [] }
    let set = allRows.filter { !$0.value.isEmpty }
    return names.filter { name in
      !set.contains { ConfigurationNames.isPart($0.name, of: name) }
    }
  }

  /// A diagnostic in sendmail's own words, followed by the place of the cause (for a line of the file
  /// its physical line and the column of the text at fault) and the consequence.
  package static func text(of diagnostic: ConfigurationDiagnostic, file: String) -> String {
    let shownFile = ConfigurationValueText.escaped(file.utf8)
    // sendmail's own byte for a `$`, without its eighth bit.
    var text = ConfigurationValueText.escaped(diagnostic.sendmailText(file: "").utf8)
      .replacing("\\x01", with: "$")
    if diagnostic.isLocated, case .line = diagnostic.place { text = shownFile + text }
    var remarks: [String] = []
    if case .line(let number, let position) = diagnostic.place {
      remarks.append(
        number == position.line && diagnostic.isLocated
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

  /// A value and its origin.
  struct Row {
    var name: String
    var value: String
    var origin: SettingOrigin?
  }

  private var rows: [Row] {
    switch selection {
    case .all: allRows
    case .changed:
      rows(of: entries)
        + groups.filter { if case .line = $0.origin { true } else { false } }
    case .named(let names):
      names.flatMap { name in
        allRows.filter { ConfigurationNames.isPart($0.name, of: name) && !$0.value.isEmpty }
      }
    }
  }

  /// The settings that are listed, by name.
  private var entries: [OptionSetting] {
    let configuration = resolved.configuration
    let entries = configuration.entries.filter { setting in
      switch selection {
      case .all: true
      case .changed: configuration.differsFromDefault(setting)
      case .named(let names): names.contains { ConfigurationNames.isPart(setting.name, of: $0) }
      }
    }
    // Several lines of one option stay in their order.
    return entries.enumerated().sorted { left, right in
      left.element.name == right.element.name
        ? left.offset < right.offset
        : ConfigurationNames.precedes(left.element.name, right.element.name)
    }.map(\.element)
  }

  private func rows(of entries: [OptionSetting]) -> [Row] {
    entries.map { Row(name: $0.name, value: values.text(of: $0), origin: $0.origin) }
  }

  private var groups: [Row] {
    resolved.configuration.queueGroups.map {
      Row(
        name: ConfigurationNames.queueGroup, value: values.text(of: $0),
        origin: $0.line.map(SettingOrigin.line) ?? .builtIn)
    }
  }

  private var allRows: [Row] {
    rows(of: entries) + groups
      + [
        Row(
          name: ConfigurationNames.controlSocket,
          value: ConfigurationValueText.escaped(resolved.controlSocket ?? "")),
        Row(
          name: ConfigurationNames.baseQueueDirectory,
          value: ConfigurationValueText.escaped(resolved.baseQueueDirectory)),
      ]
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
