// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

enum StatisticsProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    let statistics: MailStatistics
    do {
      statistics = try MailStatistics(parsing: bytes)
    } catch {
      return Harm.complaint(aboutLine: error.description, in: "a refusal")
    }
    let total = statistics.total
    if min(total.messagesFrom, total.kilobytesTo, total.quarantined) < 0 { return "a sum below 0" }
    let time = CalendarTime(year: 2026, month: 11, day: 21, hour: 7, minute: 3, second: 20)
    // The bytes are also the names of files and mailers.
    let report = StatisticsReport(
      statistics, from: ByteText(bytes),
      of: SendmailConfiguration(parsing: [UInt8(ascii: "M")] + bytes, file: "sendmail.cf"),
      since: time, now: 1_795_244_600, time: time, host: bytes)
    for width in [nil, 20, 60, 80] {
      let text = report.terminal(TerminalStyle(width: width, characters: .utf8))
      if let complaint = Harm.complaint(about: text, in: "a table of statistics") {
        return complaint
      }
    }
    guard let json = try? report.json else { return "JSON cannot hold it" }
    return Harm.complaint(about: report.classic, in: "lines of statistics")
      ?? Harm.complaint(about: json, in: "JSON of statistics")
  }
}
