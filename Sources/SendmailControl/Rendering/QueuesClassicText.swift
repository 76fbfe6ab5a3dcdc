// SPDX-License-Identifier: GPL-3.0-or-later

/// An overview of queues in lines for scripts: a name, a colon, and `name=value` for each fact.
public enum QueuesClassicText {
  /// A line a directory, one for all of them, and one for each name of a table.
  ///
  /// Ages are in seconds, free space is in KiB, and `ages` has the counts of the classes whose bounds
  /// ``AgeHistogram/bounds`` are. What is not known is `unknown`.
  public static func make(_ overview: QueueOverview, tables: QueueTables) -> String {
    var text = ""
    for queues in overview.queues {
      for group in queues.groups {
        for directory in group.directories {
          text += line(directory, group: group.name, now: overview.now)
        }
      }
    }
    text += "total: \(facts(overview.total, now: overview.now))\n"
    guard let contents = overview.contents else { return text }
    for kind in tables.kinds {
      for entry in contents.tally(kind).top(tables.limit) {
        text += "\(kind.label) \(kind.text(entry.name) { HarmlessText.make($0) }): "
        text += "\(kind.unit)=\(entry.ages.total) \(ages(entry.ages))\n"
      }
    }
    return text
  }

  private static func line(
    _ directory: QueueOverview.Directory, group: [UInt8], now: Int
  ) -> String {
    guard let survey = directory.survey else { return "" }
    return """
      \(HarmlessText.make(directory.path)): group=\(HarmlessText.make(group)) \
      \(facts(survey, now: now)) free=\(number(directory.freeSpace)) \
      daemon=\(number(directory.daemonMessages))

      """
  }

  private static func facts(_ survey: QueueSurvey, now: Int) -> String {
    let oldest = survey.oldest.map { AgeHistogram.age(of: $0, at: now) }
    let newest = survey.newest.map { AgeHistogram.age(of: $0, at: now) }
    return """
      messages=\(survey.messages) bytes=\(survey.bytes) oldest=\(number(oldest)) \
      newest=\(number(newest)) quarantined=\(survey.quarantined) lost=\(survey.lost) \
      locked=\(number(survey.locked)) unfinished=\(survey.unfinished) orphans=\(survey.orphans) \
      others=\(survey.others) \(ages(survey.ages))
      """
  }

  private static func ages(_ ages: AgeHistogram) -> String {
    "ages=\(ages.counts.map { String($0) }.joined(separator: ","))"
  }

  private static func number(_ number: Int?) -> String {
    number.map { String($0) } ?? "unknown"
  }
}

extension QueueTables.Kind {
  /// What a name of the table is called in lines for scripts.
  var label: String {
    switch self {
    case .recipientDomains: "domain"
    case .senderDomains: "sender-domain"
    case .statuses: "status"
    }
  }

  /// What is counted.
  var unit: String {
    switch self {
    case .recipientDomains: "recipients"
    case .senderDomains, .statuses: "messages"
    }
  }

  /// A name of the table, or what stands for none.
  func text(_ name: [UInt8]?, _ make: ([UInt8]) -> String) -> String {
    if let name { return make(name) }
    return self == .statuses ? "(none)" : "(local)"
  }
}
