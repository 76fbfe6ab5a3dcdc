// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport

/// Has sendmail and smcontrol read the same configuration, and says where they differ.
struct ConfigurationComparison: Sendable {
  /// The file's name, in the working directory, so that messages are short.
  private static let fileName = "F"
  /// The exit code of a sendmail that stops in the middle of its file.
  private static let usage: Int32 = 64

  private let sendmail: RealSendmail
  private let machine: Machine

  /// Sets by themselves what another option sets, in the trace under that one's name only.
  private static let silent: Set<TimeoutName> = [
    .mail, .rcpt, .datainit, .datablock, .datafinal, .command,
  ]

  init(_ sendmail: RealSendmail) {
    self.sendmail = sendmail
    var machine = Machine.live()
    // As Tests/Peers/lone-machine.c tells sendmail.
    machine.hostName = Array("mta.smcontrol.test".utf8)
    self.machine = machine
  }

  /// What sendmail and smcontrol do not agree on, in words; empty when they agree.
  ///
  /// - Throws: ``HarnessError`` when sendmail cannot be run.
  func differences(_ configuration: RandomConfiguration) async throws -> [String] {
    let outcome = try await withTemporaryDirectory { directory in
      try directory.write(configuration.bytes, to: Self.fileName)
      // 84.1: bytes outside ASCII in hexadecimal, every one of them.
      let options = ["-d37.8", "-d84.1"].map { Array($0.utf8) }
      return try await ProcessRunner.run(
        sendmail.binary,
        rawArguments: options + configuration.arguments
          + ["-C", Self.fileName, "-bt"].map { Array($0.utf8) },
        environment: sendmail.environment, workingDirectory: directory.path)
    }
    let trace = SendmailTrace(
      outcome.standardOutput + outcome.standardError, file: Self.fileName)
    let ours = SendmailConfiguration(
      parsing: configuration.bytes, file: Self.fileName,
      overrides: OptionOverride.all(in: configuration.arguments), accounts: .live,
      machine: machine)
    guard trace.isComplete else {
      let stops = ours.diagnostics.contains {
        $0.effect == .refusesToStart(exitCode: Self.usage)
      }
      return stops && outcome.status == Self.usage
        ? [] : ["sendmail stops with \(outcome.termination)\n" + Self.text(trace.body)]
    }
    return optionDifferences(ours, trace) + timeoutDifferences(ours, trace)
      + messageDifferences(ours, trace)
  }

  private func optionDifferences(
    _ ours: SendmailConfiguration, _ trace: SendmailTrace
  ) -> [String] {
    var values: [String: [[UInt8]]] = [:]
    for entry in ours.entries where entry.origin != .builtIn {
      guard !entry.name.hasPrefix("Timeout."), !entry.name.hasPrefix("Milter.") else { continue }
      values[entry.name, default: []].append(SendmailTrace.shown(entry.value))
    }
    // The old form of MinFreeBlocks sets it without a trace.
    if trace.options["MaxMessageSize"] == nil { values["MaxMessageSize"] = nil }
    return Set(values.keys).union(trace.options.keys).sorted().compactMap { name in
      let (real, ours) = (trace.options[name] ?? [], values[name] ?? [])
      guard real != ours else { return nil }
      return "\(name): sendmail \(real.map(Self.text)), smcontrol \(ours.map(Self.text))"
    }
  }

  private func timeoutDifferences(
    _ ours: SendmailConfiguration, _ trace: SendmailTrace
  ) -> [String] {
    TimeoutName.allCases.compactMap { timeout in
      let value = ours.setting(timeout)?.value
      guard !Self.silent.contains(timeout), value != trace.timeouts[timeout] else { return nil }
      let real = trace.timeouts[timeout].map(Self.text) ?? "nothing"
      return "Timeout.\(timeout.name): sendmail \(real), "
        + "smcontrol \(value.map(Self.text) ?? "nothing")"
    }
  }

  /// Every message of ours must be among sendmail's, in the same order, and there must be as many.
  private func messageDifferences(
    _ ours: SendmailConfiguration, _ trace: SendmailTrace
  ) -> [String] {
    var rest = trace.text[...]
    for diagnostic in ours.diagnostics {
      let message = Array(diagnostic.sendmailText(file: Self.fileName).utf8)
      guard let place = rest.firstRange(of: message) else {
        return ["sendmail does not say: \(Self.text(message)), but:\n\(Self.text(trace.body))"]
      }
      rest = rest[place.upperBound...]
    }
    let located = ours.diagnostics.filter {
      guard case .line = $0.place else { return false }
      return $0.isLocated
    }
    guard located.count != trace.locatedMessages else { return [] }
    return [
      "sendmail has \(trace.locatedMessages) messages about lines, smcontrol \(located.count):\n"
        + Self.text(trace.body)
    ]
  }

  private static func text(_ bytes: [UInt8]) -> String {
    ConfigurationValueText.escaped(bytes).replacing("\\n", with: "\n")
  }
}
