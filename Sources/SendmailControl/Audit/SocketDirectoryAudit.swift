// SPDX-License-Identifier: Apache-2.0

/// The audit of the directories on the socket's path, for dangers that sendmail accepts.
struct SocketDirectoryAudit {
  let context: AuditContext
  /// Every directory and link on the path.
  let steps: [PathStep]
  let rules: PathSafetyRules

  private var accounts: any Accounts { context.accounts }

  /// Returns the findings.
  ///
  /// `reported` are directories whose owner is part of an earlier finding.
  func findings(besides reported: Set<[UInt8]>) -> [Finding] {
    directories.flatMap { step in
      relaxations(step) + (reported.contains(step.path) ? [] : owner(of: step))
    }
  }

  private var directories: [PathStep] { steps.filter { $0.facts.kind == .directory } }

  private func owner(of step: PathStep) -> [Finding] {
    guard !context.identity.trusts(step.facts.owner) else { return [] }
    return [
      Finding(
        .socketDirectoryOwner, step.path,
        """
        it belongs to \(accounts.user(step.facts.owner)); permitted owners are \
        \(context.identity.trustedNames)
        """, remediation: [.command("chown root", step.path)])
    ]
  }

  /// The finding about a directory that only DontBlameSendmail makes acceptable.
  private func relaxations(_ step: PathStep) -> [Finding] {
    let facts = step.facts
    guard !rules.isDebugging, rules.writableRule(facts) == nil else { return [] }
    if facts.isSticky, facts.isWorldWritable || facts.isGroupWritable {
      return [
        Finding(
          .socketDirectoryStickyTrusted, step.path,
          "mode \(facts.octalMode); accepted because of DontBlameSendmail=TrustStickyBit",
          remediation: [SocketAudit.safeSetting])
      ]
    }
    guard facts.isGroupWritable else { return [] }
    return [
      Finding(
        .socketDirectoryGroupTrusted, step.path,
        """
        mode \(facts.octalMode), \(accounts.groupWithMembers(facts.group)); \
        accepted because of DontBlameSendmail=GroupWritableDirPathSafe
        """, remediation: [.command("chmod g-w", step.path)])
    ]
  }

  /// The note about a directory's mode, for systems that ignore the socket's.
  func platformNote(of directory: PathStep) -> [Finding] {
    guard directory.facts.mode & 0o077 != 0 else { return [] }
    return [
      Finding(
        .socketModeUnheeded, directory.path,
        """
        mode \(directory.facts.octalMode): on old Solaris and before 4.4BSD all users could \
        connect; this system is \(TerminalEscaping.escape(context.machine.platform.utf8))
        """,
        remediation: [.advice("only on such a system: use a separate directory with mode 0700")])
    ]
  }
}
