// SPDX-License-Identifier: Apache-2.0

/// The statistics on a terminal: the sums, a line for each mailer, and the connections.
struct StatisticsScreen {
  let report: StatisticsReport
  let style: TerminalStyle

  /// The screen. Below ``TerminalStyle/narrowest`` columns it is one line.
  var text: String {
    if let width = style.width, width < TerminalStyle.narrowest {
      return style.fit(summary, into: width) + "\n"
    }
    let head = HeadLine(left: StyledText(summary, .bold), host: report.host, time: report.time)
    var heading = StyledText(style.text(report.statisticsFile), .bold)
    heading.append(", by \(style.text(report.file.utf8))")
    return head.text(style) + "\n" + heading.lines(style) + mailers + "\n" + connections
      + style.notes(notes)
  }

  private var summary: String {
    guard let start = report.statistics.since, let since = report.since else {
      return "nothing counted yet"
    }
    let total = report.statistics.total
    let age = Duration.seconds(max(0, report.now - start)).inTwoUnits
    return """
      \(total.messagesFrom) accepted, \(total.messagesTo) delivered since \
      \(since.date) \(since.time) (\(age))
      """
  }

  private var mailers: String {
    guard !report.mailers.isEmpty else { return "" }
    var table = TerminalTable([
      .init(title: "MAILER", minimumWidth: 6), .init(title: "FROM", isRight: true),
      .init(title: "SIZE", isRight: true, rank: 5), .init(title: "TO", isRight: true),
      .init(title: "SIZE", isRight: true, rank: 4), .init(title: "REJ", isRight: true, rank: 1),
      .init(title: "DISC", isRight: true, rank: 2), .init(title: "QUAR", isRight: true, rank: 3),
    ])
    for mailer in report.mailers {
      table.append([name(mailer)] + Self.cells(mailer.counts))
    }
    if report.mailers.count > 1 {
      table.append(["total"] + Self.cells(report.statistics.total))
    }
    return table.text(style)
  }

  private func name(_ mailer: StatisticsReport.Mailer) -> String {
    mailer.name.map { style.text($0) } ?? "number \(mailer.number)"
  }

  private static func cells(_ counts: MailStatistics.Counts) -> [String] {
    [
      String(counts.messagesFrom), Units.size(kilobytes: counts.kilobytesFrom),
      String(counts.messagesTo), Units.size(kilobytes: counts.kilobytesTo),
      String(counts.rejected), String(counts.discarded), String(counts.quarantined),
    ]
  }

  private var connections: String {
    let connections = report.statistics.connections
    return style.fact(
      "Connections", StyledText("\(connections.from) from clients, \(connections.to) to servers"))
      + style.fact("Rejections", StyledText(String(connections.rejected)))
  }

  private var notes: [String] {
    var notes = [
      "FROM: messages accepted from senders of the mailer. TO: deliveries by it.",
      "SIZE: of these, each message rounded up to 1000 bytes.",
    ]
    if report.mailers.contains(where: { $0.name == nil }) {
      notes.append("A number is that of a mailer that the configuration does not have any more.")
    }
    return notes
  }
}
