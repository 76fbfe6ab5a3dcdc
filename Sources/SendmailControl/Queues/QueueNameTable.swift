// SPDX-License-Identifier: Apache-2.0

/// A table of domains or statuses by age, the largest count first.
struct QueueNameTable {
  let counts: HeavyHitters
  let kind: QueueTables.Kind
  let limit: Int?
  let style: TerminalStyle

  private static let leastName = 18

  /// The table and the notes on it, with an empty line before.
  var text: String {
    let entries = counts.top(limit)
    let total = counts.total
    guard total.total > 0 else { return "\nNo \(kind.unit).\n" }
    let unit = kind.unit.uppercased()
    let width = max(unit.utf8.count, String(total.total).utf8.count)
    let ages = AgeColumns([total], room: style.width.map { $0 - Self.leastName - 2 - width })
    var table = TerminalTable(
      [.init(title: kind.title, minimumWidth: Self.leastName), .init(title: unit, isRight: true)]
        + ages.columns)
    for entry in entries {
      table.append(
        [kind.text(entry.name) { style.text($0) }, String(entry.ages.total)]
          + ages.cells(entry.ages))
    }
    table.append(["total", String(total.total)] + ages.cells(total))
    return "\n" + table.text(style) + style.notes(notes(shown: entries.count))
  }

  private func notes(shown: Int) -> [String] {
    var notes: [String] = []
    if shown < counts.count {
      notes.append("\(shown) of \(counts.count) shown; the total has all. --top shows more.")
    }
    if counts.maximumUndercount > 0 {
      notes.append(
        """
        Too many different ones to remember: \(counts.others.total) \(kind.unit) of small ones are \
        in the sum only, and each count may be too small by up to \(counts.maximumUndercount).
        """)
    }
    return notes
  }
}

extension QueueTables.Kind {
  fileprivate var title: String {
    switch self {
    case .recipientDomains: "RECIPIENTS' DOMAIN"
    case .senderDomains: "SENDER'S DOMAIN"
    case .statuses: "STATUS"
    case .losses: "REASON"
    }
  }
}
