// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon
import TestSupport
import Testing

/// The real daemon and ControlDaemon get the same requests, drawn at random, and must answer the
/// same.
@Suite(.needsRealSendmail) struct RequestDifferentialTests {
  @Test(
    "The daemons agree on requests drawn at random", arguments: RealDaemon.Options.Mode.allCases)
  func theDaemonsAgreeOnRequestsMade(
    _ mode: RealDaemon.Options.Mode
  ) async throws {
    let run = DifferentialRun(defaultCount: 300)
    try await Twins.run(.init(mode: mode)) { twins in
      for number in 0..<run.count {
        var random = SeededNumbers(seed: run.seed &+ UInt64(number))
        let request = random.request()
        // Those that end a daemon have a test of their own.
        guard !Self.isFinal(request) else { continue }
        guard try await twins.difference(request) != nil else { continue }
        let least = try await Self.minimised(request, twins)
        let difference = try await twins.difference(least)
        Issue.record("seed \(run.seed), request \(number): \(difference ?? "not seen again")")
        return
      }
    }
  }

  @Test(
    "The daemons agree on requests to restart and to shut down",
    arguments: RealDaemon.Options.Mode.allCases)
  func theDaemonsAgreeOnRequests(
    _ mode: RealDaemon.Options.Mode
  ) async throws {
    let run = DifferentialRun(defaultCount: 300)
    // Each takes a daemon of its own, or a restart.
    for number in 0..<max(3, run.count / 100) {
      var random = SeededNumbers(seed: run.seed &+ UInt64(number))
      let request = random.finalRequest()
      let command = try #require(RequestLine(request.bytes).command)
      try await Twins.run(.init(mode: mode)) { twins in
        let before = twins.sockets.map { SocketIdentity($0) }
        let difference = try await twins.difference(request)
        #expect(difference == nil, "seed \(run.seed), request \(number)")
        if command == .restart {
          try await twins.waitForRestart(from: before)
        } else {
          try await twins.waitForEnd()
        }
      }
    }
  }

  @Test("A difference is found and minimized")

  func aDifferenceIsSeenAndCut()
    async throws
  {
    try await Twins.run {
      $0.help = nil
    } body: { twins in
      let request = TwinRequest(" \tHELP with more \r\n")
      #expect(try await twins.difference(TwinRequest("status\n")) == nil)
      #expect(try await twins.difference(request)?.contains("ours: ") == true)
      let least = try await Self.minimised(request, twins)
      #expect(least == TwinRequest("HELP\n"))
    }
  }

  private static func isFinal(_ request: TwinRequest) -> Bool {
    [.restart, .shutdown].contains(RequestLine(request.bytes).command)
  }

  /// `request` without what is not needed for the daemons to differ.
  private static func minimised(
    _ request: TwinRequest, _ twins: Twins
  ) async throws -> TwinRequest {
    var best = request
    var length = best.bytes.count
    while length > 0 {
      let before = best
      var start = 0
      while start < best.bytes.count {
        var smaller = best
        smaller.bytes.removeSubrange(start..<min(start + length, best.bytes.count))
        // Without an end neither daemon answers.
        let ends = smaller.finishes || smaller.bytes.contains(ASCII.lineFeed)
        if ends, !isFinal(smaller), try await twins.difference(smaller) != nil {
          best = smaller
        } else {
          start += length
        }
      }
      if best == before { length /= 2 }
    }
    return best
  }
}
