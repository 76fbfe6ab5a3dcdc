// SPDX-License-Identifier: Apache-2.0

/// The tables of the queue directories of a configuration: a line for each directory and each group.
struct QueueDirectoryTable {
  let queues: QueueReport.Queues
  let now: Int
  let style: TerminalStyle

  /// A line of the tables.
  private struct Row {
    let group: String
    let name: String
    let counts: QueueCounts
    var daemonMessages: Int?
    var isTotal = false
  }

  /// The tables and the notes on them, with an empty line before.
  var text: String {
    let rows = rows
    let isGrouped = queues.groups.count > 1
    var heading = StyledText(style.text(queues.base), .bold)
    heading.append(", by \(style.text(queues.file))")
    var text = "\n" + heading.lines(style)
    let numbers = numbers(rows, isGrouped: isGrouped)
    text += directories(rows, numbers, isGrouped: isGrouped)
    let total = queues.total
    if total.messages > 0 { text += "\n" + ages(rows, isGrouped: isGrouped) }
    return text + style.notes(notes(total, columns: Set(numbers.map(\.title))))
  }

  private var rows: [Row] {
    var rows: [Row] = []
    for group in queues.groups {
      let name = style.text(group.name)
      let counted = group.directories.filter { $0.counts != nil }
      for directory in counted {
        rows.append(
          Row(
            group: name, name: style.text(directory.name),
            counts: directory.counts ?? QueueCounts(), daemonMessages: directory.daemonMessages))
      }
      if counted.count > 1, queues.groups.count > 1 {
        rows.append(Row(group: name, name: "total", counts: group.total, isTotal: true))
      }
    }
    if rows.count > 1 {
      rows.append(
        Row(
          group: queues.groups.count > 1 ? "all" : "", name: "total", counts: queues.total,
          isTotal: true))
    }
    return rows
  }

  /// A column of numbers.
  private struct Numbers {
    let title: String
    let cells: [String]

    init(_ title: String, _ rows: [Row], _ cell: (Row) -> String) {
      self.title = title
      cells = rows.map(cell)
    }

    var width: Int { cells.reduce(title.utf8.count) { max($0, $1.utf8.count) } }
  }

  /// The columns that are left out where there is not enough room, the first of them first.
  private static let dispensable = [
    "NEWEST", "SIZE", "DAEMON", "OLDEST", "ORPH", "UNFIN", "NOBODY", "LOCK", "LOST", "QUAR", "LOSS",
  ]

  /// Returns the columns of numbers for which there is room.
  private func numbers(_ rows: [Row], isGrouped: Bool) -> [Numbers] {
    var numbers = [Numbers("MSGS", rows) { String($0.counts.messages) }]
    if rows.contains(where: { $0.daemonMessages != nil }) {
      numbers.append(
        Numbers("DAEMON", rows) { row in
          row.isTotal ? "" : row.daemonMessages.map { String($0) } ?? "?"
        })
    }
    numbers += [
      Numbers("SIZE", rows) { QueuesText.size($0.counts.bytes) },
      Numbers("OLDEST", rows) { $0.counts.oldest.map { QueuesText.age($0, now) } ?? "" },
      Numbers("NEWEST", rows) { $0.counts.newest.map { QueuesText.age($0, now) } ?? "" },
    ]
    let total = queues.total
    if total.quarantined > 0 {
      numbers.append(Numbers("QUAR", rows) { String($0.counts.quarantined) })
    }
    if total.lost > 0 { numbers.append(Numbers("LOST", rows) { String($0.counts.lost) }) }
    if total.toBeLost > 0 {
      numbers.append(Numbers("LOSS", rows) { String($0.counts.toBeLost) })
    }
    if total.locked != 0 {
      numbers.append(Numbers("LOCK", rows) { $0.counts.locked.map { String($0) } ?? "?" })
    }
    if total.unfinished > 0 {
      numbers.append(Numbers("UNFIN", rows) { String($0.counts.unfinished) })
    }
    if total.orphans > 0 { numbers.append(Numbers("ORPH", rows) { String($0.counts.orphans) }) }
    if total.withoutBody > 0 {
      numbers.append(Numbers("NOBODY", rows) { String($0.counts.withoutBody) })
    }
    let room = style.width.map { $0 - Self.leastNames(isGrouped) }
    for title in Self.dispensable {
      guard let room, numbers.reduce(0, { $0 + $1.width + 2 }) > room else { break }
      numbers.removeAll { $0.title == title }
    }
    return numbers
  }

