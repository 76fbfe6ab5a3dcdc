// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport

/// Has sendmail and smcontrol read the same configuration, and says where they differ: in the options
/// as `sendmail -bt` shows them, in the messages of `sendmail -bD`, and in whether that starts.
struct ConfigurationComparison: Sendable {
  /// The file's name, in the working directory, so that messages are short.
  private static let fileName = "F"
  private let sendmail: RealSendmail
  private let machine: Machine
  private let build: SendmailBuild

  /// Sets by themselves what another option sets, in the trace under that one's name only.
  private static let silent: Set<TimeoutName> = [
    .mail, .rcpt, .datainit, .datablock, .datafinal, .command,
  ]

  /// A comparison with `sendmail`. `host` looks hosts up for smcontrol, as it stands as
  /// Tests/Peers/lone-machine.c does for sendmail.
  init(
    _ sendmail: RealSendmail,
    host: @escaping @Sendable (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]> = {
      $1 ? .absent : .known([127, 0, 0, 1])
    }
  ) async throws {
    self.sendmail = sendmail
    build = try await sendmail.build()
    var machine = Machine.live()
    // As Tests/Peers/lone-machine.c tells sendmail.
    machine.hostName = Array("mta.smcontrol.test".utf8)
    machine.host = host
    self.machine = machine
  }

  /// Returns the differences between sendmail and smcontrol, in words; empty when they agree.
  ///
  /// - Throws: ``HarnessError`` when sendmail cannot be run.
  func differences(_ configuration: RandomConfiguration) async throws -> [String] {
    try await withTemporaryDirectory { directory in
      let files = try ClassFiles(in: directory)
      try directory.write(configuration.bytes, to: Self.fileName)
      let ours = SendmailConfiguration(
        parsing: configuration.bytes, file: Self.fileName,
        overrides: OptionOverride.all(in: configuration.arguments), accounts: .live,
        machine: machine,
        conditions: ReadingConditions(
          files: files, realUser: geteuid(), isDefaultFile: false, build: build))
      // 84.1: bytes outside ASCII in hexadecimal, every one of them.
      let test = try await run(["-d37.8", "-d84.1"], configuration, "-bt", in: directory)
      let daemon = try await run([], configuration, "-bD", in: directory)
      let trace = SendmailTrace(test.standardOutput + test.standardError)
      // Without an end it was one of the values at which sendmail stops at once.
      let isStopped = !trace.isComplete
      return (isStopped ? [] : optionDifferences(ours, trace) + timeoutDifferences(ours, trace))
        + startDifferences(ours, files, daemon)
    }
  }

  private func run(
    _ options: [String], _ configuration: RandomConfiguration, _ mode: String,
    in directory: TemporaryDirectory
  ) async throws -> ProcessOutcome {
    var environment = sendmail.environment
    environment["SMCONTROL_TEST_END_AT_START"] = "1"
    // No segment of shared memory is left.
    let arguments = mode == "-bD" ? ["-OSharedMemoryKey=0"] : []
    return try await ProcessRunner.run(
      sendmail.binary,
      rawArguments: options.map { Array($0.utf8) } + configuration.arguments
        + (arguments + ["-C", Self.fileName, mode]).map { Array($0.utf8) },
      environment: environment, workingDirectory: directory.path)
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

  /// The messages that sendmail prints in its verbose modes only, or only where errors are printed.
  private static let verbose = ["is out of date", "is not qualified"]

  /// Every message of ours must be among the daemon's, in the same order, there must be as many about
  /// lines, and both must say the same of the end.
  private func startDifferences(
    _ ours: SendmailConfiguration, _ files: ClassFiles, _ daemon: ProcessOutcome
  ) -> [String] {
    let startup = ours.startup(with: QueueDirectories(of: ours, in: files))
    let known = daemon.standardOutput.ranges(of: Array("\(Self.fileName): line ".utf8)).count
    if daemon.status == nil {
      return ["sendmail crashes: \(daemon.termination)", Self.text(daemon.standardOutput)]
    }
    // A few messages keep their eighth bits, which a diagnostic never does.
    var output = daemon.standardOutput.map { $0 & 0x7F }[...]
    var errors = daemon.standardError.map { $0 & 0x7F }[...]
    // With another ErrorMode sendmail keeps errors to itself once the file is read.
    let printsErrors =
      ours.entries.first { $0.name == "ErrorMode" }
      .map { $0.value.first == UInt8(ascii: "p") || $0.value.isEmpty } ?? true
    // Of a relative queue directory sendmail says whether it was started beside it.
    let base = ours.baseQueueDirectory
    let knowsQueues = base.problem != nil || base.path.first == ASCII.slash
    for message in startup.messages {
      let text = message.sendmailText(file: Self.fileName)
      guard !Self.verbose.contains(where: text.contains) else { continue }
      let isAboutLine = message.place != .configuration
      guard isAboutLine || printsErrors else { continue }
      guard isAboutLine || knowsQueues || !message.isAboutQueues else { continue }
      if Self.skip(past: Array(text.utf8), in: &output) { continue }
      if !Self.skip(past: Array(text.utf8), in: &errors) {
        return ["sendmail does not say: \(text), but:\n\(Self.text(daemon.standardOutput))"]
      }
    }
    let located = startup.messages.count {
      guard case .line = $0.place else { return false }
      return $0.isLocated
    }
    var differences: [String] = []
    if located != known {
      differences.append("sendmail has \(known) messages about lines, smcontrol \(located)")
    }
    if geteuid() == 0, daemon.status != startup.exitStatus ?? 0 {
      differences.append(
        "sendmail ends with \(daemon.termination), smcontrol expects \(startup.exitStatus ?? 0)")
    }
    return differences.isEmpty
      ? [] : differences + [Self.text(daemon.standardOutput + daemon.standardError)]
  }

  private static func skip(past text: [UInt8], in output: inout ArraySlice<UInt8>) -> Bool {
    guard let place = output.firstRange(of: text) else { return false }
    output = output[place.upperBound...]
    return true
  }

  private static func text(_ bytes: [UInt8]) -> String {
    ConfigurationValueText.escaped(bytes).replacing("\\n", with: "\n")
  }
}

extension ConfigurationDiagnostic {
  fileprivate var isAboutQueues: Bool {
    effect.exitCode == 78 && !message.starts(with: "InputFilter".utf8)
  }
}
