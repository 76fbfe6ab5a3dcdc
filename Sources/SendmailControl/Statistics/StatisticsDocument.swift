// SPDX-License-Identifier: Apache-2.0

/// A report of statistics as a JSON object. Members are only ever added.
package struct StatisticsDocument: Encodable, Sendable {
  /// `smcontrol.stats/1`.
  package var schema = "smcontrol.stats/1"
  /// The name of the machine.
  package let host: ByteText
  /// The time at which the file was read, in seconds since 1970.
  package let time: Int
  /// The configuration file.
  package let file: String
  /// The statistics file.
  package let statisticsFile: ByteText
  /// The time of the first count, in seconds since 1970, or `null` when nothing has been counted yet.
  package let since: Nullable<Int>
  /// The mailers that something was counted for.
  package let mailers: [Mailer]
  /// The sums of the counts of all mailers.
  package let total: Counts
  /// The counts of connections.
  package let connections: Connections

  /// The counts of a mailer.
  package struct Mailer: Encodable, Sendable {
    let number: Int
    let name: Nullable<ByteText>
    let counts: Counts
  }

  /// Counts of messages.
  package struct Counts: Encodable, Sendable {
    let messagesFrom: Int
    let kilobytesFrom: Int
    let messagesTo: Int
    let kilobytesTo: Int
    let rejected: Int
    let discarded: Int
    let quarantined: Int
  }

  /// Counts of connections.
  package struct Connections: Encodable, Sendable {
    let from: Int
    let to: Int
    let rejected: Int
  }

  /// The document for `report`.
  init(_ report: StatisticsReport) {
    host = ByteText(report.host)
    time = report.now
    file = report.file
    statisticsFile = report.statisticsFile
    since = Nullable(report.statistics.since)
    mailers = report.mailers.map {
      Mailer(number: $0.number, name: Nullable($0.name), counts: Counts($0.counts))
    }
    total = Counts(report.statistics.total)
    let counts = report.statistics.connections
    connections = Connections(from: counts.from, to: counts.to, rejected: counts.rejected)
  }
}

extension StatisticsDocument.Counts {
  fileprivate init(_ counts: MailStatistics.Counts) {
    messagesFrom = counts.messagesFrom
    kilobytesFrom = counts.kilobytesFrom
    messagesTo = counts.messagesTo
    kilobytesTo = counts.kilobytesTo
    rejected = counts.rejected
    discarded = counts.discarded
    quarantined = counts.quarantined
  }
}
