// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport

/// The request of a client, and the right reply to it.
enum SoakRequest: Sendable, Equatable {
  case help
  case status
  case mstat
  case memdump
  /// A word the daemon does not know.
  case unknown([UInt8])
  /// A request of more bytes than the daemon reads, which begins with this command.
  case overlong(ControlCommand)

  /// One by chance.
  static func any(using random: inout SeededNumbers) -> SoakRequest {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<45: .status
    case ..<70: .mstat
    case ..<80: .help
    case ..<88: .memdump
    case ..<97: .unknown(word(using: &random))
    default: .overlong(.status)
    }
  }

  private static func word(using random: inout SeededNumbers) -> [UInt8] {
    // No blank, no line feed, no NUL, and no command.
    [UInt8(ascii: "x")]
      + (0..<Int.random(in: 0...40, using: &random)).map { _ in
        random.pick([0x21, 0x7E, 0xE9, 0x1B])
      }
  }

  /// The bytes of the request.
  var bytes: [UInt8] {
    switch self {
    case .help: ControlCommand.help.requestBytes
    case .status: ControlCommand.status.requestBytes
    case .mstat: ControlCommand.mstat.requestBytes
    case .memdump: ControlCommand.memdump.requestBytes
    case .unknown(let word): word + [ASCII.lineFeed]
    case .overlong(let command):
      Array(command.rawValue.utf8) + [UInt8](repeating: 0x20, count: 3000) + [ASCII.lineFeed]
    }
  }

  /// Its name in the summary.
  var name: String { String("\(self)".prefix { $0 != "(" }) }

  /// True if the daemon leaves bytes of it unread, so that its end is a reset.
  var isLeftUnread: Bool {
    if case .overlong = self { true } else { false }
  }

  /// Returns whether the exchange went as it does with a daemon that does nothing wrong.
  func isRight(_ outcome: ExchangeOutcome, in conditions: FaultHistory.Conditions) -> Bool {
    outcome.end == (isLeftUnread ? .reset : .closed)
      && outcome.count == outcome.head.count
      && complaint(about: outcome.head, isWhole: true, in: conditions) == nil
  }

  /// Returns the fault in `reply`, or in the beginning of a reply; `nil` when there is none.
  func complaint(about reply: [UInt8], isWhole: Bool, in conditions: FaultHistory.Conditions)
    -> String?
  {
    switch self {
    case .help: fixed(reply, SoakState.helpReply, isWhole)
    case .memdump: fixed(reply, SendmailWords.noMemoryDump, isWhole)
    case .unknown(let word): fixed(reply, SendmailWords.badCommand(word), isWhole)
    case .status, .overlong:
      SoakState.complaint(aboutStatus: reply, isWhole: isWhole, in: conditions)
    case .mstat: SoakState.complaint(aboutMstat: reply, isWhole: isWhole, in: conditions)
    }
  }

  private func fixed(_ reply: [UInt8], _ right: [UInt8], _ isWhole: Bool) -> String? {
    (isWhole ? reply == right : right.starts(with: reply)) ? nil : "another text"
  }
}
