// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

@testable import SMControlCommands

/// The end and the output of a run of smcontrol.
struct CommandResult: Sendable {
  let words: [String]
  /// The end; `nil` when it was still there at the time limit, and was killed.
  let ending: TerminalProgramEnding?
  let outputBytes: [UInt8]
  let errorBytes: [UInt8]

  /// The exit status, or `nil` when it did not exit.
  var status: Int32? {
    if case .exited(let status) = ending { status } else { nil }
  }

  var output: String { String(decoding: outputBytes, as: UTF8.self) }
  var errors: String { String(decoding: errorBytes, as: UTF8.self) }

  /// Returns whether the command line was refused; a monitoring plugin exits with UNKNOWN then.
  func isUsageError(of command: String) -> Bool {
    command == "check"
      ? status == ExitCode.unknown && errors.contains("see \"") : status == ExitCode.usage
  }

  /// The command line, the ending, and the beginnings of what was written.
  var description: String {
    let ending = ending.map { "\($0)" } ?? "still running"
    let texts = [("output", output), ("errors", errors)].map { name, text in
      "\(name) \(text.isEmpty ? "empty" : Self.excerpt(text))"
    }
    return "smcontrol \(words.joined(separator: " ")): \(ending), \(texts.joined(separator: ", "))"
  }

  private static func excerpt(_ text: String) -> String {
    String(text.prefix(300)).debugDescription + (text.count > 300 ? "…" : "")
  }
}

/// The requirements for a run of smcontrol, for any command.
extension CommandResult {
  /// Requires one of these exit statuses.
  func violations(ofStatus expected: Set<Int32>) -> [String] {
    if let status, expected.contains(status) { return [] }
    return ["expected status \(expected.sorted()): \(description)"]
  }

  /// Requires that each line of standard error has the program's name before it.
  ///
  /// `explains` is true if a failure must be explained there.
  func violationsOfErrors(explains: Bool = true) -> [String] {
    var violations = Violations()
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    violations.require(
      lines.allSatisfy { $0.hasPrefix("smcontrol: ") },
      "expected lines of standard error to begin with the program's name: \(description)")
    violations.require(
      !explains || status == 0 || !errors.isEmpty,
      "expected words on standard error: \(description)")
    return violations.list
  }

  /// Requires that standard output is one JSON object that names a schema of smcontrol, and that an
  /// object about a failure tells of this one. ``ContractPlace`` has compared it with the schema.
  ///
  /// `command` is the command's name.
  func violationsOfJSON(command: String) -> [String] {
    guard let object = try? JSONSerialization.jsonObject(with: Data(outputBytes)),
      let members = object as? [String: Any]
    else { return ["expected one JSON object: \(description)"] }
    guard let schema = members["schema"] as? String, Schema(named: schema) != nil else {
      return ["expected the name of a schema: \(description)"]
    }
    guard schema == "smcontrol.failure/1" else { return [] }
    var violations = Violations()
    violations.require(
      status != 0, "expected no \(schema) of what went well: \(description)")
    violations.require(
      members["command"] as? String == command
        && members["exitStatus"] as? Int == status.map(Int.init),
      "expected the command and the exit status in \(schema): \(description)")
    return violations.list
  }
}
