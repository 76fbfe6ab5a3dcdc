// SPDX-License-Identifier: Apache-2.0

/// The question before the daemon is restarted or shut down.
package enum ConfirmationText {
  /// The question, such as `Restart sendmail (process 712 on mx.example.org, up 3d04h, 12 active
  /// children)? [y/N] `.
  ///
  /// `verb` is the operation, as the beginning of a sentence. `status` is the daemon's reply.
  /// `host` is the machine's name. `age` is the age of its process, when that is known.
  package static func question(
    _ verb: String, _ status: DaemonStatus, host: [UInt8], age: Duration?, style: TerminalStyle
  ) -> String {
    let process = status.daemon.map { "process \($0.pid)" } ?? "an unknown process"
    var facts = ["\(process) on \(style.text(host))"]
    if let age { facts.append("up \(age.inTwoUnits)") }
    let busy = status.children.count { $0.kind != .control }
    facts.append(
      busy == 1 ? "1 active child" : "\(busy == 0 ? "no" : String(busy)) active children")
    return "\(verb) sendmail (\(facts.joined(separator: ", ")))? [y/N] "
  }

  /// The question when the daemon's state is not known.
  ///
  /// `socket` is the control socket's path. `reason` is the reason why nothing is known.
  package static func question(
    _ verb: String, socket: [UInt8], reason: String, style: TerminalStyle
  ) -> String {
    "\(verb) the daemon at \(style.text(socket)), of which nothing is known (\(style.shown(reason)))? "
      + "[y/N] "
  }

  /// Returns whether `answer` is a yes.
  package static func isYes(_ answer: String) -> Bool {
    ["y", "yes"].contains(answer.lowercased().filter { $0 != " " && $0 != "\t" })
  }
}
