// SPDX-License-Identifier: Apache-2.0

/// The daemon's state in words, for the shell: in the prompt, and as an announcement.
package enum PresenceText {
  /// The prompt, such as `mta rejecting> `. Its colours stand between U+0001 and U+0002, by which
  /// readline knows that they take no place.
  ///
  /// `name` is that of the daemon, such as `mta`.
  package static func prompt(
    name: String, _ presence: DaemonPresence, style: TerminalStyle
  ) -> String {
    let text = ([name] + [presence.promptWord].compactMap { $0 }).joined(separator: " ")
    guard style.isColoured else { return text + "> " }
    let paint = paint(presence)
    return "\u{01}\u{1B}[\(paint.rawValue)m\u{02}\(text)\u{01}\u{1B}[0m\u{02}> "
  }

  /// A change of the daemon's state, as one line with its end; `nil` when it is as it was.
  ///
  /// `time` is the time of the change, such as `14:02:31`.
  package static func announcement(
    from old: PresenceTracker, to new: PresenceTracker, time: String, style: TerminalStyle
  ) -> String? {
    guard !old.hasSamePrompt(as: new), old.presence != .unknown,
      let change = change(from: old, to: new)
    else { return nil }
    let line = "[\(time)] \(style.shown(change))"
    return style.painted(style.width.map { style.fit(line, into: $0) } ?? line, paint(new.presence))
      + "\n"
  }

  private static func change(
    from old: PresenceTracker, to new: PresenceTracker
  ) -> String? {
    let process = new.processID.map { ": process \($0)" } ?? ""
    switch new.presence {
    case .unknown: return nil
    case .down:
      return "the daemon is down"
        + (old.processID.map { ": its process \($0) is gone" } ?? "")
    case .noPermission: return "the control socket may not be used by this user"
    case .notAnswering:
      return "the daemon does not answer"
        + (new.pollsWithBacklog > 0 ? ": connections wait to be accepted" : "")
    case .noSocket: return "there is no control socket"
    case .running(let condition):
      let state = state(condition)
      guard case .running(let before) = old.presence else {
        return "the daemon runs\(process)" + (state.map { "; it is \($0)" } ?? "")
      }
      if let oldID = old.processID, let newID = new.processID, oldID != newID {
        return "the daemon is process \(newID) now, it was \(oldID)"
          + (state.map { "; it is \($0)" } ?? "")
      }
      if before.name == condition.name { return nil }
      return "the daemon is \(state ?? "running")"
    }
  }

  private static func state(_ condition: DaemonCondition) -> String? {
    switch condition {
    case .accepting: "accepting connections"
    case .rejectingConnections(_, let reason):
      "rejecting connections" + (reason.isEmpty ? "" : ": \(TerminalEscaping.escape(reason))")
    case .rejectingMessages(let reason):
      "rejecting new messages" + (reason.isEmpty ? "" : ": \(TerminalEscaping.escape(reason))")
    case .slowing: "answering connections late"
    case .noPortOpen: "without an open SMTP port"
    case .unknown: nil
    }
  }

  private static func paint(_ presence: DaemonPresence) -> Paint {
    switch presence {
    case .running(.accepting): .good
    case .running(.unknown), .unknown: .bold
    case .running(.rejectingConnections), .down, .notAnswering: .bad
    case .running(.rejectingMessages), .running(.slowing), .running(.noPortOpen), .noPermission,
      .noSocket:
      .warning
    }
  }
}
