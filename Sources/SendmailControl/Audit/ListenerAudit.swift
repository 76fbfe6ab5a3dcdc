// SPDX-License-Identifier: GPL-3.0-or-later

/// Who listens on the socket.
struct ListenerAudit {
  let context: AuditContext
  let path: [UInt8]
  /// What stands at the path.
  let isThere: FileFacts?

  private var world: AuditWorld { context.world }

  /// What is wrong with who listens.
  var findings: [Finding] {
    guard let facts = isThere else { return missing }
    guard facts.kind == .socket else { return [] }
    switch context.sight.listener {
    case .nobody:
      return [
        Finding(
          .socketNobodyListens, path,
          context.sight.daemon.map { "the daemon, process \($0), runs without it" }
            ?? "and no daemon is to be seen",
          mending: [.advice("a daemon that starts replaces it; smcontrol start runs one")])
      ]
    case .holders(let holders): return holders.flatMap(judge)
    case .notSeen: return []
    }
  }

  /// What could not be seen of who listens.
  var unseen: [Unseen] {
    guard isThere?.kind == .socket else { return [] }
    switch context.sight.listener {
    case .nobody: return []
    case .notSeen(let why): return [Unseen(path, "who listens: \(why)")]
    case .holders(let holders):
      return holders.filter { $0.user == nil || $0.program == nil }.map {
        Unseen(path, "which program process \($0.pid) is, which listens: Permission denied")
      }
    }
  }

  private var missing: [Finding] {
    guard let daemon = context.sight.daemon else { return [] }
    return [
      Finding(
        .listenerMissing, path,
        """
        the daemon, process \(daemon), runs without it; look in its log for "daemon could not open \
        control socket"
        """, mending: [.command("kill -HUP \(daemon)")])
    ]
  }

  private func judge(_ holder: DaemonSight.Holder) -> [Finding] {
    let look = [
      Mending.command("ps -f -p \(holder.pid)"), Mending.command("kill \(holder.pid)"),
    ]
    var findings: [Finding] = []
    if let user = holder.user, !context.identity.trusts(user) {
      findings.append(
        Finding(
          .listenerForeignUser, path,
          """
          process \(holder.pid) of \(world.user(user)) listens; those who may are \
          \(context.identity.trustedNames)
          """, mending: look))
    }
    if let program = holder.program, !SendmailProcess.isProgram(program) {
      findings.append(
        Finding(
          .listenerNotSendmail, path,
          "process \(holder.pid) listens, which runs \(HarmlessText.make(program))",
          mending: look))
    }
    return findings
  }
}
