// SPDX-License-Identifier: GPL-3.0-or-later

/// Owner, group and mode of one directory, a queue or above one.
struct QueueDirectoryAudit {
  private let context: AuditContext
  private var world: AuditWorld { context.world }
  private var identity: AuditIdentity { context.identity }

  init(_ context: AuditContext) {
    self.context = context
  }

  /// What is to be said of a directory that sendmail keeps queues in.
  ///
  /// - Parameter isShared: whether it is a place for everybody, which cannot be closed.
  func findings(at path: [UInt8], _ facts: FileFacts, isShared: Bool) -> [Finding] {
    if isShared {
      return [
        Finding(
          .queueBaseShared, path, "sendmail works in \(HarmlessText.make(path))",
          mending: [.setting("O QueueDirectory=/var/spool/mqueue/qd*")])
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
          "mode \(facts.octalMode), \(world.user(facts.owner)), \(world.groupWithMembers(facts.group))"
        )
      ]
    }
    if !identity.trusts(facts.owner) {
      findings.append(
        Finding(
          .queueOwner, path,
          "it belongs to \(world.user(facts.owner)); those who may own it are \(identity.trustedNames)",
          mending: [.command("chown \(ownerWord)", path)]))
    }
    let mend = Mending.command("chmod 0700", path)
    if facts.isGroupWritable || facts.isWorldWritable {
      findings.append(
        Finding(
          .queueWritable, path, "mode \(facts.octalMode): \(writers(facts)) may write to it",
          mending: [mend]))
    } else if facts.mode & 0o055 != 0 {
      findings.append(
        Finding(
          .queueOpen, path, "mode \(facts.octalMode): others than its owner may enter or list it",
          mending: [mend]))
    }
    return findings
  }

  /// What is to be said of a directory above a queue.
  func findings(above path: [UInt8], _ facts: FileFacts) -> [Finding] {
    var findings: [Finding] = []
    if facts.owner != 0 {
      findings.append(
        Finding(
          .queueParentOwner, path, "it belongs to \(world.user(facts.owner))",
          mending: [.command("chown root", path)]))
    }
    guard facts.isGroupWritable || facts.isWorldWritable else { return findings }
    findings.append(
      facts.isSticky
        ? Finding(
          .queueParentSticky, path, "mode \(facts.octalMode): \(writers(facts)) may write to it",
          mending: [.setting("O QueueDirectory=/var/spool/mqueue")])
        : Finding(
          .queueParentWritable, path, "mode \(facts.octalMode): \(writers(facts)) may write to it",
          mending: [.command("chmod go-w", path)]))
    return findings
  }

  private var ownerWord: String { world.userWord(identity.runAsUser) }

  private func writers(_ facts: FileFacts) -> String {
    facts.isWorldWritable ? "everybody" : world.groupWithMembers(facts.group)
  }

  private func refused(_ path: [UInt8], _ facts: FileFacts) -> Finding {
    let isOwn = facts.owner == identity.runAsUser
    return Finding(
      .queueRefused, path,
      """
      mode \(facts.octalMode), \(world.user(facts.owner)); sendmail writes as \
      \(world.user(identity.runAsUser))
      """,
      mending: (isOwn ? [] : [.command("chown \(ownerWord)", path)])
        + (facts.mode & 0o700 == 0o700 ? [] : [.command("chmod u+rwx", path)]))
  }

  /// smmta, smmsp, and nothing for others: what `update_sys` of Debian sets up.
  private func isDebianScheme(_ facts: FileFacts) -> Bool {
    world.userName(facts.owner) == "smmta" && world.groupName(facts.group) == "smmsp"
      && facts.mode & 0o027 == 0
  }

  private func clientFindings(_ path: [UInt8], _ facts: FileFacts) -> [Finding] {
    var findings: [Finding] = []
    if facts.mode & 0o007 != 0 {
      findings.append(
        Finding(
          .clientQueueOthers, path, "mode \(facts.octalMode): others have rights there",
          mending: [.command("chmod o-rwx", path)]))
    }
    if facts.owner != identity.runAsUser {
      findings.append(
        Finding(
          .clientQueueOwner, path,
          "it belongs to \(world.user(facts.owner)); RunAsUser is \(world.user(identity.runAsUser))",
          mending: [.command("chown \(ownerWord)", path)]))
    }
    if facts.group != identity.runAsGroup || facts.mode & 0o070 != 0o070 {
      findings.append(
        Finding(
          .clientQueueGroup, path,
          """
          mode \(facts.octalMode), \(world.groupWithMembers(facts.group)); RunAsUser's is group \
          \(HarmlessText.make(world.groupName(identity.runAsGroup).utf8))
          """,
          mending: [
            .command("chgrp \(world.groupWord(identity.runAsGroup))", path),
            .command("chmod g+rwx", path),
          ]))
    }
    return findings
  }
}
