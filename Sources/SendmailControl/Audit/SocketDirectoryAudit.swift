// SPDX-License-Identifier: GPL-3.0-or-later

/// What sendmail lets pass on the way to the socket, and somebody should know of.
struct SocketDirectoryAudit {
  let context: AuditContext
  /// Every directory and link on the way.
  let steps: [PathStep]
  let rules: PathSafetyRules

  private var world: AuditWorld { context.world }

  /// - Parameter said: directories about whose owner something was said already.
  func findings(besides said: Set<[UInt8]>) -> [Finding] {
    directories.flatMap { step in
      relaxations(step) + (said.contains(step.path) ? [] : owner(of: step))
    }
  }

  private var directories: [PathStep] { steps.filter { $0.facts.kind == .directory } }

  private func owner(of step: PathStep) -> [Finding] {
    guard !context.identity.trusts(step.facts.owner) else { return [] }
    return [
      Finding(
        .socketDirectoryOwner, step.path,
        """
        it belongs to \(world.user(step.facts.owner)); those who may own it are \
        \(context.identity.trustedNames)
        """, mending: [.command("chown root", step.path)])
    ]
  }

  /// A directory that only DontBlameSendmail makes acceptable.
  private func relaxations(_ step: PathStep) -> [Finding] {
    let facts = step.facts
    guard !rules.isDebugging, rules.writableRule(facts) == nil else { return [] }
    if facts.isSticky, facts.isWorldWritable || facts.isGroupWritable {
      return [
        Finding(
          .socketDirectoryStickyTrusted, step.path,
          "mode \(facts.octalMode); DontBlameSendmail=TrustStickyBit has sendmail use it",
          mending: [SocketAudit.setting])
      ]
    }
    guard facts.isGroupWritable else { return [] }
    return [
      Finding(
        .socketDirectoryGroupTrusted, step.path,
        """
        mode \(facts.octalMode), \(world.groupWithMembers(facts.group)); \
        DontBlameSendmail=GroupWritableDirPathSafe has sendmail use it
        """, mending: [.command("chmod g-w", step.path)])
    ]
  }

  /// What matters only where the socket's mode does not.
  func platformNote(of directory: PathStep) -> [Finding] {
    guard directory.facts.mode & 0o077 != 0 else { return [] }
    return [
      Finding(
        .socketModeUnheeded, directory.path,
        """
        mode \(directory.facts.octalMode): on old Solaris and before 4.4BSD everybody could \
        connect; this is \(HarmlessText.make(world.platform.utf8))
        """, mending: [.advice("on such a system only: a directory of its own with mode 0700")])
    ]
  }
}
