// SPDX-License-Identifier: Apache-2.0

/// A report of queues in lines for scripts: a name, a colon, and `name=value` for each fact.
package enum QueuesClassicText {
  /// Returns a line for each directory, one for all of them, and for each table one with the total and one
  /// for each name.
  ///
  /// Ages are in seconds, free space is in KiB, and `ages` has the counts of the classes of
  /// ``AgeHistogram/bounds``. A value that is not known is `unknown`.
  package static func make(_ report: QueueReport, tables: QueueTables) -> String {
    var text = ""
    for queues in report.queues {
      for group in queues.groups {
        for directory in group.directories {
          text += line(directory, group: group.name, now: report.now)
        }
      }
    }
    text += "total: \(facts(report.total, now: report.now))\n"
    for stray in report.queues.flatMap(\.strays) {
      text += "stray \(TerminalEscaping.escape(stray.path)): messages=\(stray.messages)\n"
    }
    guard let contents = report.contents else { return text }
    for kind in tables.kinds {
      let counts = contents.counts(of: kind)
      let total = counts.total
      text +=
        "\(kind.label)-total: \(kind.unit)=\(total.total) names=\(counts.count) \(ages(total))\n"
      for entry in counts.top(tables.limit) {
        text += "\(kind.label) \(kind.text(entry.name) { TerminalEscaping.escape($0) }): "
        text += "\(kind.unit)=\(entry.ages.total) \(ages(entry.ages))\n"
      }
    }
    return text + "load: messages=\(contents.waitingForLoad)\n"
  }

  private static func line(
    _ directory: QueueReport.Directory, group: [UInt8], now: Int
  ) -> String {
    guard let counts = directory.counts else { return "" }
    return """
      \(TerminalEscaping.escape(directory.path)): group=\(TerminalEscaping.escape(group)) \
      \(facts(counts, now: now)) free=\(number(directory.freeSpace)) \
      readOnly=\(directory.isReadOnly.map { $0 ? "yes" : "no" } ?? "unknown") \
      freeInodes=\(number(directory.freeInodes)) \
      daemon=\(number(directory.daemonMessages))

      """
  }

  private static func facts(_ counts: QueueCounts, now: Int) -> String {
    let oldest = counts.oldest.map { AgeHistogram.age(of: $0, at: now) }
    let newest = counts.newest.map { AgeHistogram.age(of: $0, at: now) }
    return """
      messages=\(counts.messages) bytes=\(counts.bytes) oldest=\(number(oldest)) \
      newest=\(number(newest)) quarantined=\(counts.quarantined) lost=\(counts.lost) \
      locked=\(number(counts.locked)) unfinished=\(counts.unfinished) orphans=\(counts.orphans) \
      otherFiles=\(counts.others) toBeLost=\(counts.toBeLost) \
      lockedOtherwise=\(number(counts.lockedOtherwise)) withoutBody=\(counts.withoutBody) \
      notPermitted=\(counts.notPermitted) transcripts=\(counts.transcripts) \(ages(counts.ages))
      """
  }

  private static func ages(_ ages: AgeHistogram) -> String {
    "ages=\(ages.counts.map { String($0) }.joined(separator: ","))"
  }

  private static func number(_ number: Int?) -> String {
    number.map { String($0) } ?? "unknown"
  }
}

extension QueueTables.Kind {
  /// The word for a name of the table in lines for scripts.
  var label: String {
    switch self {
    case .recipientDomains: "domain"
    case .senderDomains: "sender-domain"
    case .statuses: "status"
    case .losses: "loss"
    }
  }

  /// The unit of the counts.
  var unit: String {
    switch self {
    case .recipientDomains: "recipients"
    case .senderDomains, .statuses, .losses: "messages"
    }
  }

  /// Returns a name of the table in text, or the words for none.
  func text(_ name: [UInt8]?, _ make: ([UInt8]) -> String) -> String {
    if let name { return make(name) }
    return switch self {
    case .statuses: "(none)"
    case .losses: "lost: not known why"
    case .recipientDomains, .senderDomains: "(local)"
    }
  }
}
