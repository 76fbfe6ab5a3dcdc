// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport

/// smcontrol-audit(7): the rules of the audit, from the rules themselves.
enum AuditManual {
  static func text() throws -> String {
    var text =
      ManualText.heading(
        "smcontrol-audit", section: 7, about: "the rules of smcontrol's audit")
      + introduction + ".Sh RULES\n"
    var area: Substring = ""
    for rule in AuditRule.all {
      let newArea = rule.name.prefix { $0 != "." }
      if newArea != area {
        if !area.isEmpty { text += ".El\n" }
        area = newArea
        guard let title = titles[area] else {
          throw HarnessError("AuditManual.swift has no heading for rules called \(area).…")
        }
        text += ".Ss \(title)\n.Bl -tag -width Ds\n"
      }
      text += """
        .It Cm \(rule.name) Pq \(rule.severity.rawValue)
        \(ManualText.lines(rule.requirement)).Pp
        \(ManualText.lines(rule.reason))\
        .Pp
        \(ManualText.lines("Source: \(rule.source)."))
        """
    }
    return text + ".El\n" + ending
  }

  /// The headings, by the first part of the names of rules.
  private static let titles: [Substring: String] = [
    "socket": "The control socket's path and file",
    "listener": "The listening process",
    "command-line": "The command line of a running daemon",
    "limits": "Limits",
    "configuration": "Other lines of the configuration file",
    "map": "Maps and aliases",
    "tls": "Certificates and keys",
    "filter": "Mail filters",
    "queue": "Queue directories",
    "client-queue": "The mail submission program's queue",
    "privacy": "Queue listing",
  ]

  private static let introduction = #"""
    .Ql smcontrol audit
    checks the control socket and the queue directories of a
    .Xr sendmail 8
    configuration by sendmail's own rules and those of its documentation, and the
    files of its classes, maps, aliases, certificates and filters.
    It changes nothing and makes no connection: it reads the owners and modes of
    files, the PID file, the process table and the kernel's list of sockets.
    .Fl -all
    includes
    .Pa submit.cf ,
    .Fl -notes
    lists the notes, and
    .Fl -explain
    explains a rule and exits.
    .Pp
    Each finding names a rule of this page.
    The names never change.
    An
    .Cm error
    is unsafe, or sendmail refuses it; a
    .Cm warning
    is safe only under a condition, or not as it should be; a
    .Cm note
    is correct, and worth knowing.
    A finding states what was found, the rule and its source, why it matters, and
    the command or the line of the configuration file that fixes it.
    .Pp
    sendmail refuses an unsafe path when it starts: the daemon then runs without a
    control socket and logs
    .Ql daemon could not open control socket .
    .Pp
    sendmail overwrites its arguments in the process table with its title.
    The audit therefore reads a daemon's arguments from its PID file, and those of
    processes without one only while the process table still shows them.
    It finds the listening process by the kernel's list of sockets and the
    descriptors of each process; only root may read those of other users.
    Like sendmail, it decides by owners, groups and mode bits and ignores access
    control lists.
    .Pp
    The exit status is 1 when there is an error, else 77 when something could not
    be checked, else 0.

    """#

  private static let ending = #"""
    .Sh EXAMPLES
    Audit the daemon's configuration and the mail submission program's:
    .Pp
    .Dl smcontrol audit --all
    .Pp
    Explain a rule:
    .Pp
    .Dl smcontrol audit --explain socket.mode
    .Sh SEE ALSO
    .Xr smcontrol-json 5 ,
    .Xr sendmail 8 ,
    .Xr smcontrol 8

    """#
}
