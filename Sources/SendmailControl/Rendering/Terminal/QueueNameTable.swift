// SPDX-License-Identifier: GPL-3.0-or-later

/// Domains or statuses against ages, the most first.
struct QueueNameTable {
  let tally: QueueTally
  let kind: QueueTables.Kind
  let limit: Int?
  let style: TerminalStyle

  private static let leastName = 18

  /// The table and what it leaves out, with an empty line before.
  var text: String {
    let entries = tally.top(limit)
    let total = tally.total
    guard total.total > 0 else { return "\nNo \(kind.unit).\n" }
    let unit = kind.unit.uppercased()
    let counts = max(unit.utf8.count, String(total.total).utf8.count)
    let ages = AgeColumns([total], room: style.width.map { $0 - Self.leastName - 2 - counts })
    var table = TerminalTable(
      [.init(title: kind.title, least: Self.leastName), .init(title: unit, isRight: true)]
        + ages.columns)
    for entry in entries {
      table.append(
        [kind.text(entry.name) { style.text($0) }, String(entry.ages.total)]
          + ages.cells(entry.ages))
    }
    table.append(["in all", String(total.total)] + ages.cells(total))
    return "\n" + table.text(style) + QueuesText.folded(notes(shown: entries.count), style)
  }

  private func notes(shown: Int) -> [String] {
    var notes: [String] = []
    if shown < tally.count { notes.append("\(shown) of \(tally.count) shown; --top shows more.") }
    if tally.shortfall > 0 {
      notes.append(
        """
        Too many different ones to remember: \(tally.others.total) \(kind.unit) of small ones are \
        in the sum only, and each count may be too small by up to \(tally.shortfall).
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
    }
  }
}
