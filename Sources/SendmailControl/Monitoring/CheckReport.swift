// SPDX-License-Identifier: Apache-2.0

/// The results of checks, and what would give the rights that were missing.
package struct CheckReport: Report {
  /// The results, in the order in which they were asked for.
  package let results: [CheckResult]
  /// The number of times that more was asked for: 0 to 3.
  package let verbosity: Int
  /// The facts that show which daemon is meant, a line each.
  package let subject: [String]
  /// The user who may not read something; `nil` for none.
  package let user: String?
  /// The command line that would be allowed to this user, with the path of the program.
  package let command: [[UInt8]]

  /// A report of `results`.
  package init(
    _ results: [CheckResult], verbosity: Int = 0, subject: [String] = [], user: String?,
    command: [[UInt8]]
  ) {
    self.results = results
    self.verbosity = verbosity
    self.subject = subject
    self.user = user
    self.command = command
  }

  /// The state of all checks together.
  package var state: CheckState { CheckState.worst(of: results.map(\.state)) }

  /// The results in one line, the worst ones first: `accepting, 3 of 40 children`.
  ///
  /// `width` is the greatest number of characters; results that have no room are left out.
  package func summary(width: Int = .max) -> String {
    let texts = CheckState.allCases.sorted { $0.rank > $1.rank }.flatMap { state in
      results.filter { $0.state == state }.map(\.text)
    }
    var line = ""
    for (index, text) in texts.enumerated() {
      let next = index == 0 ? text : "\(line), \(text)"
      let room = index == texts.count - 1 ? width : width - Self.more.count
      guard next.count <= room else {
        return index == 0 ? PluginText.cut(text, to: width) : line + Self.more
      }
      line = next
    }
    return line
  }

  private static let more = ", ..."

  /// The values of all checks.
  package var values: [PerformanceValue] { results.flatMap(\.values) }

  /// The steps that would give the rights that were missing, a line each; none when none were.
  package var advice: [String] {
    guard let user, results.contains(where: \.needsRights) else { return [] }
    var groups: [String] = []
    for group in results.flatMap(\.groups) where !groups.contains(group) { groups.append(group) }
    let line = SudoersLine.text(user: user, command: command)
    return groups.map { "to permit it, add \(user) to the group \($0)" }
      + ["\(groups.isEmpty ? "to permit it," : "or") add to sudoers: \(line)"]
  }

  /// The lines after the first one.
  var details: [String] {
    var lines: [String] = []
    for result in results {
      if verbosity > 0 {
        lines.append("\(result.check.rawValue): \(result.state.word) - \(result.text)")
      }
      lines += result.reasons
      if verbosity > 1 { lines += result.details }
    }
    if verbosity > 2 { lines += subject }
    return (lines + advice).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The text of a plugin: there is none in smcontrol.pl's wording.
  package var classic: String { nagios }

  /// The text of a monitoring plugin: a line with performance data, then more lines.
  package var nagios: String {
    PluginText.nagios(
      state, summary(width: PluginText.room(for: state)), values: values, details: details)
  }

  /// The line of a local check of Checkmk.
  package var checkmk: String {
    PluginText.checkmk(state, summary(), values: values, details: details)
  }
}

/// The texts of monitoring plugins.
package enum PluginText {
  /// The name of the service.
  private static let service = "SENDMAIL"
  /// The most characters of the first line before the performance data.
  package static let width = 80

  /// The number of characters that the words after the state may have.
  static func room(for state: CheckState) -> Int {
    width - "\(service) \(state.word) - ".count
  }

  /// The text of a plugin by the Monitoring Plugins guidelines.
  package static func nagios(
    _ state: CheckState, _ summary: String, values: [PerformanceValue] = [], details: [String] = []
  ) -> String {
    let words = plain(summary)
    let shown = cut(words, to: room(for: state))
    var line = "\(service) \(state.word) - \(shown)"
    if !values.isEmpty { line += " | " + values.map(\.text).joined(separator: " ") }
    return ([line] + (shown == words ? [] : [words]) + details.map(plain)).map { $0 + "\n" }
      .joined()
  }

  /// The line of a local check of Checkmk: the state, the name, metrics, and words, in which `\n` begins a
  /// line of its own. A backslash before any other letter is one.
  package static func checkmk(
    _ state: CheckState, _ summary: String, values: [PerformanceValue] = [], details: [String] = []
  ) -> String {
    let metrics = values.isEmpty ? "-" : values.map(metric).joined(separator: "|")
    let words = ([summary] + details).map { plain($0).replacing("\\n", with: "/n") }
      .joined(separator: "\\n")
    return "\(state.rawValue) \"Sendmail\" \(metrics) \(words)\n"
  }

  /// A value with its levels, where Checkmk has such: an upper one.
  private static func metric(_ value: PerformanceValue) -> String {
    func level(_ range: ThresholdRange?) -> String {
      range.map { $0.isUpperBound && $0.end < .infinity ? ThresholdRange.text($0.end) : "" } ?? ""
    }
    let limits = [value.minimum, value.maximum].map { $0.map(ThresholdRange.text) ?? "" }
    let fields =
      [
        "\(value.label)=\(ThresholdRange.text(value.value))", level(value.thresholds.warning),
        level(value.thresholds.critical),
      ] + limits
    return fields.joined(separator: ";")
  }

  /// The text without the sign that begins performance data, and without line ends.
  private static func plain(_ text: String) -> String {
    String(text.map { $0 == "|" ? "/" : $0 == "\n" ? " " : $0 })
  }

  /// The beginning of `text` that has room, with dots where the rest was.
  static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(0, width - 3))) + "..."
  }
}

/// A line of sudoers(5) that allows one user one command line as root.
enum SudoersLine {
  /// The line, without an end.
  static func text(user: String, command: [[UInt8]]) -> String {
    let words = command.map { word in
      word.flatMap { special.contains($0) ? [ASCII.backslash, $0] : [$0] }
    }.joined(separator: [ASCII.space])
    return TerminalEscaping.escape(Array("\(user) ALL = (root) NOPASSWD: ".utf8) + words)
  }

  /// The characters that have a meaning in a command of sudoers(5), its patterns included.
  private static let special = Array(",:=\\*?[]!# \"".utf8)
}
