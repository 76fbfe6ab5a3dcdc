// SPDX-License-Identifier: Apache-2.0

/// The beginning of a report: the daemon's state in sendmail's words, the machine and the time.
struct StatusHead {
  let report: StatusReport
  let style: TerminalStyle

  /// The first line, and more where one is not wide enough.
  var text: String {
    let state = state
    guard let width = style.width else {
      return state.text(style) + "  " + rightCandidates[0] + "\n"
    }
    for right in rightCandidates where state.width + 2 + DisplayWidth.of(right) <= width {
      var line = state.padded(to: width - DisplayWidth.of(right))
      line.append(right, .faint)
      return line.text(style) + "\n"
    }
    let lines = state.folded(into: width - 2).map { $0.text(style) }
    let right = style.fit(rightCandidates[0], into: width - 2)
    return lines.joined(separator: "\n  ") + "\n  " + style.painted(right, .faint) + "\n"
  }

  /// Everything there is room for in a line of less than ``TerminalStyle/narrowest`` columns.
  func line(width: Int) -> String {
    let status = report.status
    var parts = [status.daemon.map { style.text($0.title) } ?? "daemon process unknown"]
    parts.append(
      status.maximumChildren.map { "\(status.childCount) of \($0) children" }
        ?? "\(status.childCount) children")
    if let load = status.loadAverage { parts.append("load \(load)") }
    let text = " " + parts.joined(separator: ", ")
    return style.painted(mark, paint) + style.fit(text, into: width - 1) + "\n"
  }

  private var rightCandidates: [String] {
    let host = style.text(report.context.host)
    let time = report.context.time
    let firstLabel = String(host.prefix { $0 != "." })
    return [
      "\(host)  \(time.date) \(time.time)", "\(host)  \(time.time)", "\(firstLabel)  \(time.time)",
    ]
  }

  private var state: StyledText {
    var text = StyledText(mark, paint)
    guard let daemon = report.status.daemon else {
      text.append(" sendmail: ")
      text.append("daemon process unknown", paint)
      return text
    }
    text.append(" \(name(of: daemon)): ", .bold)
    text.append(style.text(daemon.title), paint)
    if daemon.condition == .noPortOpen { text.append(" (no SMTP port is open)") }
    return text
  }

  /// `sendmail` with the names of its ports, where the title itself does not name the one it means.
  private func name(of daemon: DaemonStatus.Daemon) -> String {
    switch daemon.condition {
    case .rejectingConnections, .slowing: return "sendmail"
    case .accepting, .rejectingMessages, .noPortOpen, .unknown:
      let names = report.context.thresholds?.daemonNames.map { style.text($0) } ?? []
      return names.isEmpty ? "sendmail" : "sendmail (\(names.joined(separator: ", ")))"
    }
  }

  private var mark: String {
    let isUTF8 = style.characters == .utf8
    switch report.status.daemon?.condition {
    case .accepting: return isUTF8 ? "✔" : "+"
    case .rejectingConnections: return isUTF8 ? "✘" : "X"
    case .rejectingMessages, .slowing, .noPortOpen: return "!"
    case .unknown, nil: return "?"
    }
  }

  private var paint: Paint {
    switch report.status.daemon?.condition {
    case .accepting: .good
    case .rejectingConnections: .bad
    case .rejectingMessages, .slowing, .noPortOpen, .unknown, nil: .warning
    }
  }
}
