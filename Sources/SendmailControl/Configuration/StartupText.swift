// SPDX-License-Identifier: Apache-2.0

extension StartupReport {
  package static let assumption =
    """
    the map classes are assumed to be those of Debian's sendmail; --sendmail of config --check names a program to ask
    """

  /// The lines for scripts: what sendmail would say, notes, and the verdict at the end.
  package var classic: String {
    var lines = ConfigurationReport.lines(of: startup.messages, file: file).map(\.text)
    lines += obstacleLines.map { ($0.isError ? "" : "note: ") + $0.text }
    if assumesMapClasses { lines.append("note: \(Self.assumption)") }
    lines += uncheckedLines + notes.map { "note: \($0)" }
    return (lines + [verdict]).map { $0 + "\n" }.joined()
  }

  /// The text for reading: the verdict first, then what it rests on.
  package func terminal(_ style: TerminalStyle) -> String {
    var text = style.painted(style.text(file.utf8), .bold) + ": "
    text += style.painted(verdict, wouldStart ? .good : .bad) + "\n"
    for line in ConfigurationReport.lines(of: startup.messages, file: file) {
      text += paragraph(line.isError ? "error" : "warning", line.text, in: style)
    }
    for line in obstacleLines {
      text += paragraph(line.isError ? "error" : "note", line.text, in: style)
    }
    if assumesMapClasses { text += paragraph("note", Self.assumption, in: style) }
    for line in uncheckedLines { text += paragraph("note", line, in: style) }
    for note in notes { text += paragraph("note", note, in: style) }
    return text
  }

  /// Returns `word` followed by `text`, folded with a hanging indent.
  private func paragraph(_ word: String, _ text: String, in style: TerminalStyle) -> String {
    let paint: Paint = word == "error" ? .bad : word == "warning" ? .warning : .faint
    let gap = String(repeating: " ", count: 9 - word.utf8.count)
    return style.paragraph(text, after: "  \(style.painted(word, paint))\(gap)", indent: 11)
  }
}

extension ConfigurationReport {
  /// A line about one diagnostic, or about many of one kind.
  package struct DiagnosticLine: Sendable, Equatable {
    /// The line.
    package let text: String
    /// True if a daemon does not start because of it.
    package let isError: Bool
  }

  /// The most diagnostics of one kind that have a line each.
  private static let mostOfOneKind = 20

  /// The lines about `diagnostics`, in order. Of more than 20 of one kind only the first is shown, with
  /// the number of the others.
  package static func lines(
    of diagnostics: [ConfigurationDiagnostic], file: String
  ) -> [DiagnosticLine] {
    let counts = diagnostics.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
    var shown: Set<String> = []
    return diagnostics.flatMap { diagnostic -> [DiagnosticLine] in
      let isError = diagnostic.effect.exitCode != nil
      let line = DiagnosticLine(text: text(of: diagnostic, file: file), isError: isError)
      guard let count = counts[diagnostic.kind], count > mostOfOneKind else { return [line] }
      guard shown.insert(diagnostic.kind).inserted else { return [] }
      return [
        line, DiagnosticLine(text: "and \(count - 1) more of this kind", isError: isError),
      ]
    }
  }
}

extension ConfigurationDiagnostic {
  /// The words of the message that do not depend on the line: those before anything quoted, without
  /// the name of a mailer or filter at the start.
  fileprivate var kind: String {
    var words = message.description.prefix { $0 != "\"" && $0 != "'" && $0 != "`" }.split(
      separator: " ")
    if let first = words.first, first.hasSuffix(":"), first.hasPrefix("M") || first.hasPrefix("X") {
      words.removeFirst()
    }
    return words.prefix(4).joined(separator: " ")
  }
}
