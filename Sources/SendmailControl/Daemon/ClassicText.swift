// SPDX-License-Identifier: Apache-2.0

/// The output of contrib/smcontrol.pl, with three of its faults fixed: the daemon's line is the
/// daemon's and not the first, no carriage return is left at a line's end, and a summary with a
/// special value is printed in words instead of being dropped.
///
/// Bytes that could act on a terminal are shown as escapes, since this is also what a pager gets.
package enum ClassicText {
  /// The text for a reply to `status`.
  package static func status(_ status: DaemonStatus) -> String {
    var text = ""
    if let daemon = status.daemon {
      text += "Daemon Status: (process \(daemon.pid)) \(capitalized(daemon.title))\n\n"
    } else {
      text += "Daemon Status: (process unknown) Not in the list of processes\n\n"
    }
    text += "Current number of children: \(status.childCount)"
    if let maximum = status.maximumChildren { text += " (maximum \(maximum))" }
    text += "\n"
    for fileSystem in status.fileSystems.prefix(1) {
      text += "QueueDir free disk space (in blocks): \(number(fileSystem.freeSpace))\n"
    }
    text += "Load average: \(number(status.loadAverage))\n"
    for child in status.processes {
      text += "Child Process \(child.pid) Status: "
      TerminalEscaping.append(child.text, to: &text)
      text += "\n"
    }
    return text + "\n"
  }

  /// The text for any other reply: its lines as they came, and an empty line.
  ///
  /// `endsWithEmptyLine` is true if the empty line is added, as smcontrol.pl does.
  package static func lines(_ reply: [UInt8], endsWithEmptyLine: Bool = true) -> String {
    var text = ""
    for line in ReplyLines(reply) {
      TerminalEscaping.append(line, layout: .lines, to: &text)
      text += "\n"
    }
    // smcontrol.pl adds a line feed to the reply, so a missing one is not completed twice.
    let addsLine = endsWithEmptyLine && (ReplyLines(reply).isEnded || reply.isEmpty)
    return text + (addsLine ? "\n" : "")
  }

  /// The text of smcontrol.pl for a missing reply, or that the status is unknown, for which
  /// smcontrol.pl has no text.
  ///
  /// `alive` is true if the daemon runs, as ``NoReplyDiagnosis/isAlive`` has it.
  package static func noReply(alive: Bool?) -> String {
    switch alive {
    case true?: "Daemon Status: Sendmail is running but not answering status queries.\n"
    case false?: "Daemon Status: Sendmail does not appear to be running.\n"
    case nil: "Daemon Status: unknown.\n"
    }
  }

  private static func number(_ value: Int?) -> String {
    value.map { String($0) } ?? "unknown"
  }

  /// Perl's `ucfirst`: the first byte upper case when it is a letter.
  private static func capitalized(_ title: ByteText) -> String {
    guard let first = title.first, (0x61...0x7A).contains(first) else {
      return TerminalEscaping.escape(title)
    }
    return TerminalEscaping.escape([first & ~0x20] + title.dropFirst())
  }
}
