// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

/// Thresholds, and what they lead to in a queue of three messages, the oldest of two hours.
private struct ThresholdCase: Sendable {
  let words: [String]
  let status: Int32
  let label: String
  let values: ClosedRange<Double>
  /// True if the reference implementation reads the ranges: it does not know `@` in performance data.
  var isReadable = true

  static let all = [
    ThresholdCase(words: ["--messages", "10,20"], status: 0, label: "messages", values: 3...3),
    ThresholdCase(words: ["--messages", "2,20"], status: 1, label: "messages", values: 3...3),
    ThresholdCase(
      words: ["--messages", "-w", "1", "-c", "2"], status: 2, label: "messages", values: 3...3),
    ThresholdCase(words: ["--messages", "5:,1:"], status: 1, label: "messages", values: 3...3),
    ThresholdCase(
      words: ["--messages", "@1:3,@4:9"], status: 1, label: "messages", values: 3...3,
      isReadable: false),
    ThresholdCase(words: ["--oldest", "1h,1d"], status: 1, label: "oldest", values: 7200...7900),
    ThresholdCase(words: ["--oldest=~:30m,1h"], status: 2, label: "oldest", values: 7200...7900),
    ThresholdCase(words: ["--oldest"], status: 0, label: "oldest", values: 7200...7900),
  ]
}

@Suite("check in combinations of daemon state, thresholds and permission")
struct CheckCombinationsTests {
  private struct Run {
    let id: String
    let outcome: ProcessOutcome
    let row: ThresholdCase
    let status: Int32
    let isReadable: Bool
  }

  @Test(
    "Exit status, first line and performance data agree, as the reference implementation reads them",
    .enabled("Perl's Monitoring::Plugin reads the output") { try await PluginReading.isThere() })
  func combinations() async throws {
    var runs: [Run] = []
    for state in MonitoredPlace.DaemonState.allCases {
      let place = try MonitoredPlace()
      runs += try await place.withDaemon(state) {
        var runs: [Run] = []
        for isReadable in [true, false] {
          try place.setReadable(isReadable)
          for row in ThresholdCase.all {
            let words = ["check", "--state"] + row.words
            runs.append(
              Run(
                id: "\(state) \(isReadable) \(row.words)", outcome: try await place.run(words),
                row: row, status: Self.worst(state.status, isReadable ? row.status : 3),
                isReadable: isReadable))
          }
        }
        try place.setReadable(true)
        return runs
      }
    }
    #expect(runs.count >= 60)
    let readings = try await PluginReading.read(runs.map(\.outcome.output))
    for (run, reading) in zip(runs, readings) { check(run, reading) }
  }

  private func check(_ run: Run, _ reading: PluginReading) {
    let line = run.outcome.output
    #expect(run.outcome.status == run.status, "\(run.id): \(line)")
    #expect(reading.service == "SENDMAIL", "\(run.id): \(line)")
    #expect(
      reading.state == ["OK", "WARNING", "CRITICAL", "UNKNOWN"][Int(run.status)],
      "\(run.id): \(line)")
    #expect(reading.length <= 80, "\(run.id): \(line)")
    #expect(run.outcome.errorOutput == "", "\(run.id)")
    guard run.isReadable else {
      // Never a number, and the way to the right.
      #expect(reading.values.isEmpty, "\(run.id): \(line)")
      #expect(line.contains("Permission denied"), "\(run.id): \(line)")
      #expect(line.contains("\nto permit it, add to sudoers: "), "\(run.id): \(line)")
      return
    }
    #expect(reading.values.map(\.label) == [run.row.label], "\(run.id): \(line)")
    #expect(reading.values.allSatisfy { run.row.values.contains($0.value) }, "\(run.id): \(line)")
    if run.row.isReadable {
      #expect(reading.values.map(\.state) == [run.row.status], "\(run.id): \(line)")
    }
  }

  /// CRITICAL, WARNING, UNKNOWN, OK.
  private static func worst(_ states: Int32...) -> Int32 {
    [2, 1, 3, 0].first { states.contains($0) } ?? 0
  }
}
