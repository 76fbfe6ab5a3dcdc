// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// A spool with a statistics file, and runs of `smcontrol metrics` on it.
struct MetricsPlace: Sendable {
  let spool: Spool

  var directory: TemporaryDirectory { spool.directory }

  /// A place with two queue directories, which are empty.
  init(statistics: [UInt8]? = StatisticsFile.bytes) throws {
    spool = try Spool(
      ["q1", "q \"2\""], queueDirectory: "mq/q*",
      lines: [
        "O ControlSocketName=@DIR@/ctl", "O PidFile=@DIR@/pid", "O StatusFile=@DIR@/statistics",
        "O MaxDaemonChildren=20", "O QueueLA=8", "O RefuseLA=12",
      ] + ScratchDaemon.mailers)
    if let statistics { try directory.write(statistics, to: "statistics") }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.path.string)
  }

  /// Puts a file of every kind into the queues.
  func fill() throws {
    try spool.writeMessage(1, in: "q1", age: 20, size: 2048)
    try spool.writeMessage(2, in: "q1", age: 4000)
    try spool.writeMessage(3, in: "q \"2\"", age: 1_000_000)
    try spool.write([], to: "q1/hf\(spool.id(4))")
    try spool.write([], to: "q1/Qf\(spool.id(5))")
    try spool.write([], to: "q1/tf\(spool.id(6, age: 9000))", age: 9000)
    try spool.write([], to: "q1/df\(spool.id(7, age: 9000))", age: 9000)
  }

  /// Runs `smcontrol metrics` with these options.
  func metrics(
    _ options: String..., environment: [String: String?] = [:], user: SystemUser? = nil
  ) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", spool.configurationFile.string, "metrics"] + options, environment: environment,
      user: user)
  }

  /// The names of the series in `metrics`, with their labels.
  static func series(_ metrics: String) -> [Substring] {
    metrics.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .compactMap { line in line.lastIndex(of: " ").map { line[..<$0] } }
  }
}
