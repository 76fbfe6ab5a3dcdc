// SPDX-License-Identifier: Apache-2.0

/// The statistics of a mail system, with the names of its mailers.
package struct StatisticsReport: Sendable {
  /// A mailer that something was counted for.
  package struct Mailer: Sendable {
    /// The number by which sendmail counts.
    let number: Int
    /// The name; `nil` when the configuration has no mailer of this number.
    let name: ByteText?
    let counts: MailStatistics.Counts
  }

  /// The counts.
  package let statistics: MailStatistics
  /// The mailers that something was counted for, by number.
  package let mailers: [Mailer]
  /// The configuration file.
  package let file: String
  /// The statistics file.
  package let statisticsFile: ByteText
  /// The beginning of the statistics in the local time zone; `nil` when nothing has been counted yet.
  package let since: CalendarTime?
  /// The time at which the file was read, in seconds since 1970.
  package let now: Int
  /// The same in the local time zone.
  package let time: CalendarTime
  /// The name of the machine.
  package let host: [UInt8]

  /// A report of `statistics`, which were read from `statisticsFile` for `configuration`.
  package init(
    _ statistics: MailStatistics, from statisticsFile: ByteText,
    of configuration: SendmailConfiguration, since: CalendarTime?, now: Int, time: CalendarTime,
    host: [UInt8]
  ) {
    self.statistics = statistics
    self.statisticsFile = statisticsFile
    file = configuration.file
    let names = configuration.mailerNames
    mailers = statistics.mailers.enumerated().compactMap { number, counts in
      counts.isEmpty
        ? nil
        : Mailer(
          number: number, name: number < names.count ? names[number] : nil, counts: counts)
    }
    self.since = since
    self.now = now
    self.time = time
    self.host = host
  }
}

extension StatisticsReport: Report {
  /// Lines for scripts: a name, a colon, and `name=value` for each count.
  package var classic: String {
    var text = "file: \(TerminalEscaping.escape(statisticsFile))\n"
    text += "since: \(statistics.since.map { String($0) } ?? "unknown")\n"
    for mailer in mailers {
      let name = mailer.name.map { TerminalEscaping.escape($0) } ?? "unknown"
      text += "mailer \(name): number=\(mailer.number) \(Self.counts(mailer.counts))\n"
    }
    text += "total: \(Self.counts(statistics.total))\n"
    let connections = statistics.connections
    return text
      + """
      connections: from=\(connections.from) to=\(connections.to) \
      rejected=\(connections.rejected)

      """
  }

  private static func counts(_ counts: MailStatistics.Counts) -> String {
    """
    messagesFrom=\(counts.messagesFrom) kilobytesFrom=\(counts.kilobytesFrom) \
    messagesTo=\(counts.messagesTo) kilobytesTo=\(counts.kilobytesTo) \
    rejected=\(counts.rejected) discarded=\(counts.discarded) quarantined=\(counts.quarantined)
    """
  }

  /// The counts as an administrator reads them.
  package func terminal(_ style: TerminalStyle) -> String {
    StatisticsScreen(report: self, style: style).text
  }

  /// The counts in JSON.
  package var document: StatisticsDocument { StatisticsDocument(self) }
}
