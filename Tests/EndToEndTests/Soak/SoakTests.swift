// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

/// The soak finds what it is there to find. A long one is `make soak`.
@Suite(.serialized) struct SoakTests {
  @Test("A short soak is all right")
  func aShortSoakIsAllRight() async throws {
    let outcome = try await ProcessRunner.run(
      BuiltBinaries.soak, ["--exchanges", "1500", "--clients", "10"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    #expect(outcome.output.contains("exchanges: 1500 in "))
    #expect(outcome.errorOutput.isEmpty)
  }

  @Test(
    "Injected errors are found",
    arguments: [
      ("descriptors", "1500", "descriptors became"), ("memory", "3000", "KiB of memory became"),
      ("reply", "1500", "the summary"), ("process", "500", "2 child processes, expected 1"),
      // The clients have to meet a fault that keeps them waiting.
      ("deadline", "100000", "seconds, not 3.0 seconds"),
    ])
  func whatIsDoneWrongOnPurpose(
    _ breakage: String, exchanges: String, complaint: String
  ) async throws {
    let outcome = try await ProcessRunner.run(
      BuiltBinaries.soak,
      ["--exchanges", exchanges, "--clients", "10", "--seed", "1", "--break", breakage])
    #expect(outcome.status == 1)
    #expect(outcome.errorOutput.contains(complaint), "\(outcome.output)\(outcome.errorOutput)")
  }
}
