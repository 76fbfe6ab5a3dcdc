// SPDX-License-Identifier: GPL-3.0-or-later

/// The question before the daemon is told to end or to begin anew.
public enum ConfirmationText {
  /// The question, such as `Restart sendmail: process 712 on mx.example.org, up 3 d 4 h, 12 children at
  /// work? [y/N] `.
  ///
  /// - Parameters:
  ///   - verb: what is to be done, as the beginning of a sentence.
  ///   - status: what the daemon says of itself.
  ///   - host: the machine's name.
  ///   - age: how long its process has been running, when that can be seen.
  public static func question(
    _ verb: String, _ status: DaemonStatus, host: [UInt8], age: Duration?, style: TerminalStyle
  ) -> String {
    let process = status.daemon.map { "process \($0.pid)" } ?? "an unknown process"
    var facts = ["\(verb) sendmail: \(process) on \(style.text(host))"]
    if let age { facts.append("up \(DurationText.short(age))") }
    let busy = status.children.count { ![.control, .answeringControl].contains($0.kind) }
    facts.append(
      busy == 1 ? "1 child at work" : "\(busy == 0 ? "no" : String(busy)) children at work")
    return facts.joined(separator: ", ") + "? [y/N] "
  }

  /// The question when the daemon did not say how it is.
  ///
  /// - Parameters:
  ///   - socket: the control socket's path.
  ///   - reason: why nothing is known.
  public static func question(
    _ verb: String, socket: [UInt8], reason: String, style: TerminalStyle
  ) -> String {
    "\(verb) the daemon at \(style.text(socket)), of which nothing is known (\(style.shown(reason)))? "
      + "[y/N] "
  }

  /// Whether `answer` is a yes.
  public static func isYes(_ answer: String) -> Bool {
    ["y", "yes"].contains(answer.lowercased().filter { $0 != " " && $0 != "\t" })
  }
}
