// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import SMControlCommands

/// The options of `check` in `words`, or the complaint about them.
private func options(_ words: String) -> (CheckOptions?, String) {
  let words = ["check"] + words.split(separator: " ").map(String.init)
  do throws(UsageError) {
    let request = try CommandLineParser.parse(words.map { Array($0.utf8) }, in: .program)
    guard case .command(_, let line) = request else { return (nil, "no command") }
    return (try CheckOptions(line), "")
  } catch {
    return (nil, error.problem)
  }
}

/// The checks that `words` ask for, each as `NAME WARNING CRITICAL`.
private func requests(_ words: String) -> [String]? {
  options(words).0?.requests.map { request in
    let ranges = [request.thresholds?.warning?.text, request.thresholds?.critical?.text]
    return ([request.check.rawValue] + ranges.map { $0 ?? "-" }).joined(separator: " ")
  }
}

@Suite("The options of check")
struct CheckOptionsTests {
  @Test(
    "Checks with and without ranges",
    arguments: [
      ("", ["state - -", "oldest - -"]),
      ("--messages", ["messages - -"]),
      ("--messages 1,2", ["messages 1 2"]),
      ("--messages=1,2", ["messages 1 2"]),
      ("--messages --oldest 4h,2d --state", ["state - -", "messages - -", "oldest 14400 172800"]),
      ("--messages -w 1 -c 2", ["messages 1 2"]),
      ("--messages -c2", ["messages - 2"]),
      ("-w 1 --messages", ["messages 1 -"]),
      ("--state --messages -w 1", ["state - -", "messages 1 -"]),
      ("--messages --lost 1 -w @1:2", ["messages @1:2 -", "lost 1 -"]),
      ("--messages 1 --messages 2", ["messages 2 -"]),
      ("--space 2G:,500M:", ["space 2147483648: 524288000:"]),
    ])
  func checks(words: String, expected: [String]) {
    #expect(requests(words) == expected)
  }

  @Test(
    "Wrong ones are refused",
    arguments: [
      ("--messages x", "--messages 'x': expected WARNING[,CRITICAL], each a range such as"),
      ("--messages=", "--messages '': expected WARNING"),
      ("--oldest 4x", "--oldest '4x': expected WARNING"),
      ("--state 1", "unexpected argument '1'"),
      ("-w 1", "-w and -c need exactly one check"),
      ("--state -w 1", "-w and -c need exactly one check"),
      ("--messages --lost -w 1", "-w and -c need exactly one check"),
      ("--messages 5 -w 1", "-w and -c need exactly one check"),
      ("--messages -w x", "-w 'x': expected a range such as 10"),
      ("--space -c 4h", "-c '4h': expected a range such as 500M"),
      ("--load --group x", "--group needs a check of the queues"),
    ])
  func refusals(words: String, complaint: String) {
    #expect(options(words).1.hasPrefix(complaint), "\(options(words).1)")
  }

  @Test("-v counts up to three", arguments: [("", 0), ("-v", 1), ("-vv", 2), ("-v -vvv", 3)])
  func verbosity(words: String, count: Int) {
    #expect(options(words).0?.verbosity == count)
  }

  @Test("Every check is an option, with the parts that it needs")
  func all() {
    for check in MonitoringCheck.allCases {
      #expect(requests("--\(check.rawValue)") == ["\(check.rawValue) - -"])
      #expect(!check.parts.isEmpty)
    }
  }
}
