// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// The table of options against the real sendmail's own.
@Suite(.needsRealSendmail) struct OptionTableTests {
  @Test("Names and order are sendmails")
  func namesAndOrderAreSendmails() async throws {
    let peer = try await RealSendmail.required()
    let outcome = try await ProcessRunner.run(peer.binary, ["-bO"], environment: peer.environment)
    let names = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    let build = try await peer.build()
    // sendmail lists them since 8.16.
    guard let first = SendmailVersion("8.16"), build.version >= first else { return }
    #expect(
      names.dropLast().map(String.init)
        == OptionTable.options.filter(build.has).map(\.name))
  }

  @Test("Every beginning of every name")

  func everyBeginningOfEveryName() async throws {
    let peer = try await RealSendmail.required()
    let directory = try TemporaryDirectory()
    var beginnings: [String] = []
    for option in OptionTable.options where !option.name.isEmpty {
      beginnings += (1...option.name.count).map { String(option.name.prefix($0)) }
      beginnings.append(option.name + "x")
    }
    let lines = beginnings.map { "O \($0)=\(Self.value(for: $0))\n" }
    let file = try directory.write(lines.joined(), to: "t.cf")
    let outcome = try await ProcessRunner.run(
      peer.binary, ["-d37.1", "-C", file.string, "-bt"], environment: peer.environment)
    let real = outcome.output.split(separator: "\n").filter {
      $0.hasPrefix("\(file): line ")
        && ($0.contains(" used as abbreviation for ") || $0.contains(" option name "))
    }
    let configuration = SendmailConfiguration(
      parsing: Array(lines.joined().utf8), file: file.string,
      conditions: ReadingConditions(build: try await peer.build()))
    let ours = configuration.diagnostics.map { $0.sendmailText(file: file.string) }.filter {
      $0.contains(" used as abbreviation for ") || $0.contains(" option name ")
    }
    #expect(real.map(String.init) == ours)
    #expect(real.count > beginnings.count / 2)
  }

  /// A value that sendmail does not stop at: `DeliveryMode` and `EightBitMode` are particular.
  private static func value(for name: String) -> String {
    name.hasPrefix("D") ? "d" : "p"
  }
}
