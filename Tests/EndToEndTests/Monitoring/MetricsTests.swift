// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// The series of `smcontrol metrics`. ``RealPrometheusTests`` reads them with Prometheus's own programs.
@Suite("smcontrol metrics")
struct MetricsTests {
  @Test("No connection is made")
  func noConnection() async throws {
    let place = try ContractPlace()
    try await place.withDaemon { daemon in
      let result = try await place.run(["metrics"])
      #expect(result.output.contains("\nsendmail_up 1\n"), "\(result.description)")
      #expect(try await daemon.eventsSoFar(at: place.socket).connections == 0)
    }
  }

  @Test("There are the same series, whether the queues are empty or full")
  func sameSeries() async throws {
    let place = try MetricsPlace()
    let empty = try await place.metrics()
    #expect(empty.status == 0, "\(empty.errorOutput)")
    try place.fill()
    let full = try await place.metrics()
    #expect(MetricsPlace.series(full.output) == MetricsPlace.series(empty.output))
    #expect(empty.output != full.output)
  }

  @Test("Counts of the queues, their ages and the statistics")
  func values() async throws {
    let place = try MetricsPlace()
    try place.fill()
    let metrics = try await place.metrics()
    #expect(metrics.status == 0, "\(metrics.errorOutput)")
    #expect(metrics.errorOutput == "")
    let base = "\(place.directory.path)/mq"
    let first = #"queue="\#(base)/q1",group="mqueue""#
    let second = #"queue="\#(base)/q \"2\"",group="mqueue""#
    for line in [
      "sendmail_up 0", #"sendmail_state{state="down"} 1"#, #"sendmail_state{state="accepting"} 0"#,
      "sendmail_children 0", "sendmail_children_limit 20",
      #"sendmail_load_limit{limit="refuse"} 12"#, "sendmail_queue_messages{\(first)} 2",
      "sendmail_queue_messages{\(second)} 1", "sendmail_queue_quarantined{\(first)} 1",
      "sendmail_queue_lost{\(first)} 1", "sendmail_queue_incomplete{\(first)} 2",
      #"sendmail_queue_age_seconds_bucket{\#(first),le="300.0"} 1"#,
      #"sendmail_queue_age_seconds_bucket{\#(first),le="4800.0"} 2"#,
      #"sendmail_queue_age_seconds_bucket{\#(first),le="+Inf"} 2"#,
      "sendmail_queue_age_seconds_count{\(second)} 1",
      #"sendmail_mailer_messages_total{mailer="local",direction="from"} 11"#,
      #"sendmail_mailer_bytes_total{mailer="number 5",direction="from"} 2048000000"#,
      #"sendmail_connections_total{direction="to"} 98"#, "sendmail_statistics_enabled 1",
      "sendmail_statistics_start_time_seconds 1795244600",
      #"sendmail_scrape_complete{part="queues"} 1"#,
    ] {
      #expect(metrics.output.contains("\n\(line)\n"), "\(line)")
    }
  }

  @Test("Without statistics there are no counters, and a series that says so")
  func noStatistics() async throws {
    let place = try MetricsPlace(statistics: nil)
    let metrics = try await place.metrics()
    #expect(metrics.status == 0)
    #expect(metrics.output.contains("\nsendmail_statistics_enabled 0\n"))
    #expect(!metrics.output.contains("_total"))
    // Nothing counted yet: there are all series.
    try place.directory.write([], to: "statistics")
    let empty = try await place.metrics()
    #expect(
      empty.output.contains("\nsendmail_mailer_rejected_total{mailer=\"*file*\"} 0\n"))
    #expect(empty.output.contains("\nsendmail_statistics_start_time_seconds 0\n"))
  }

  /// Names that cannot be read for another reason than permission, with the exit status.
  private static let unreadable: [(name: String, status: Int32)] = [("mq", 78), ("statistics", 71)]

  @Test("The exit status tells why something could not be read", arguments: unreadable)
  func exitStatus(name: String, status: Int32) async throws {
    let place = try MetricsPlace()
    try FileManager.default.removeItem(atPath: place.directory[name].string)
    // Not a queue directory, and not a statistics file.
    if name == "mq" {
      try place.directory.write("", to: name)
    } else {
      try place.directory.makeDirectory(name)
    }
    let metrics = try await place.metrics()
    #expect(metrics.status == status, "\(metrics.errorOutput)")
    #expect(metrics.errorOutput.contains("smcontrol: \(place.directory[name])"))
    let part = name == "mq" ? "queues" : name
    #expect(metrics.output.contains("sendmail_scrape_complete{part=\"\(part)\"} 0\n"))
  }

  @Test("Files that may not be read are left out, and the result is incomplete", .needsRoot)
  func incomplete() async throws {
    let place = try MetricsPlace()
    try place.fill()
    for (name, mode) in [("mq/q1", 0o700), ("statistics", 0o600)] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: place.directory[name].string)
    }
    let metrics = try await place.metrics(user: .ordinary())
    #expect(metrics.status == 77)
    #expect(metrics.output.contains(#"sendmail_scrape_complete{part="queues"} 0"#))
    #expect(metrics.output.contains(#"sendmail_scrape_complete{part="statistics"} 0"#))
    #expect(metrics.output.contains("mq/q \\\"2\\\"\",group=\"mqueue\"} 1\n"))
    #expect(!metrics.output.contains("mq/q1\""))
    #expect(!metrics.output.contains("_total"))
    for name in ["mq/q1", "statistics"] {
      #expect(metrics.errorOutput.contains("\(place.directory[name]): open: Permission denied"))
    }
  }
}
