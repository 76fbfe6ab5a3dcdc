// SPDX-License-Identifier: Apache-2.0

/// The queue counts of a report, or in words why there are none and what would turn them on.
struct QueueFacts {
  let report: StatusReport
  let style: TerminalStyle

  var lines: [StyledText] {
    switch report.status.queues {
    case .notReported:
      return []
    case .notAvailable:
      return [
        StyledText(
          """
          not counted: this sendmail was compiled without shared memory (SM_CONF_SHM); \
          one compiled with it counts
          """)
      ]
    case .notConfigured:
      return [StyledText("not counted: \(whyNotConfigured)")]
    case .counts(let counts):
      return total(counts) + counts.map { count($0.directory, $0.messages) }
    }
  }

  private var whyNotConfigured: String {
    switch report.context.thresholds?.sharedMemoryKey {
    case 0?: "SharedMemoryKey is not set; \(Self.remedy)"
    case .some:
      """
      SharedMemoryKey is set, but the daemon cannot use its shared memory, mostly because of a \
      segment that an earlier daemon left (ipcs -m shows it); remove it and restart
      """
    case nil: "the daemon has no shared memory; \(Self.remedy)"
    }
  }

  private static let remedy =
    "set O SharedMemoryKey in sendmail.cf to an unused number and restart"

  /// The sum, where there is more than one to add up.
  private func total(_ counts: [DaemonStatus.Queue]) -> [StyledText] {
    guard counts.count > 1 else { return [] }
    let known = counts.compactMap(\.messages)
    let sum = known.reduce(0) { sum, count in
      let (next, overflow) = sum.addingReportingOverflow(count)
      return overflow ? .max : next
    }
    var text = StyledText("\(padded(sum))  total")
    if known.count < counts.count {
      text.append(", \(counts.count - known.count) of \(counts.count) not counted")
    }
    return [text]
  }

  private func count(_ name: ByteText, _ messages: Int?) -> StyledText {
    guard let messages else {
      return StyledText(
        "\(padded(nil))  in \(style.text(name)), not counted before the first queue run (-q)")
    }
    return StyledText("\(padded(messages))  in \(style.text(name))")
  }

  /// A number in four columns, or a `?`.
  private func padded(_ number: Int?) -> String {
    let text = number.map { String($0) } ?? "?"
    return String(repeating: " ", count: max(0, 4 - text.utf8.count)) + text
  }
}
