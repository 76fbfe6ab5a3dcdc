// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport
import Testing

/// The observation of a real daemon, without a query.
@Suite("The audit of a real daemon")
struct RealListenerTests {
  private func audit(
    _ daemon: RealDaemon
  ) throws -> (report: AuditReport, observation: DaemonObservation) {
    let resolved = try ConfigurationReader().read(file: daemon.places.configurationFile)
    let observation = DaemonObserver(DaemonPlace(resolved)).observe(.all)
    return (
      AuditReport(ofThisMachine: resolved, isClient: false, observation: observation), observation
    )
  }

  @Test(
    "finds the listener, and has no finding about it", .needsRealSendmail,
    arguments: RealDaemon.Options.Mode.allCases, ["@DIR@/ctl", "ctl"])
  func listener(mode: RealDaemon.Options.Mode, socket: String) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.configurationLines = ["O ControlSocketName=\(socket)"]
    options.needsControlSocket = false
    try await RealDaemon.run(options) { daemon in
      let pid = try daemon.pid
      // The process that a daemon detaches from may hold the socket for a moment, too.
      let (report, observation, holders) = try await eventually("the daemon alone") {
        let (report, observation) = try audit(daemon)
        guard let holders = observation.holders.value, holders.map(\.pid) == [pid] else {
          return nil as (AuditReport, DaemonObservation, [ObservedProcess])?
        }
        return (report, observation, holders)
      }
      #expect(holders.first?.effectiveUser == daemon.user.userID)
      #expect(holders.first?.program == Array(daemon.sendmail.binary.string.utf8))
      #expect(observation.pidFileDaemonID == pid)
      #expect(observation.daemon?.realUser == daemon.user.userID)
      #expect(
        !report.findings.contains { $0.rule.name.hasPrefix("listener.") || $0.rule.isRefusal })
      #expect(
        !report.findings.contains {
          [.socketMode, .socketOwner, .socketNoListener].contains($0.rule)
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
      let (report, observation) = try audit(daemon)
      let finding = try #require(
        report.findings.first { $0.rule == .commandLineControlSocket })
      #expect(finding.found.contains("ControlSocketName=other"))
      #expect(finding.found.contains("PID file"))
      #expect(report.findings.contains { $0.rule == .listenerMissing })
      let table = observation.sendmailProcesses.value ?? []
      #expect(table.contains { $0.pid == (try? daemon.pid) })
    }
  }

  @Test("tells a socket that a killed daemon left from one that lives", .needsRealSendmail)
  func stale() async throws {
    try await RealDaemon.run { daemon in
      kill(try daemon.pid, SIGKILL)
      try await eventually("the daemon's end") { daemon.processes.isEmpty }
      let report = try audit(daemon).report
      #expect(report.findings.contains { $0.rule == .socketNoListener })
    }
  }
}
