// SPDX-License-Identifier: Apache-2.0

/// The children of a report: a line for each, or for each peer.
struct ChildTable {
  let report: StatusReport
  let style: TerminalStyle

  /// The table and notes on it, with an empty line before it.
  var text: String {
    var selection = report.selection
    selection.order = selection.order ?? .kind
    let selected = selection.apply(
      to: report.status, processes: report.context.processes)
    var text = ""
    if !selected.children.isEmpty {
      text = "\n" + (report.byPeer ? peers(selected) : children(selected))
    }
    return text + style.notes(notes(on: selected))
  }

  private func children(_ selected: ChildSelection.Selected) -> String {
    let areSeen = Self.areSeen(selected.children)
    var columns: [TerminalTable.Column] = [
      .init(title: "PID", isRight: true),
      .init(title: "KIND", minimumWidth: 5, truncatesLast: true, rank: 1),
      .init(title: "PEER OR TASK", minimumWidth: 12),
    ]
    if areSeen {
      columns += [
        .init(title: "AGE*", isRight: true, rank: 2), .init(title: "CPU*", isRight: true, rank: 4),
        .init(title: "STATE*", minimumWidth: 8, rank: 3),
      ]
    }
    var table = TerminalTable(columns)
    for child in selected.children {
      var cells = [String(child.pid), child.kind.name, task(of: child)]
      if areSeen { cells += processCells(child.process) }
      table.append(cells)
    }
    return table.text(style)
  }

  private func task(of child: ListedChild) -> String {
    switch child.kind {
    case .smtpServer(let peer): style.text(peer)
    case .queueRunner: ""
    case .answeringControl: "this query"
    case .control: ""
    case .other: style.text(child.text)
    }
  }

  private func processCells(_ process: ListedProcess?) -> [String] {
    switch process {
    case .seen(let process, let age):
      let title = process.title.map { TitleState.read($0, prefix: titlePrefix) } ?? []
      return [
        age.inTwoUnits, process.processorTime.asProcessorTime,
        process.hasEnded ? "ended, not reaped yet" : style.text(title),
      ]
    case .unreadable?: return ["", "", "may not be read"]
    case .reused?: return ["", "", "ended, number reused"]
    case .gone?, nil: return ["", "", "ended"]
    }
  }

  private var titlePrefix: [UInt8] { report.context.thresholds?.titlePrefix ?? [] }

  private func peers(_ selected: ChildSelection.Selected) -> String {
    let counts = PeerCount.all(selected.children)
    let hasAges = counts.contains { $0.oldest != nil }
    let maximum = report.status.maximumChildren
    var columns: [TerminalTable.Column] = [.init(title: "CHILDREN", isRight: true)]
    if maximum != nil { columns.append(.init(title: "OF ALL SLOTS", isRight: true, rank: 2)) }
    if hasAges { columns.append(.init(title: "OLDEST*", isRight: true, rank: 1)) }
    columns.append(.init(title: "PEER OR KIND", minimumWidth: 12))
    var table = TerminalTable(columns)
    for count in counts {
      var cells = [String(count.count)]
      if let maximum { cells.append("\(count.count * 100 / maximum) %") }
      if hasAges { cells.append(count.oldest.map(\.inTwoUnits) ?? "") }
      cells.append(count.peer.map { style.text($0) } ?? "(\(count.category.rawValue))")
      table.append(cells)
    }
    return table.text(style)
  }

  private func notes(on selected: ChildSelection.Selected) -> [String] {
    var notes: [String] = []
    let shown = selected.children.count
    if selected.total == 0 {
      notes.append("No children.")
    } else if report.selection.isNarrow {
      notes.append("\(shown) of \(Self.children(selected.total)) selected.")
    } else if report.byPeer {
      notes.append("\(Self.children(shown)) in total.")
    }
    if selected.ofUnknownAge > 0 {
      notes.append("\(Self.children(selected.ofUnknownAge)) left out: of unknown age.")
    }
    switch selected.finishedControls {
    case 0: break
    case 1: notes.append("1 control child not listed: this query.")
    case let count: notes.append("\(count) control children not listed: queries like this one.")
    }
    notes += processNotes(on: selected.children)
    return notes
  }

  /// The meaning of the stars, or the reason why there are none.
  private func processNotes(on children: [ListedChild]) -> [String] {
    var notes: [String] = []
    var hasStars = report.context.daemonStart != nil
    var remark = ""
    if report.context.processes == nil {
      notes.append(
        "The daemon is not in this machine's process table: ages and states are not known.")
    } else if Self.areSeen(children) {
      hasStars = true
      let unreadable = children.count { $0.process == .unreadable }
      if unreadable > 0 {
        remark = "; \(unreadable) of \(children.count) may not be read by this user"
      }
    } else if !children.isEmpty {
      notes.append(
        "None of the children is in the process table: ages and states are not known.")
    }
    if hasStars { notes.append("* from the process table, not reported by sendmail\(remark)") }
    return notes
  }

  /// Returns whether any of `children` is known to be in the process table.
  private static func areSeen(_ children: [ListedChild]) -> Bool {
    children.contains { $0.process?.process != nil || $0.process == .unreadable }
  }

  private static func children(_ count: Int) -> String {
    count == 1 ? "1 child" : "\(count) children"
  }
}
