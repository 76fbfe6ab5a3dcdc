// SPDX-License-Identifier: Apache-2.0

/// A report of queues as an administrator reads it.
package enum QueuesText {
  /// Returns the text of `report` for a terminal of `style`: the sums, a line for each queue directory,
  /// the ages, and the tables that were asked for. Below ``TerminalStyle/narrowest``
  /// columns it is one line.
  package static func make(
    _ report: QueueReport, tables: QueueTables, style: TerminalStyle
  ) -> String {
    let total = report.total
    var head = StyledText(summary(total, now: report.now), .bold)
    if let width = style.width, width < TerminalStyle.narrowest {
      return style.fit(summary(total, now: report.now), into: width) + "\n"
    }
    let place = "\(style.text(report.host))  \(report.time.time)"
    let room = (style.width ?? 80) - head.width - DisplayWidth.of(place)
    if room >= 2 { head.append(String(repeating: " ", count: room) + place) }
    var text = (style.width.map { head.folded(into: $0) } ?? [head])
      .map { $0.text(style) + "\n" }.joined()
    for queues in report.queues where queues.hasCounts {
      text += QueueDirectoryTable(queues: queues, now: report.now, style: style).text
    }
    guard let contents = report.contents else { return text }
    for kind in tables.kinds {
      text +=
        QueueNameTable(
          counts: contents.counts(of: kind), kind: kind, limit: tables.limit, style: style
        ).text
    }
    return text + folded(notes(on: contents), style)
  }

  private static func summary(_ total: QueueCounts, now: Int) -> String {
    var text = total.messages == 1 ? "1 message" : "\(total.messages) messages"
    text += ", \(size(total.bytes))"
    if let oldest = total.oldest { text += ", oldest \(age(oldest, now))" }
    let special = [
      (total.quarantined, "in quarantine"), (total.lost, "lost"), (total.locked ?? 0, "locked"),
      (total.incomplete, "incomplete"),
    ]
    for (count, word) in special where count > 0 { text += ", \(count) \(word)" }
    return text
  }

  /// Notes on control files that could not be counted as a whole.
  private static func notes(on contents: QueueContents) -> [String] {
    [
      (contents.damaged, "without an end: damaged, or not sendmail's; counted as far as they go"),
      (contents.tooLong, "longer than 64 MiB: counted as far as they were read"),
      (contents.unreadable, "that could not be read"),
    ].compactMap { count, text in
      count == 0 ? nil : "\(count == 1 ? "1 control file" : "\(count) control files") \(text)."
    }
  }

  /// Returns notes below a table, with an empty line before them.
  static func folded(_ notes: [String], _ style: TerminalStyle) -> String {
    guard !notes.isEmpty else { return "" }
    return "\n"
      + notes.map { note in
        let text = StyledText(note, .faint)
        guard let width = style.width else { return text.text(style) + "\n" }
        return text.folded(into: width).map { $0.text(style) + "\n" }.joined()
      }.joined()
  }

  static func size(_ bytes: Int) -> String {
    Units.size(kibibytes: bytes / 1024 + (bytes % 1024 > 0 ? 1 : 0))
  }

  static func age(_ time: Int, _ now: Int) -> String {
    Duration.seconds(AgeHistogram.age(of: time, at: now)).inTwoUnits
  }
}
