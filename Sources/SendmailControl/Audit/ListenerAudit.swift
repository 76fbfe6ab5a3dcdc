// SPDX-License-Identifier: Apache-2.0

/// The audit of the processes that listen on the socket.
struct ListenerAudit {
  let context: AuditContext
  let path: [UInt8]
  /// The facts about the file at the path; `nil` when there is none.
  let existing: FileFacts?

  private var accounts: any Accounts { context.accounts }
  private var observation: DaemonObservation { context.observation }

  /// The findings about the listening processes.
  var findings: [Finding] {
    guard let facts = existing else { return missing }
    guard facts.kind == .socket else { return [] }
    if let holders = observation.holders.value, !holders.isEmpty {
      return holders.flatMap(findings(about:))
    }
    guard observation.listeners == .known([]) else { return [] }
    return [
      Finding(
        .socketNoListener, path,
        explanation?.found ?? observation.daemonProcessID.map {
          "the daemon, process \($0), runs without it"
        } ?? "no daemon was found",
        remediation: [
          .advice(
            explanation?.advice ?? "start the daemon (smcontrol start): it replaces the socket")
        ])
    ]
  }

  /// The facts about the listening processes that could not be checked.
  var unchecked: [Unchecked] {
    guard existing?.kind == .socket else { return [] }
    if let reason = observation.holders.reason {
      return [
        Unchecked(
          path, "the listening process: \(reason)", isForbidden: observation.holders.isForbidden)
      ]
    }
    return (observation.holders.value ?? [])
      .filter { $0.effectiveUser == nil || $0.program == nil }.map {
        Unchecked(
          path, "the program of listening process \($0.pid): Permission denied", isForbidden: true)
      }
  }

  private var missing: [Finding] {
    if let explanation {
      return [
        Finding(
          .listenerMissing, path, explanation.found, remediation: [.advice(explanation.advice)])
      ]
    }
    guard let daemon = observation.daemonProcessID else { return [] }
    return [
      Finding(
        .listenerMissing, path,
        """
        the daemon, process \(daemon), runs without it; search its log for "daemon could not open \
        control socket"
        """, remediation: [.command("kill -HUP \(daemon)")])
    ]
  }

  /// The reason why a process that is there has no socket, and what to do; `nil` where it is not known, and for one
  /// that has only just begun.
  private var explanation: (found: String, advice: String)? {
    if let starting = observation.starting.first(where: { !$0.wantedPorts.isEmpty }) {
      return (starting.text, "free the port, or correct DaemonPortOptions")
    }
    return observation.queueOnlyText.map { ($0, "start a daemon that listens: sendmail -bd") }
  }

  private func findings(about holder: ObservedProcess) -> [Finding] {
    let remediation = [
      Remedy.command("ps -f -p \(holder.pid)"), Remedy.command("kill \(holder.pid)"),
    ]
    var findings: [Finding] = []
    if let user = holder.effectiveUser, !context.identity.trusts(user) {
      findings.append(
        Finding(
          .listenerForeignUser, path,
          """
          process \(holder.pid) of \(accounts.user(user)) listens; permitted users are \
          \(context.identity.trustedNames)
          """, remediation: remediation))
    }
    if let program = holder.program, !ObservedProcess.isSendmail(program: program) {
      findings.append(
        Finding(
          .listenerNotSendmail, path,
          "process \(holder.pid) listens; its program is \(TerminalEscaping.escape(program))",
          remediation: remediation))
    }
    return findings
  }
}
