// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport

/// The options that `start` is given about the daemon: they reach sendmail, or `start` refuses them.
enum OptionStartRows {
  /// A row: the words besides `start`, those before `--` and those after it, variables, and what the
  /// arguments of sendmail must contain; none for words that sendmail has no option for.
  private struct Start: Sendable {
    let id: String
    var words: [String] = []
    var arguments: [String] = []
    var environment: [String: String?] = [:]
    let expected: String?
  }

  private static let starts = [
    Start(id: "-C", words: ["-C", "@DIR@/sendmail.cf"], expected: "-C @DIR@/sendmail.cf"),
    Start(
      id: "-C with arguments", words: ["-C", "@DIR@/sendmail.cf"], arguments: ["-bD"],
      expected: "-C @DIR@/sendmail.cf"),
    Start(
      id: "SMCONTROL_CF", environment: ["SMCONTROL_SOCKET": nil], expected: "-C @DIR@/sendmail.cf"),
    Start(id: "-O", words: ["-O", "LogLevel=20"], expected: "LogLevel=20"),
    Start(id: "-o", words: ["-o", "L20"], expected: "-o L20"),
    Start(id: "-f", words: ["-f", "@DIR@/other"], expected: nil),
  ]

  static var all: [ContractRow] {
    starts.map { start in
      ContractRow("start/sendmail is passed \(start.id)") {
        let place = try ContractPlace()
        let result = try await place.run(
          start.words + ["start", "--sendmail", CommandForm.sendmail, "--"] + start.arguments,
          environment: start.environment)
        var violations = Violations()
        let told = place.startedSendmails
        if let expected = start.expected {
          let wanted = place.expand([expected])[0].replacing(" ", with: "")
          violations.require(
            told.count == 1 && told[0].replacing(" ", with: "").contains(wanted),
            "expected sendmail to be passed \(expected), it was passed \(told): \(result.description)"
          )
        } else {
          violations.require(
            told.isEmpty || !result.errors.isEmpty,
            "expected a refusal or a warning, sendmail was passed \(told): \(result.description)")
        }
        return violations.list
      }
    }
  }
}
