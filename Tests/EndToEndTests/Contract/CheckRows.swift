// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// The contract of monitoring plugins: 0, 1, 2 and 3 are all that they exit with, and their first line says
/// which. Everything that keeps a check from being made is UNKNOWN, wrong arguments included.
enum CheckRows {
  static var all: [ContractRow] { formats + failures + usage + queries }

  private static let forms = CommandForm.all.filter { $0.result == .plugin }

  private static let words: [Int32: String] = [
    0: "OK", 1: "WARNING", 2: "CRITICAL", 3: "UNKNOWN",
  ]

  // MARK: Formats

  private static var formats: [ContractRow] {
    forms.flatMap { form in
      OutputFormat.allCases.map { format in
        ContractRow("formats/\(form.id)/\(format.rawValue)") {
          let place = try ContractPlace()
          return try await place.withDaemon { daemon in
            let result = try await place.run(form.words + ["--format", format.rawValue])
            let isRefused = ![.nagios, .checkmk, .json].contains(format)
            var violations = Violations()
            violations.add(
              violationsOfOutput(result, isRefused ? .nagios : format, isRefused ? [3] : nil))
            let connections = try await daemon.eventsSoFar(at: place.socket).connections
            let expected = form.words.contains("--query") && !isRefused ? 1 : 0
            violations.require(
              connections == expected, "expected \(expected) connections, found \(connections)")
            return violations.list
          }
        }
      }
    }
  }

  // MARK: Failures

  /// A situation, and the statuses of each form in it.
  private struct Situation: Sendable {
    let name: String
    /// The statuses of `check`, `check --query` and `check --messages 100`.
    let statuses: [Int32]
    var options: [String] = []
    var isForRoot = false
    let run:
      @Sendable (ContractPlace, () async throws -> CommandResult) async throws -> CommandResult
  }

  /// The status of two messages that came in 2023, beside a daemon in another state.
  private static let situations: [Situation] = [
    Situation(name: "no daemon", statuses: [2, 2, 0]) { _, run in try await run() },
    Situation(name: "stale socket", statuses: [2, 2, 0]) { place, run in
      try await place.withDaemon { await $0.crash() }
      return try await run()
    },
    Situation(name: "not a socket", statuses: [2, 2, 0]) { place, run in
      try place.directory.write("no socket\n", to: "ctl")
      return try await run()
    },
    Situation(name: "silent daemon", statuses: [2, 2, 0], options: ["-t", "2"]) { place, run in
      try await place.withDaemon({ $0.fault = .silence }) { _ in try await run() }
    },
    Situation(name: "full listen queue", statuses: [2, 2, 0], options: ["-t", "2"]) { place, run in
      try await place.withDaemon({ $0.fault = .fullListenQueue }) { _ in try await run() }
    },
    Situation(name: "empty reply", statuses: [2, 2, 0]) { place, run in
      let server = try ReplyServer(at: place.socket, reply: [])
      defer { withExtendedLifetime(server) {} }
      return try await run()
    },
    Situation(name: "malformed reply", statuses: [2, 2, 0]) { place, run in
      let server = try ReplyServer(at: place.socket, reply: Array("<html>\r\n".utf8))
      defer { withExtendedLifetime(server) {} }
      return try await run()
    },
    Situation(
      name: "missing configuration", statuses: [3, 3, 3], options: ["-C", "@DIR@/none.cf"]
    ) { _, run in try await run() },
    Situation(
      name: "directory as configuration", statuses: [3, 3, 3], options: ["-C", "@DIR@"]
    ) { _, run in try await run() },
    Situation(
      name: "no such group", statuses: [2, 2, 3], options: ["--group", "none"]
    ) { _, run in try await run() },
    Situation(
      name: "missing queue", statuses: [2, 2, 3], options: ["-O", "QueueDirectory=@DIR@/x"]
    ) {
      _, run in try await run()
    },
  ]

  private static var failures: [ContractRow] {
    situations.flatMap { situation in
      zip(forms, situation.statuses).flatMap { form, status in
        [OutputFormat.nagios, .checkmk, .json].map { format in
          ContractRow("failures/\(form.id)/\(situation.name)/\(format.rawValue)") {
            let place = try ContractPlace()
            let words = situation.options + form.words + ["--format", format.rawValue]
            let result = try await situation.run(place) { try await place.run(words) }
            return violationsOfOutput(result, format, [status])
          }
        }
      }
    }
  }

  // MARK: Arguments

  private static var usage: [ContractRow] {
    let lines = [
      "check --bogus", "--bogus check", "check x", "check --messages x", "check --messages=",
      "check --oldest 1,2,3", "check -w 1", "check --state -w 1", "check --messages -w x",
      "check --messages --lost -c 1", "check --messages 1 -w 1", "check --group", "check -t 0",
      "check --state --group mqueue", "check --format xml", "check -Ac --all", "-f  check --group",
    ]
    return lines.flatMap { line in
      [[], ["--format", "json"]].map { format in
        ContractRow("usage/\(line)/\(format.last ?? "nagios")") {
          let place = try ContractPlace()
          let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
          let result = try await place.run(format + words)
          let isXML = line.hasSuffix("xml")
          return violationsOfOutput(result, format.isEmpty || isXML ? .nagios : .json, [3])
        }
      }
    }
  }

  // MARK: Queries

  /// A daemon that is near its limit is not queried, whatever is asked for.
  private static var queries: [ContractRow] {
    [
      ContractRow("query/near MaxDaemonChildren") {
        let place = try ContractPlace()
        return try await place.withFullDaemon { daemon in
          let result = try await place.run(["check", "--state", "--query", "-vv"])
          let connections = try await daemon.eventsSoFar(at: place.socket).connections
          var violations = Violations()
          violations.add(violationsOfOutput(result, .nagios, [0]))
          violations.require(connections == 0, "expected no connection: \(result.description)")
          violations.require(
            result.output.contains("not queried: it has 0 of 1 children"),
            "expected the reason: \(result.description)")
          return violations.list
        }
      }
    ]
  }

  // MARK: Output

  private static func violationsOfOutput(
    _ result: CommandResult, _ format: OutputFormat, _ statuses: Set<Int32>?
  ) -> [String] {
    var violations = Violations()
    violations.add(result.violations(ofStatus: statuses ?? [0, 1, 2, 3]))
    violations.add(result.violationsOfErrors(explains: false))
    guard let status = result.status else { return violations.list }
    let first = result.output.split(separator: "\n").first ?? ""
    switch format {
    case .json: violations.add(result.violationsOfJSON(command: "check"))
    case .checkmk:
      violations.require(
        first.hasPrefix("\(status) \"Sendmail\" "), "expected the status: \(result.description)")
    default:
      violations.require(
        first.hasPrefix("SENDMAIL \(words[status] ?? "?") - "),
        "expected the word of the status: \(result.description)")
      violations.require(
        first.prefix { $0 != "|" }.count <= 81, "expected 80 characters: \(result.description)")
    }
    return violations.list
  }
}