  private func directories(_ rows: [Row], _ numbers: [Numbers], isGrouped: Bool) -> String {
    var table = TerminalTable(
      Self.names(isGrouped) + numbers.map { .init(title: $0.title, isRight: true) })
    for (index, row) in rows.enumerated() {
      table.append((isGrouped ? [row.group] : []) + [row.name] + numbers.map { $0.cells[index] })
    }
    return table.text(style)
  }

  private func ages(_ rows: [Row], isGrouped: Bool) -> String {
    let rows = rows.filter { $0.counts.messages > 0 }
    let ages = AgeColumns(
      rows.map(\.counts.ages), room: style.width.map { $0 - Self.leastNames(isGrouped) })
    var table = TerminalTable(Self.names(isGrouped) + ages.columns)
    for row in rows {
      table.append((isGrouped ? [row.group] : []) + [row.name] + ages.cells(row.counts.ages))
    }
    return table.text(style)
  }

  private static let (leastGroup, leastQueue) = (6, 8)

  /// Returns the least width of the names.
  private static func leastNames(_ isGrouped: Bool) -> Int {
    leastQueue + (isGrouped ? leastGroup + 2 : 0)
  }

  private static func names(_ isGrouped: Bool) -> [TerminalTable.Column] {
    (isGrouped ? [.init(title: "GROUP", minimumWidth: leastGroup)] : [])
      + [.init(title: "QUEUE", minimumWidth: leastQueue)]
  }

  /// Returns the notes on the tables.
  ///
  /// `columns` are the titles of the columns that are shown.
  private func notes(_ total: QueueCounts, columns: Set<String>) -> [String] {
    var notes = freeSpace
    let meanings = [
      ("DAEMON", "the daemon's own estimate of the messages"),
      ("QUAR", "quarantined messages (hf)"), ("LOST", "lost messages (Qf)"),
      (
        "LOSS",
        "messages that the next queue run gives up, and renames to Qf or deletes; --by-loss shows why"
      ),
      (
        "LOCK",
        total.locked == nil
          ? "not known, since the locks of this file system cannot be seen from here"
          : "messages that are locked\(kindText), mostly because they are being delivered"
      ),
      ("UNFIN", "unfinished control files (tf, Tf) older than an hour"),
      ("ORPH", "orphans: bodies (df) without a control file, older than an hour"),
      (
        "NOBODY",
        "messages without a body (df), which sendmail delivers with an empty one"
      ),
    ]
    notes += meanings.filter { columns.contains($0.0) }.map { "\($0.0): \($0.1)." }
    if let count = total.lockedOtherwise, count > 0, let kind = queues.daemon?.lockKind {
      notes.append(
        """
        \(count == 1 ? "1 control file is" : "\(count) control files are") locked by another kind of lock than \
        \(kind.rawValue), which this sendmail does not see.
        """)
    }
    notes += queues.strays.map { "\($0.text)." }
    if total.notPermitted > 0 {
      let isOne = total.notPermitted == 1
      notes.append(
        """
        \(total.notPermitted) \(isOne ? "message" : "messages") that RunAsUser may not read and write: \
        sendmail never delivers \(isOne ? "it" : "them").
        """)
    }
    switch total.transcripts {
    case 0: break
    case 1: notes.append("1 transcript (xf) older than an hour, which nothing uses any more.")
    case let count:
      notes.append("\(count) transcripts (xf) older than an hour, which nothing uses any more.")
    }
    switch total.others {
    case 0: break
    case 1: notes.append("1 other file, which is no queue file of sendmail.")
    case let others: notes.append("\(others) other files, which are no queue files of sendmail.")
    }
    let repeated = queues.groups.flatMap(\.directories).filter(\.isRepeated)
    if !repeated.isEmpty {
      notes.append(
        """
        \(repeated.count) of the directories belong to more than one group: counted once in the total, \
        by mailq once a group.
        """)
    }
    return notes
  }

  /// The kind of the daemon's locks, for a note.
  private var kindText: String {
    queues.daemon?.lockKind.map { " (\($0.rawValue))" } ?? ""
  }

  /// The free space of each file system, with the first of its directories.
  private var freeSpace: [String] {
    var seen: Set<UInt64> = []
    var spaces: [(name: String, text: String)] = []
    for directory in queues.groups.flatMap(\.directories) {
      guard let free = directory.freeSpace, let device = directory.fileSystem,
        seen.insert(device).inserted
      else { continue }
      var text = Units.size(kibibytes: free)
      if let obstacle = directory.obstacle { text += " (\(obstacle): no message can be queued)" }
      spaces.append((style.text(directory.name), text))
    }
    guard spaces.count > 1 else { return spaces.map { "Free space: \($0.text)." } }
    return [
      "Free space: " + spaces.map { "\($0.text) from \($0.name) on" }.joined(separator: ", ") + "."
    ]
  }
}
