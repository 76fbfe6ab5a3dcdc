// SPDX-License-Identifier: GPL-3.0-or-later

/// The queue directories of a configuration: a line for each, and for each group.
struct QueueDirectoryTable {
  let queues: QueueOverview.Queues
  let now: Int
  let style: TerminalStyle

  /// A line of the tables.
  private struct Row {
    let group: String
    let name: String
    let survey: QueueSurvey
    var daemonMessages: Int?
    var isTotal = false
  }

  /// The tables and what there is to say about them, with an empty line before.
  var text: String {
    let rows = rows
    let isGrouped = queues.groups.count > 1
    var text = "\n" + style.painted(style.text(queues.base), .bold)
    text += ", by \(style.text(queues.file))\n"
    text += directories(rows, isGrouped: isGrouped)
    let total = queues.total
    if total.messages > 0 { text += "\n" + ages(rows, isGrouped: isGrouped) }
    return text + QueuesText.folded(notes(total), style)
  }

  private var rows: [Row] {
    var rows: [Row] = []
    for group in queues.groups {
      let name = style.text(group.name)
      let counted = group.directories.filter { $0.survey != nil }
      for directory in counted {
        rows.append(
          Row(
            group: name, name: style.text(directory.place.name),
            survey: directory.survey ?? QueueSurvey(), daemonMessages: directory.daemonMessages))
      }
      if counted.count > 1, queues.groups.count > 1 {
        rows.append(Row(group: name, name: "in all", survey: group.total, isTotal: true))
      }
    }
    if rows.count > 1 {
      rows.append(
        Row(
          group: queues.groups.count > 1 ? "all" : "", name: "in all", survey: queues.total,
          isTotal: true))
    }
    return rows
  }

  private func directories(_ rows: [Row], isGrouped: Bool) -> String {
    let hasDaemon = rows.contains { $0.daemonMessages != nil }
    var columns = Self.names(isGrouped)
    columns.append(.init(title: "MSGS", isRight: true))
    if hasDaemon { columns.append(.init(title: "DAEMON", isRight: true)) }
    columns += ["SIZE", "OLDEST", "NEWEST", "QUAR", "LOST", "LOCK", "INC"].map {
      .init(title: $0, isRight: true)
    }
    var table = TerminalTable(columns)
    for row in rows {
      let survey = row.survey
      var cells = (isGrouped ? [row.group] : []) + [row.name, String(survey.messages)]
      if hasDaemon {
        cells.append(row.isTotal ? "" : row.daemonMessages.map { String($0) } ?? "?")
      }
      cells += [
        QueuesText.size(survey.bytes), survey.oldest.map { QueuesText.age($0, now) } ?? "",
        survey.newest.map { QueuesText.age($0, now) } ?? "", String(survey.quarantined),
        String(survey.lost), survey.locked.map { String($0) } ?? "?", String(survey.incomplete),
      ]
      table.append(cells)
    }
    return table.text(style)
  }

  private func ages(_ rows: [Row], isGrouped: Bool) -> String {
    let rows = rows.filter { $0.survey.messages > 0 }
    let classes = QueuesText.usedClasses(rows.map(\.survey.ages))
    var table = TerminalTable(
      Self.names(isGrouped)
        + classes.map { .init(title: QueuesText.ageTitles[$0], isRight: true) })
    for row in rows {
      table.append(
        (isGrouped ? [row.group] : []) + [row.name]
          + QueuesText.cells(row.survey.ages, classes))
    }
    return table.text(style)
  }

  private static func names(_ isGrouped: Bool) -> [TerminalTable.Column] {
    (isGrouped ? [.init(title: "GROUP", least: 6)] : [])
      + [.init(title: "QUEUE", least: 8)]
  }

  private func notes(_ total: QueueSurvey) -> [String] {
    var notes = freeSpace
    let directories = queues.groups.flatMap(\.directories)
    if directories.contains(where: { $0.daemonMessages != nil }) {
      notes.append("DAEMON is what the daemon believes, an estimate of its own.")
    }
    if total.locked == nil {
      notes.append("LOCK is not known: this file system's locks cannot be seen from here.")
    }
    if total.incomplete > 0 {
      notes.append(
        """
        INC: \(total.unfinished) control files begun and not ended (tf, Tf), \(total.orphans) \
        bodies without one (df), all older than an hour.
        """)
    }
    if total.others > 0 {
      notes.append("\(total.others) files that are not sendmail's queue files.")
    }
    let repeated = directories.filter(\.isRepeated)
    if !repeated.isEmpty {
      notes.append(
        """
        \(repeated.count) of the directories belong to more than one group: counted once in all, \
        by mailq once a group.
        """)
    }
    return notes
  }

  /// The free space of each file system, with the first of its directories.
  private var freeSpace: [String] {
    var seen: Set<UInt64> = []
    var spaces: [(name: String, text: String)] = []
    for directory in queues.groups.flatMap(\.directories) {
      guard let free = directory.freeSpace, let device = directory.fileSystem,
        seen.insert(device).inserted
      else { continue }
      spaces.append((style.text(directory.place.name), ByteCount(kibibytes: free).text))
    }
    guard spaces.count > 1 else { return spaces.map { "Free space: \($0.text)." } }
    return [
      "Free space: " + spaces.map { "\($0.text) from \($0.name) on" }.joined(separator: ", ") + "."
    ]
  }
}
