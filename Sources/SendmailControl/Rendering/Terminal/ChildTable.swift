// SPDX-License-Identifier: GPL-3.0-or-later

/// The children of a picture: a line for each, or for each peer.
struct ChildTable {
  let picture: StatusPicture
  let style: TerminalStyle

  /// The table and notes on it, with an empty line before it.
  var text: String {
    let selected = picture.selection.apply(to: picture.status, sights: picture.sights)
    var text = ""
    if !selected.children.isEmpty {
      text = "\n" + (picture.byPeer ? peers(selected) : children(selected))
    }
    let notes = notes(on: selected)
    return text + (notes.isEmpty ? "" : "\n" + notes.map { folded($0) }.joined())
  }

  private func children(_ selected: ChildSelection.Selected) -> String {
    let hasSights = Self.areSeen(selected.children)
    var columns: [TerminalTable.Column] = [
      .init(title: "PID", isRight: true),
      .init(title: "KIND", least: 5, isCutLast: true),
      .init(title: "PEER OR TASK", least: 12),
    ]
    if hasSights {
      columns += [
        .init(title: "AGE*", isRight: true), .init(title: "CPU*", isRight: true),
        .init(title: "STATE*", least: 8),
      ]
    }
    var table = TerminalTable(columns)
    for child in selected.children {
      var cells = [String(child.pid), child.kind.category.title, task(of: child)]
      if hasSights { cells += sightCells(child.sight) }
      table.append(cells)
    }
    return table.text(style)
  }

  private func task(of child: ListedChild) -> String {
    switch child.kind {
    case .smtpServer(let peer): style.text(peer)
    case .queueRunner: ""
    case .answeringControl: "this very reply"
    case .control: ""
    case .other: style.text(child.text)
    }
  }

  private func sightCells(_ sight: ProcessSight?) -> [String] {
    switch sight {
    case .seen(let facts):
      let title = facts.title.map { TitleState.read($0, prefix: titlePrefix) } ?? []
      return [
        facts.age.inTwoUnits, facts.processorTime.asProcessorTime,
        facts.hasEnded ? "ended, not reaped yet" : style.text(title),
      ]
    case .unreadable?: return ["", "", "may not be read"]
    case .reused?: return ["", "", "ended, number reused"]
    case .gone?, nil: return ["", "", "ended"]
    }
  }

  private var titlePrefix: [UInt8] { picture.thresholds?.titlePrefix ?? [] }

  private func peers(_ selected: ChildSelection.Selected) -> String {
    let counts = PeerCount.all(selected.children)
    let hasAges = counts.contains { $0.oldest != nil }
    let maximum = picture.status.maximumChildren
    var columns: [TerminalTable.Column] = [.init(title: "CHILDREN", isRight: true)]
    if maximum != nil { columns.append(.init(title: "OF ALL SLOTS", isRight: true)) }
    if hasAges { columns.append(.init(title: "OLDEST*", isRight: true)) }
    columns.append(.init(title: "PEER OR KIND", least: 12))
    var table = TerminalTable(columns)
    for count in counts {
      var cells = [String(count.count)]
      if let maximum { cells.append("\(count.count * 100 / maximum) %") }
      if hasAges { cells.append(count.oldest.map(\.inTwoUnits) ?? "") }
      cells.append(count.peer.map { style.text($0) } ?? "(\(count.category.title))")
      table.append(cells)
    }
    return table.text(style)
  }

  private func notes(on selected: ChildSelection.Selected) -> [String] {
    var notes: [String] = []
    let shown = selected.children.count
    if selected.total == 0 {
      notes.append("No children.")
    } else if picture.selection.isNarrow {
      notes.append("\(shown) of \(Self.children(selected.total)) selected.")
    } else if picture.byPeer {
      notes.append("\(Self.children(shown)) in all.")
    }
    if selected.ofUnknownAge > 0 {
      notes.append("\(Self.children(selected.ofUnknownAge)) left out: of unknown age.")
    }
    switch selected.finishedControls {
    case 0: break
    case 1: notes.append("1 control child not listed: this very look.")
    case let count: notes.append("\(count) control children not listed: looks like this one.")
    }
    notes += sightNotes(on: selected.children)
    return notes
  }

  /// The meaning of the stars, or the reason why there are none.
  private func sightNotes(on children: [ListedChild]) -> [String] {
    var notes: [String] = []
    var hasStars = picture.daemonStart != nil
    var remark = ""
    if picture.sights == nil {
      notes.append(
        "The daemon is not in this machine's process table: ages and states are not known.")
    } else if Self.areSeen(children) {
      hasStars = true
      let unreadable = children.count { $0.sight == .unreadable }
      if unreadable > 0 {
        remark = "; \(unreadable) of \(children.count) may not be read by this user"
      }
    } else if !children.isEmpty {
      notes.append(
        "None of the children is in the process table: ages and states are not known.")
    }
    if hasStars { notes.append("* from the process table, not sendmail's word\(remark)") }
    return notes
  }

  /// Whether any of `children` is known to be in the process table.
  private static func areSeen(_ children: [ListedChild]) -> Bool {
    children.contains { $0.sight?.facts != nil || $0.sight == .unreadable }
  }

  private static func children(_ count: Int) -> String {
    count == 1 ? "1 child" : "\(count) children"
  }

  private func folded(_ note: String) -> String {
    let text = StyledText(note, .faint)
    guard let width = style.width else { return text.text(style) + "\n" }
    return text.folded(into: width).map { $0.text(style) + "\n" }.joined()
  }
}

extension ChildKind.Category {
  /// The kind in words.
  var title: String {
    switch self {
    case .smtpServer: "SMTP server"
    case .queueRunner: "queue runner"
    case .control: "control"
    case .other: "other"
    }
  }
}
