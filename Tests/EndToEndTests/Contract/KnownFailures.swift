// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The rows of the contract that do not hold yet. A row that holds must not be listed.
enum KnownFailures {
  /// Patterns for names of rows, and why these rows fail. In a pattern `*` is any text and `@(a|b)` is `a`
  /// or `b`.
  static let list = formats + failures + options + signals + deadlines

  private static let formats: [(pattern: String, reason: String)] = [
    ("formats/@(config|queues|audit*|status --passive)/raw", rawOfFinding),
    ("formats/@(help status|start*)/raw", rawOfFinding),
    ("formats/help status/json", "help COMMAND prints text under --format json"),
    ("formats/memdump --output/json", "memdump --output prints no JSON"),
    ("formats/start --sendmail/json", "start prints no JSON without --wait"),
  ]

  private static let rawOfFinding = "--format raw is classic where there is no reply"

  private static let failures: [(pattern: String, reason: String)] = [
    ("failures/@(status|mstat)/reply cut in its last line/*", cutReply),
    ("failures/@(help|memdump*|send*)/reply cut in its @(first|last) line/*", cutReply),
    (
      "failures/@(restart*|shutdown*)/reply cut in its last line/*",
      "OK counts without its line end"
    ),
    ("failures/status --passive/no permission/*", "status --passive says no daemon of a listener"),
    ("failures/@(status*|mstat|config|queues|audit)/*configuration/json", noJSON),
    ("failures/@(status|mstat)/@(empty reply|malformed reply|refusal)/json", noJSON),
    ("failures/@(status|mstat)/reply cut*/json", noJSON),
    ("failures/@(restart*|shutdown*|start*)/*/json", noJSON),
    ("failures/@(help|memdump|send status)/@(*socket*|*configuration|no permission)/json", noJSON),
    ("failures/@(help|memdump|send status)/@(silent*|full*|empty*)/json", noJSON),
    ("failures/memdump --output/*/json", noJSON),
  ]

  private static let noJSON = "a failing command prints no JSON"
  private static let cutReply = "a reply that is cut within a line counts as whole"

  private static let options: [(pattern: String, reason: String)] = [
    ("options/*/@(--color|--no-pager)/not listed", oneGrammar),
    ("options/@(audit|config|queues)/-v", oneGrammar),
    ("options/@(audit|config)/--timeout", oneGrammar),
    ("options/config/-f", oneGrammar),
    ("options/start/--format", oneGrammar),
    ("options/start/sendmail is told of @(-C with arguments|SMCONTROL_CF|-O|-o|-f)", otherDaemon),
  ]

  private static let otherDaemon = "start runs another daemon than the one named"
  private static let oneGrammar = "options: One grammar"

  private static let signals: [(pattern: String, reason: String)] = [
    ("signals/full pipe/*", stalled), ("signals/* that does not block/*", stalled),
    ("signals/FIFO/*", stalled), ("signals/shell/FIFO/*", stalled),
    ("signals/standard error full before/*", "a full standard error makes smcontrol deaf"),
    ("signals/stopped terminal/shell *", "readline waits for a stopped terminal"),
    ("signals/@(pager|program of *)/a text longer than a pipe/SIG*", program),
    ("signals/program of a script/a text that a pipe holds/*", program),
    ("signals/*sendmail hangs/*", "start waits for a sendmail that hangs"),
    ("signals/probing an SMTP port/*", "a signal while a port is probed is no interruption"),
    ("signals/script/from the program of a line/*", "a script that a signal ended exits with 0"),
  ]

  private static let stalled = "a signal is lost while output stalls"
  private static let program = "a signal is lost while a program reads, or its status is passed on"

  private static let deadlines: [(pattern: String, reason: String)] = [
    ("deadlines/silent SMTP ports/*", "each port that is probed takes a deadline of its own"),
    ("deadlines/restart --wait/a new daemon that is silent", "each look takes --timeout"),
    ("deadlines/start --wait/sendmail hangs", "start waits for a sendmail that hangs"),
  ]

  /// Why the row `id` fails, or `nil` for one that must hold.
  static func reason(for id: String) -> String? {
    list.first { matches(id, $0.pattern) }?.reason
  }

  /// The patterns for `family` that fit none of `ids`.
  static func unused(in ids: [String], family: String) -> [String] {
    list.map(\.pattern).filter { pattern in
      pattern.hasPrefix("\(family)/") && !ids.contains { matches($0, pattern) }
    }
  }

  /// Whether `pattern` fits `id`.
  static func matches(_ id: String, _ pattern: String) -> Bool {
    // FNM_EXTMATCH of the GNU C library, which Glibc's module leaves out.
    unsafe fnmatch(pattern, id, 1 << 5) == 0
  }
}
