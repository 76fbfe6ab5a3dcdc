// SPDX-License-Identifier: Apache-2.0

/// The beginning of a report: the daemon's state in sendmail's words, the machine and the time.
struct StatusHead {
  let report: StatusReport
  let style: TerminalStyle

  /// The first line, and more where one is not wide enough.
  var text: String {
    HeadLine(left: state, host: report.context.host, time: report.context.time).text(style)
  }

  /// The sentence about a daemon that rejects connections or messages.
  var explanation: String { report.explanation.map { style.paragraph($0) } ?? "" }

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
    if let missing { text.append(", but not on \(style.shown(missing))", paint) }
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

  private var condition: DaemonCondition? { report.status.daemon?.condition }
  private var mark: String { missing == nil ? condition.mark(style) : "!" }
  private var paint: Paint { missing == nil ? condition.paint : .warning }

  /// The ports that are closed although the daemon says that it accepts connections: it does so while any is
  /// open.
  private var missing: String? {
    condition == .accepting ? report.context.running?.ports.missingNames : nil
  }
}
