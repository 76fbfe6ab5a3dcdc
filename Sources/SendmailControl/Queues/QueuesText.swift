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
    let head = StyledText(summary(total, now: report.now), .bold)
    if let width = style.width, width < TerminalStyle.narrowest {
      return style.fit(summary(total, now: report.now), into: width) + "\n"
    }
    var text = HeadLine(left: head, host: report.host, time: report.time).text(style)
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
    return text + style.notes(notes(on: contents))
  }

  private static func summary(_ total: QueueCounts, now: Int) -> String {
    var text = total.messages == 1 ? "1 message" : "\(total.messages) messages"
    // The bytes are those of all bodies, also of what is no message that waits.
    if total.messages > 0 || total.bytes == 0 {
      text += ", \(size(total.bytes))"
    } else {
      text += ", \(size(total.bytes)) of other bodies"
    }
    if let oldest = total.oldest { text += ", oldest \(age(oldest, now))" }
    let special = [
      (total.quarantined, "quarantined"), (total.lost, "lost"), (total.toBeLost, "to be lost"),
      (total.locked ?? 0, "locked"),
      (total.unfinished, "unfinished"), (total.orphans, "orphans"),
      (total.withoutBody, "without a body"),
    ]
    for (count, word) in special where count > 0 { text += ", \(count) \(word)" }
    return text
  }

  /// Notes on control files that could not be counted as a whole.
  private static func notes(on contents: QueueContents) -> [String] {
    [
      (contents.waitingForLoad, "of messages that wait only because of the load (mailq's X)"),
      (contents.damaged, "without an end: damaged, or not sendmail's; counted as far as they go"),
      (contents.tooLong, "longer than 64 MiB: counted as far as they were read"),
      (contents.unreadable, "that could not be read"),
    ].compactMap { count, text in
      count == 0 ? nil : "\(count == 1 ? "1 control file" : "\(count) control files") \(text)."
    }
  }

  static func size(_ bytes: Int) -> String {
    Units.size(kibibytes: bytes / 1024 + (bytes % 1024 > 0 ? 1 : 0))
  }

  static func age(_ time: Int, _ now: Int) -> String {
    Duration.seconds(AgeHistogram.age(of: time, at: now)).inTwoUnits
  }
}
