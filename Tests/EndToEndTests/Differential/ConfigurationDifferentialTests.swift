// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// smcontrol and the real sendmail read the same configurations, drawn at random, and must agree
/// on every option, every timeout, every message, and on whether a daemon starts.
@Suite(.needsRealSendmail, .serialized) struct ConfigurationDifferentialTests {
  @Test("Sendmail and smcontrol agree on files drawn at random")
  func sendmailAndSmcontrolAgreeOnFiles() async throws {
    let run = DifferentialRun(defaultCount: 300)
    let comparison = try await ConfigurationComparison(try await RealSendmail.required())
    let failure = try await run.firstFailure {
      (number: Int) async throws -> (configuration: RandomConfiguration, number: Int)? in
      var random = SeededNumbers(seed: run.seed &+ UInt64(number))
      let configuration = RandomConfiguration(using: &random)
      do {
        return try await comparison.differences(configuration).isEmpty
          ? nil : (configuration, number)
      } catch let error as HarnessError {
        // A sendmail that does not end.
        throw HarnessError("seed \(run.seed), file \(number): \(configuration): \(error)")
      }
    }
    guard let failure else { return }
    let first = try await comparison.differences(failure.configuration)
    // A smaller file may show another difference, which would be that of another file.
    // It need not be the smallest.
    let end = ContinuousClock.now + .seconds(60)
    let least = try await failure.configuration.minimised {
      guard ContinuousClock.now < end else { return false }
      return try await comparison.differences($0).first.map(Self.kind) == first.first.map(Self.kind)
    }
    let differences = try await comparison.differences(least).joined(separator: "\n")
    Issue.record("seed \(run.seed), file \(failure.number): \(least)\n\(differences)")
  }

  /// The kind of a difference: its first words.
  private static func kind(_ difference: String) -> Substring {
    difference.prefix { $0 != ":" && !$0.isNumber }
  }

  /// The hosts are not looked up, so that smcontrol cannot know this message.
  @Test("A difference is found and minimized")
  func aDifferenceIsSeenAndCut()
    async throws
  {
    let comparison = try await ConfigurationComparison(
      try await RealSendmail.required(), host: { _, _ in .unknown(reason: "not asked") })
    let filter = Array("Xf,S=inet6:1@nosuchhost".utf8)
    let configuration = RandomConfiguration(
      lines: [Array("V10/Berkeley".utf8), filter + Array(",F=R".utf8), Array("O PidFile=/p".utf8)],
      lineEnd: Array("\n".utf8), isEnded: true, overrides: [[Array("-OTimeout=3".utf8)]])
    let least = try await configuration.minimised {
      try await !comparison.differences($0).isEmpty
    }
    #expect(least.overrides.isEmpty)
    #expect(least.lines.count == 1 && least.lines[0].first == UInt8(ascii: "X"))
    #expect(try await comparison.differences(least).first?.contains("messages about lines") == true)
  }
}
