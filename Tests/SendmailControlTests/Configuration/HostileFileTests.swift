// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Files that no one means well by: nothing may crash, and effort grows with size only.
@Suite struct HostileFileTests {
  /// A generator that is the same in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static let pieces: [[UInt8]] =
    [
      "O ", "OQ", "Or", "OO", "Qx,P=", "D{a}", "Dx", "V10\n", "V2\n", "\n", "\n ", "\r\n", "#",
      "\\#",
      "$", "${", "}", "$?x", "$|", "$.", "=", ".", ",", "*", "/", "\"", "ControlSocketName",
      "Timeout.",
      "PidFile", "QueueDirectory", "Privacy", "12", "a", " ", "\t",
    ].map { Array($0.utf8) } + [[0], [0x81], [0x9B], [0xFF], [0xE9]]

  @Test("Random files", arguments: 0..<200)
  func randomFiles(_ seed: UInt64) {
    var generator = Generator(state: seed)
    let file = (0..<200).flatMap { _ in
      Self.pieces.randomElement(using: &generator) ?? []
    }
    let override = (0..<10).flatMap { _ in Self.pieces.randomElement(using: &generator) ?? [] }
    let configuration = SendmailConfiguration(
      parsing: file, file: "x", overrides: [.long(override), .short(override)],
      accounts: TestMachine.reference, machine: .reference)
    let resolved = ResolvedConfiguration(configuration, in: TestMachine.reference)
    let queues = QueueDirectories(of: configuration, in: TestMachine.reference)
    let listing = ConfigurationReport(resolved, queues: queues)
    let messages = configuration.diagnostics.map { ConfigurationReport.text(of: $0, file: "x") }
    for text in [listing.classic, listing.terminal(TerminalStyle())] + messages {
      #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A })
    }
    #expect(configuration.pidFile.count <= 4095)
  }

  @Test(
    "Effort is linear", .timeLimit(.minutes(5)),
    arguments: [
      LongText(start: "O PrivacyOptions=", part: "x,", count: 100_000),
      LongText(start: "O HelpFile=", part: "x # y\n ", count: 100_000),
      LongText(part: "bad line\n", count: 50_000), LongText(part: "#\n ", count: 100_000),
      LongText(start: "O HelpFile=", part: "$x\\#", count: 100_000),
      LongText(start: "O Timeout=", part: "z=1x,", count: 30_000),
      LongText(part: "Qg,", count: 50_000),
      LongText(start: "O HelpFile=", part: " ", count: 300_000, end: "#"),
    ])
  func effortIsLinear(_ file: LongText) {
    // Anything quadratic would take minutes.
    let configuration = SendmailConfiguration(parsing: Array(("V10\n" + file.text).utf8), file: "x")
    #expect(configuration.level == 10)
  }
}
