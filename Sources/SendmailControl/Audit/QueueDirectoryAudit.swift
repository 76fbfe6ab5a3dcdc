// SPDX-License-Identifier: Apache-2.0

/// The audit of owner, group and mode of a queue directory or of a directory above one.
struct QueueDirectoryAudit {
  private let context: AuditContext
  private var accounts: any Accounts { context.accounts }
  private var identity: AuditIdentity { context.identity }

  init(_ context: AuditContext) {
    self.context = context
  }

  /// Returns the findings about a directory that sendmail keeps queues in.
  ///
  /// `isShared` is true if all users use the directory, so that it cannot be closed to them.
  func findings(at path: [UInt8], _ facts: FileFacts, isShared: Bool) -> [Finding] {
    if isShared {
      return [
        Finding(
          .queueBaseShared, path, "sendmail works in \(TerminalEscaping.escape(path))",
          remediation: [.setting("O QueueDirectory=/var/spool/mqueue/qd*")])
      ] + findings(above: path, facts)
    }
    guard identity.rules(for: [facts.group]).grants(0o300, of: facts) else {
      return [refused(path, facts)]
    }
    if context.isClient { return clientFindings(path, facts) }
    var findings: [Finding] = []
    if isDebianScheme(facts) {
      return [
        Finding(
          .queueDebianScheme, path,
          "mode \(facts.octalMode), \(accounts.user(facts.owner)), \(accounts.groupWithMembers(facts.group))"
        )
      ]
    }
    if !identity.trusts(facts.owner) {
      findings.append(
        Finding(
          .queueOwner, path,
          "it belongs to \(accounts.user(facts.owner)); permitted owners are \(identity.trustedNames)",
          remediation: [.command("chown \(ownerWord)", path)]))
    }
    let remediation = [Remedy.command("chmod 0700", path)] + mailerRemedy(path)
    if facts.isGroupWritable || facts.isWorldWritable {
      findings.append(
        Finding(
          .queueWritable, path, "mode \(facts.octalMode): \(writers(facts)) may write to it",
          remediation: remediation))
    } else if facts.mode & 0o055 != 0 {
      findings.append(
        Finding(
          .queueOpen, path, "mode \(facts.octalMode): other users may enter or list it",
          remediation: remediation))
    }
    return findings
  }

  /// Returns what else to do where programs run in the directory that is to be closed to other users.
  private func mailerRemedy(_ path: [UInt8]) -> [Remedy] {
    let configuration = context.configuration
    let mailers = configuration.mailersInWorkingDirectory
    guard !mailers.isEmpty,
      [configuration.baseQueueDirectory.path, context.realBase].contains(path)
    else { return [] }
    let names = mailers.map { TerminalEscaping.escape($0.bytes) }.joined(separator: ", ")
    return [
      .advice(
        """
        before that, give a D= equate, such as D=$z:/, to each mailer whose programs run in this directory \
        as other users: \(names)
        """)
    ]
  }

  /// Returns the findings about a directory above a queue.
  func findings(above path: [UInt8], _ facts: FileFacts) -> [Finding] {
    var findings: [Finding] = []
    if facts.owner != 0 {
      findings.append(
        Finding(
          .queueParentOwner, path, "it belongs to \(accounts.user(facts.owner))",
          remediation: [.command("chown root", path)]))
    }
    guard facts.isGroupWritable || facts.isWorldWritable else { return findings }
    findings.append(
      facts.isSticky
        ? Finding(
          .queueParentSticky, path, "mode \(facts.octalMode): \(writers(facts)) may write to it",
          remediation: [.setting("O QueueDirectory=/var/spool/mqueue")])
        : Finding(
          .queueParentWritable, path, "mode \(facts.octalMode): \(writers(facts)) may write to it",
          remediation: [.command("chmod go-w", path)]))
    return findings
  }

  private var ownerWord: String { accounts.userWord(identity.runAsUser) }

  private func writers(_ facts: FileFacts) -> String {
    facts.isWorldWritable ? "all users" : accounts.groupWithMembers(facts.group)
  }

  private func refused(_ path: [UInt8], _ facts: FileFacts) -> Finding {
    let isOwn = facts.owner == identity.runAsUser
    return Finding(
      .queueRefused, path,
      """
      mode \(facts.octalMode), \(accounts.user(facts.owner)); sendmail writes as \
      \(accounts.user(identity.runAsUser))
      """,
      remediation: (isOwn ? [] : [.command("chown \(ownerWord)", path)])
        + (facts.mode & 0o700 == 0o700 ? [] : [.command("chmod u+rwx", path)]))
  }

  /// Returns whether the directory is as Debian's `update_sys` sets it up: it belongs to smmta and
  /// smmsp, and others have no access.
  private func isDebianScheme(_ facts: FileFacts) -> Bool {
    accounts.userName(facts.owner) == "smmta" && accounts.groupName(facts.group) == "smmsp"
      && facts.mode & 0o027 == 0
  }

  private func clientFindings(_ path: [UInt8], _ facts: FileFacts) -> [Finding] {
    var findings: [Finding] = []
    if facts.mode & 0o007 != 0 {
      findings.append(
        Finding(
          .clientQueueOthers, path, "mode \(facts.octalMode): other users have access",
          remediation: [.command("chmod o-rwx", path)]))
    }
    if facts.owner != identity.runAsUser {
      findings.append(
        Finding(
          .clientQueueOwner, path,
          "it belongs to \(accounts.user(facts.owner)); RunAsUser is \(accounts.user(identity.runAsUser))",
          remediation: [.command("chown \(ownerWord)", path)]))
    }
    if facts.group != identity.runAsGroup || facts.mode & 0o070 != 0o070 {
      findings.append(
        Finding(
          .clientQueueGroup, path,
          """
          mode \(facts.octalMode), \(accounts.groupWithMembers(facts.group)); RunAsUser's is group \
          \(TerminalEscaping.escape(accounts.groupName(identity.runAsGroup).utf8))
          """,
          remediation: [
            .command("chgrp \(accounts.groupWord(identity.runAsGroup))", path),
            .command("chmod g+rwx", path),
          ]))
    }
    return findings
  }
}
