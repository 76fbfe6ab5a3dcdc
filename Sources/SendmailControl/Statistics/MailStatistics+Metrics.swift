// SPDX-License-Identifier: Apache-2.0

extension MailStatistics {
  /// The counts as families of metrics. There is a series for each mailer of the configuration, whether or
  /// not it was used, and for each other number that something was counted for.
  ///
  /// `names` are the names of the mailers by number.
  func metrics(names: [ByteText]) -> [MetricFamily] {
    var messages = MetricFamily(
      "mailer_messages", "Messages accepted from senders of a mailer, and deliveries to it.",
      kind: .counter)
    var bytes = MetricFamily(
      "mailer_bytes", "Size of these messages, each rounded up to 1000 bytes.", kind: .counter)
    var rejected = MetricFamily(
      "mailer_rejected", "Rejections by the mailer of the sender.", kind: .counter)
    var discarded = MetricFamily("mailer_discarded", "Messages discarded.", kind: .counter)
    var quarantined = MetricFamily("mailer_quarantined", "Messages quarantined.", kind: .counter)
    for number in 0..<max(names.count, mailers.count) {
      let counts = number < mailers.count ? mailers[number] : Counts()
      guard number < names.count || !counts.isEmpty else { continue }
      let name =
        number < names.count ? TerminalEscaping.escape(names[number]) : "number \(number)"
      let mailer = ("mailer", name)
      messages.add(counts.messagesFrom, mailer, Self.from)
      messages.add(counts.messagesTo, mailer, Self.to)
      bytes.add(counts.kilobytesFrom * 1000, mailer, Self.from)
      bytes.add(counts.kilobytesTo * 1000, mailer, Self.to)
      rejected.add(counts.rejected, mailer)
      discarded.add(counts.discarded, mailer)
      quarantined.add(counts.quarantined, mailer)
    }
    var connections = MetricFamily(
      "connections", "SMTP connections accepted from clients, and made to servers.", kind: .counter)
    connections.add(self.connections.from, Self.from)
    connections.add(self.connections.to, Self.to)
    var rejections = MetricFamily(
      "rejections",
      "Rejections of connections, senders, recipients and messages, discarded ones included.",
      kind: .counter)
    rejections.add(self.connections.rejected)
    var start = MetricFamily(
      "statistics_start_time_seconds",
      "Time of the first count of the statistics, in seconds since 1970; 0 before it.")
    start.add(since ?? 0)
    return [messages, bytes, rejected, discarded, quarantined, connections, rejections, start]
  }

  private static let from = ("direction", "from")
  private static let to = ("direction", "to")
}
