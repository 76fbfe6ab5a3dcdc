// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

/// Random control files of all versions through the real queue runner and the real mailq.
@Suite(.needsRealSendmail, .needsRoot, .serialized) struct QueueRunDifferentialTests {
  /// The number of files in a spool; the cases are divided among three configurations.
  private static let batch = 50

  @Test(
    "smcontrol, a queue run and mailq agree on control files drawn at random",
    arguments: [[], ["O QueueFileMode=0660"], ["O MinQueueAge=30m"]])
  func agreement(options: [String]) async throws {
    let run = DifferentialRun(defaultCount: 300)
    let sendmail = try await RealSendmail.required()
    let failure = try await run.batches(of: Self.batch * 3).firstFailure {
      (number: Int) async throws -> String? in
      var random = SeededNumbers(seed: run.seed &+ UInt64(number * 1000 + options.count))
      var comparison = try QueueRunComparison(
        sendmail, count: Self.batch, options: options, using: &random)
      defer { comparison.remove() }
      let problems = try await comparison.run()
      // Neither all of them nor none.
      guard comparison.lost > 5, comparison.lost < Self.batch - 5 else {
        return "\(comparison.lost) of \(Self.batch) messages were lost"
      }
      return problems.isEmpty
        ? nil : "seed \(run.seed), batch \(number):\n\(problems.joined(separator: "\n"))"
    }
    if let failure { Issue.record("\(failure)") }
  }
}
