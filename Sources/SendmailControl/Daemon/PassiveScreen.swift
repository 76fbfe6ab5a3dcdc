// SPDX-License-Identifier: Apache-2.0

/// The passive status in the form of a status: the daemon's state, facts and children.
struct PassiveScreen {
  let report: PassiveReport
  let style: TerminalStyle

  private var observation: DaemonObservation { report.observation }

  var text: String {
    HeadLine(left: head, host: report.host, time: report.time).text(style) + explanation
      + "\n" + facts + children
      + style.notes([
        "No connection was made: this is what the system shows, not a report of sendmail."
      ])
  }

  // MARK: The state

  private var head: StyledText {
    switch observation.isAlive {
    case true?: return running
    case false?:
      return state(style.characters == .utf8 ? "✘" : "X", "not running", .bad)
    case nil: return state("?", "not known whether it runs", .warning)
    }
  }

  private var explanation: String {
    RejectionText.sentence(
      observation.condition, limits: nil, ports: report.running?.ports.map(\.port) ?? []
    ).map { style.paragraph($0) } ?? ""
  }

  private var running: StyledText {
    let waiting = observation.waiting ?? 0
    let condition = observation.condition
    if condition == nil, let words = unfinished {
      return state(
        "!", words + (waiting > 0 ? ", and \(PassiveText.waiting(waiting))" : ""), .warning)
    }
    let words =
      condition == nil
      ? "running" : style.text(TitleState.read(observation.daemon?.title ?? [], prefix: prefix))
    guard waiting > 0 else {
      if condition == .accepting, let missing = report.running?.ports.missingNames {
        return state("!", "\(words), but not on \(style.shown(missing))", .warning)
      }
      return condition == nil
        ? state(style.characters == .utf8 ? "✔" : "+", words, .good)
        : state(condition.mark(style), words, condition.paint)
    }
    // What waits was not accepted, whatever the title says.
    return state("!", "\(words), but \(PassiveText.waiting(waiting))", .warning)
  }

  /// The state of a process that is not a daemon, or not yet; `nil` for a daemon.
  private var unfinished: String? {
    if let starting = observation.starting.first {
      let names = starting.wantedPorts.map { style.text($0.port.port.name) }
      return names.isEmpty ? "starting" : "starting, without port \(names.joined(separator: ", "))"
    }
    return observation.queueOnlyText == nil ? nil : "runs the queue only"
  }

  private var prefix: [UInt8] { observation.place.titlePrefix }

  private func state(_ mark: String, _ words: String, _ paint: Paint) -> StyledText {
    var text = StyledText(mark, paint)
    text.append(" sendmail: ", .bold)
    text.append(words, paint)
    return text
  }

  // MARK: Facts

  private var facts: String {
    var text = ""
    for (index, daemon) in PassiveText.daemons(observation).enumerated() {
      text += style.fact(index == 0 ? "Daemon" : "", StyledText(style.shown(daemon)))
    }
    text += style.fact("PID file", StyledText(style.shown(PassiveText.pidFile(observation))))
    text += style.fact("Socket", StyledText(style.shown(PassiveText.socketFile(observation))))
    if let count { text += style.fact("Children", count) }
    return text + (report.running?.text(style) ?? "")
  }

  private var count: StyledText? {
    if let limit = report.limit {
      let bar = Bar(part: limit.children, whole: limit.maximum)
      var text = bar.text(columns: style.barColumns, style)
      text.append("  ")
      text.append("\(limit.children) of \(limit.maximum)", bar.paint == .good ? nil : bar.paint)
      if limit.children >= limit.maximum { text.append(", all slots are taken", .bad) }
      return text
    }
    return observation.children.value.map { StyledText(String($0.count)) }
  }

  // MARK: Children

  private var children: String {
    guard let children = observation.children.value, !children.isEmpty else { return "" }
    var table = TerminalTable([
      .init(title: "PID", isRight: true), .init(title: "AGE", isRight: true, rank: 1),
      .init(title: "CPU", isRight: true, rank: 2), .init(title: "STATE", minimumWidth: 12),
    ])
    for child in children.sorted(by: { ($0.start, $0.pid) < ($1.start, $1.pid) }) {
      table.append([
        String(child.pid), max(.zero, report.sinceBoot - child.start).inTwoUnits,
        child.processorTime.asProcessorTime, style.text(child.shownTitle),
      ])
    }
    return "\n" + table.text(style)
  }
}
