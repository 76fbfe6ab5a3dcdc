// SPDX-License-Identifier: GPL-3.0-or-later

import ControlClient
import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// What is seen of a real daemon without asking it.
@Suite("The audit of a real daemon")
struct RealListenerTests {
  private func audit(_ daemon: RealDaemon) throws -> (report: AuditReport, sight: DaemonSight) {
    let resolved = try ConfigurationReader().read(file: daemon.places.configurationFile)
    let sight = DaemonSight(lookingFor: resolved)
    return (AuditReport(of: resolved, isClient: false, sight: sight, in: .system), sight)
  }

  @Test(
    "finds the listener and has nothing against it", .needsRealSendmail,
    arguments: RealDaemon.Options.Mode.allCases, ["@DIR@/ctl", "ctl"])
  func listener(mode: RealDaemon.Options.Mode, socket: String) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.configurationLines = ["O ControlSocketName=\(socket)"]
    options.needsControlSocket = false
    try await RealDaemon.run(options) { daemon in
      let pid = try daemon.pid
      // The process that a daemon detaches from may hold the socket for a moment, too.
      let (report, sight, holders) = try await eventually("the daemon alone") {
        let (report, sight) = try audit(daemon)
        guard case .holders(let holders) = sight.listener, holders.map(\.pid) == [pid] else {
          return nil as (AuditReport, DaemonSight, [DaemonSight.Holder])?
        }
        return (report, sight, holders)
      }
      #expect(holders.first?.user == daemon.user.userID)
      #expect(holders.first?.program == Array(daemon.sendmail.binary.string.utf8))
      #expect(sight.daemon == pid)
      #expect(sight.realUser == daemon.user.userID)
      #expect(
        !report.findings.contains { $0.rule.name.hasPrefix("listener.") || $0.rule.isRefusal })
      #expect(
        !report.findings.contains {
          [.socketMode, .socketOwner, .socketNobodyListens].contains($0.rule)
        })
    }
  }

  @Test(
    "sees a socket on the command line, though sendmail has overwritten it", .needsRealSendmail,
    arguments: RealDaemon.Options.Mode.allCases)
  func commandLine(mode: RealDaemon.Options.Mode) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.needsControlSocket = false
    options.arguments = ["-OControlSocketName=other", "-q1h"]
    try await RealDaemon.run(options) { daemon in
      let (report, sight) = try audit(daemon)
      let finding = try #require(
        report.findings.first { $0.rule == .commandLineControlSocket })
      #expect(finding.found.contains("ControlSocketName=other"))
      #expect(finding.found.contains("PID file"))
      #expect(report.findings.contains { $0.rule == .listenerMissing })
      let table = sight.commandLines.filter { $0.origin == "process table" }
      #expect(table.contains { $0.pid == (try? daemon.pid) })
    }
  }

  @Test("tells a socket that a killed daemon left from one that lives", .needsRealSendmail)
  func stale() async throws {
    try await RealDaemon.run { daemon in
      kill(try daemon.pid, SIGKILL)
      try await eventually("the daemon's end") { daemon.processes.isEmpty }
      let report = try audit(daemon).report
      #expect(report.findings.contains { $0.rule == .socketNobodyListens })
    }
  }
}
