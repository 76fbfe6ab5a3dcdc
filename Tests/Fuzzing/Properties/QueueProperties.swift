// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// Control files of queues, and what is shown of them.
enum QueueProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    let whole = lines(bytes, partLength: max(1, bytes.count))
    let partLength = 1 + Int(bytes.first ?? 0) % 17
    if lines(bytes, partLength: partLength) != whole {
      return "a control file that comes in parts of \(partLength) bytes differs"
    }
    // Of what follows the end there is only that it is there.
    if let index = whole.firstIndex(of: .end),
      ![[], [.afterEnd], [.noLineEnd]].contains(whole[(index + 1)...])
    {
      return "lines after the end"
    }
    return nameComplaint(bytes) ?? textComplaint(whole, bytes)
  }

  private static func lines(_ bytes: [UInt8], partLength: Int) -> [QueueControlLine] {
    var reader = QueueControlReader()
    var lines: [QueueControlLine] = []
    for start in stride(from: 0, to: bytes.count, by: partLength) {
      let part = Array(bytes[start..<min(start + partLength, bytes.count)])
      reader.take(part.span) { lines.append($0) }
    }
    reader.finish { lines.append($0) }
    return lines
  }

  private static func nameComplaint(_ bytes: [UInt8]) -> String? {
    let now = 1_795_244_600
    if let time = QueueID.time(of: bytes.span, now: now), time > now + 86400 || time < 0 {
      return "an id of the time \(time)"
    }
    let kind = QueueFileKind(name: bytes.span)
    return kind != .other && bytes.count > QueueFileKind.longestName ? "too long a name" : nil
  }

  private static func textComplaint(_ lines: [QueueControlLine], _ bytes: [UInt8]) -> String? {
    let now = 1_795_244_600
    var contents = QueueContents(bound: 4)
    contents.begin(arrival: now)
    for line in lines { contents.take(line, now: now) }
    contents.end(now: now)
    let recipients = lines.count { line in
      if case .recipient = line { true } else { false }
    }
    if contents.recipientDomains.total.total != recipients { return "recipients are lost" }
    var directory = QueueReport.Directory(path: bytes, name: bytes)
    directory.counts = QueueCounts()
    let report = QueueReport(
      queues: [
        .init(file: bytes, base: bytes, groups: [.init(name: bytes, directories: [directory])])
      ], contents: contents, now: now,
      time: CalendarTime(year: 2026, month: 11, day: 21, hour: 7, minute: 3, second: 20),
      host: bytes)
    let tables = QueueTables(QueueTables.Kind.allCases)
    let classic = QueuesClassicText.make(report, tables: tables)
    for width in [nil, 40, 60, 80] {
      let text = QueuesText.make(
        report, tables: tables, style: TerminalStyle(width: width, characters: .utf8))
      if let complaint = Harm.complaint(about: text, in: "a table of queues") { return complaint }
    }
    guard let json = try? JSONText.make(QueuesDocument(report, tables: tables)) else {
      return "JSON cannot hold it"
    }
    return Harm.complaint(about: classic, in: "lines of queues")
      ?? Harm.complaint(about: json, in: "JSON of queues")
  }
}
