// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// The root directory of a host as the guides expect it: a daemon whose socket has a relative name, queue
/// directories by a pattern, a queue group, a client queue, and smcontrol's files for monitoring.
struct GuidePlace {
  let root: TemporaryDirectory

  /// The configuration file.
  var configurationFile: FilePath { root["etc/mail/sendmail.cf"] }

  /// The directories that documents name, and those here that stand for them.
  var replacements: [(String, with: String)] {
    ["/var/spool", "/var/log", "/var/lib", "/etc", "/usr/lib"].map {
      ($0, with: root.path.string + $0)
    } + [
      // Without the blanks that the project's own path may have.
      ("/usr/share/smcontrol/monitoring", with: root["monitoring"].string)
    ]
  }

  init() throws {
    root = try TemporaryDirectory()
    try root.makeLink("monitoring", to: ProjectFiles.file("Packaging/monitoring"))
    for name in [
      "etc/mail", "etc/sudoers.d", "usr/lib/check_mk_agent/local",
      "etc/zabbix/zabbix_agentd.conf.d",
      "etc/nagios/nrpe.d", "etc/icinga2/conf.d", "etc/systemd/system",
      "var/log", "var/lib/prometheus/node-exporter", "var/spool/mqueue/q1", "var/spool/mqueue/q2",
      "var/spool/mqueue/slow", "var/spool/mqueue-client",
    ] {
      try root.makeDirectory(name)
    }
    let spool = root["var/spool"].string
    // A port without a listener, so that no test speaks to a mail system of the machine.
    let lines =
      [
        "V10/Berkeley", "O QueueDirectory=\(spool)/mqueue/q*", "O ControlSocketName=.control",
        "O PidFile=\(root["pid"])", "O MaxDaemonChildren=40",
        "O DaemonPortOptions=Name=MTA, Addr=127.0.0.1, Port=1", "Qslow, P=\(spool)/mqueue/slow",
      ] + ScratchDaemon.mailers
    try root.write(lines.joined(separator: "\n") + "\n", to: "etc/mail/sendmail.cf")
    try root.write(
      "V10/Berkeley\nO UseMSP=True\nO QueueDirectory=\(spool)/mqueue-client\n",
      to: "etc/mail/submit.cf")
    let now = Int(Date().timeIntervalSince1970)
    for (queue, domain) in [("mqueue/q1", "example.net"), ("mqueue/slow", "example.org")] {
      try root.write(
        """
        V8
        T\(now - 600)
        K0
        N0
        MDeferred: Connection refused by \(domain).
        S<sender@example.com>
        RPFD:<recipient@\(domain)>
        .

        """, to: "var/spool/\(queue)/qfguide")
      try root.write("text\n", to: "var/spool/\(queue)/dfguide")
    }
    // The lines of the guide about scripts.
    try root.write("status\nqueues\n", to: "commands")
  }

  /// Runs `body` with a daemon at the socket.
  func withDaemon<Result>(_ body: () async throws -> Result) async throws -> Result {
    var configuration = ScratchDaemon.configuration(in: root)
    configuration.socketPath = root["var/spool/mqueue/.control"]
    return try await withControlDaemon(configuration) { _ in try await body() }
  }
}
