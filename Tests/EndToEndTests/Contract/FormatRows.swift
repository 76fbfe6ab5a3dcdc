// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Every command in every output format: it gives its output, or is refused with 64 before anything is
/// sent or changed.
enum FormatRows {
  static var all: [ContractRow] {
    CommandForm.all.filter { $0.result != .plugin }.flatMap { form in
      OutputFormat.allCases.map { format in
        ContractRow("\(form.id)/\(format.rawValue)") {
          try await violations(of: form, in: format)
        }
      }
    }
  }

  /// The permitted outcomes of a format for a form.
  private enum Choice {
    case output, refusal, either
  }

  private static func choice(of form: CommandForm, in format: OutputFormat) -> Choice {
    switch (form.result, format) {
    case (_, .nagios), (_, .checkmk), (.plugin, _): .refusal
    case (.metrics, .prometheus), (.metrics, .openmetrics), (.metrics, .json): .output
    case (.metrics, _), (_, .prometheus), (_, .openmetrics): .refusal
    case (.reply, _): .output
    case (.replyAndWait, .raw): .either
    case (.finding, .raw): .refusal
    case (.file, .raw): .either
    case (.replyAndWait, _), (.finding, _), (.file, _): .output
    }
  }

  private static func violations(
    of form: CommandForm, in format: OutputFormat
  ) async throws -> [String] {
    let place = try ContractPlace()
    let words = form.words + ["--format", format.rawValue]
    switch form.id {
    case "shutdown --wait", "start --sendmail", "start --wait --sendmail":
      return try await withProcess(form.command == "shutdown", place) {
        let files = try place.fileNames()
        let result = try await place.run(words)
        var violations = Violations()
        if result.status == ExitCode.usage {
          violations.add(try refusal(result, of: form, in: format, files, place))
        } else {
          violations.add(output(result, of: form, in: format, reply: nil))
        }
        return violations.list
      }
    default:
      return try await place.withDaemon { daemon in
        let files = try place.fileNames()
        let result = try await place.run(words)
        guard result.status != ExitCode.usage else {
          let events = try await daemon.eventsSoFar(at: place.socket)
          var violations = Violations()
          violations.add(try refusal(result, of: form, in: format, files, place))
          violations.require(
            events.connections == 0, "expected no connection before 64: \(result.description)")
          return violations.list
        }
        let request = form.needsReply ? await daemon.requests.first { _ in true } : nil
        return output(result, of: form, in: format, reply: request?.reply)
      }
    }
  }

  private static func refusal(
    _ result: CommandResult, of form: CommandForm, in format: OutputFormat, _ files: Set<String>,
    _ place: ContractPlace
  ) throws -> [String] {
    var violations = Violations()
    violations.require(
      choice(of: form, in: format) != .output, "expected output: \(result.description)")
    violations.require(
      result.output.isEmpty || format == .json, "expected no output with 64: \(result.description)")
    violations.add(result.violationsOfErrors())
    violations.require(
      try place.fileNames() == files, "expected no file to be made: \(result.description)")
    return violations.list
  }

  private static func output(
    _ result: CommandResult, of form: CommandForm, in format: OutputFormat, reply: [UInt8]?
  ) -> [String] {
    var violations = Violations()
    violations.require(
      choice(of: form, in: format) != .refusal,
      "expected 64, since there is no such form: \(result.description)")
    violations.add(
      result.violations(ofStatus: form.mayFind ? [0, 1, 71, 77] : [0]))
    switch format {
    case .json: violations.add(result.violationsOfJSON(command: form.command))
    case .raw:
      violations.require(
        reply.map { $0 == result.outputBytes } ?? true,
        "expected the bytes of the reply: \(result.description)")
    case .classic, .terminal:
      let isControl = { (byte: UInt8) in byte < 0x20 && byte != 0x0A && byte != 0x09 }
      violations.require(
        !result.outputBytes.contains(where: isControl),
        "expected no control characters: \(result.description)")
    case .nagios, .checkmk, .prometheus, .openmetrics: break
    }
    let isSilent = form.result == .file && format != .json
    violations.require(
      isSilent || !result.output.isEmpty, "expected output: \(result.description)")
    return violations.list
  }

  /// Runs `body` where smcontrold can end or begin as a process of its own, which a daemon within the
  /// tests cannot.
  ///
  /// `isRunning` is true if one runs already; otherwise the stub for sendmail starts it.
  private static func withProcess(
    _ isRunning: Bool, _ place: ContractPlace, body: () async throws -> [String]
  ) async throws -> [String] {
    let daemon = [
      "--socket", place.socket.string, "--pid-file", place.directory["pid"].string,
      "--unsafe-path",
    ]
    guard isRunning else {
      try place.directory.write(
        "'\(BuiltBinaries.smcontrold)' \(daemon.joined(separator: " ")) >/dev/null 2>&1 &\n",
        to: "behaviour")
      // Nothing else ends the daemon that has been started.
      defer {
        if let text = try? String(contentsOfFile: place.directory["pid"].string, encoding: .utf8),
          let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) })
        {
          kill(pid, SIGKILL)
        }
      }
      return try await body()
    }
    return try await RunningProgram.run(BuiltBinaries.smcontrold, daemon) { _ in
      try await eventually("smcontrold to listen") {
        (try? RawControlClient(place.socket)) != nil
      }
      return try await body()
    }
  }
}

/// Exit statuses that rows name more than once.
enum ExitCode {
  static let refused: Int32 = 1
  static let usage: Int32 = 64
  /// UNKNOWN, for every failure of a monitoring plugin.
  static let unknown: Int32 = 3
  static let temporaryFailure: Int32 = 75
  static let interrupted: Int32 = 130
}
