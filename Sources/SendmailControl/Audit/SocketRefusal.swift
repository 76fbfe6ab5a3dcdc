// SPDX-License-Identifier: GPL-3.0-or-later

/// What sendmail refuses about the socket's path, as findings.
struct SocketRefusal {
  let context: AuditContext
  /// The socket's path.
  let socket: [UInt8]

  private var world: AuditWorld { context.world }
  private var owner: UInt32 { context.identity.creator }

  /// The finding for a rule that the path breaks.
  func finding(_ broken: PathFinding) -> Finding {
    let path = broken.path
    guard let facts = broken.facts else { return finding(of: broken.rule, at: path) }
    switch broken.rule {
    case .worldWritableDirectory:
      // What is sticky is for everybody, and meant so.
      return Finding(
        .socketDirectoryWorldWritable, path, "mode \(facts.octalMode): everybody may write to it",
        mending: facts.isSticky ? [SocketAudit.setting] : [.command("chmod o-w", path)])
    case .groupWritableDirectory:
      return Finding(
        .socketDirectoryGroupWritable, path,
        "mode \(facts.octalMode): \(world.groupWithMembers(facts.group)) may write to it",
        mending: [.command("chmod g-w", path)])
    case .directoryNotWritable:
      let isOwn = facts.owner == owner
      return Finding(
        .socketDirectoryRefuses, path,
        """
        mode \(facts.octalMode), \(world.user(facts.owner)); sendmail creates its socket there as \
        \(world.user(owner))
        """,
        mending: (isOwn ? [] : [.command("chown \(world.userWord(owner))", path)])
          + (facts.mode & 0o300 == 0o300 ? [] : [.command("chmod u+wx", path)]))
    case .symbolicLink:
      return Finding(
        .socketSymbolicLink, path, "a symbolic link stands there",
        mending: [.command("rm", path)])
    case .hardLink where facts.kind == .directory:
      return Finding(
        .socketHardLinks, path, "a directory stands there", mending: [SocketAudit.setting])
    case .hardLink:
      return Finding(
        .socketHardLinks, path, "\(facts.kindText) with \(facts.linkCount) names stands there",
        mending: putAway(facts))
    case .executable where facts.kind == .directory:
      return Finding(
        .socketExecutable, path, "a directory stands there", mending: [SocketAudit.setting])
    case .executable:
      return Finding(
        .socketExecutable, path, "\(facts.kindText) with mode \(facts.octalMode) stands there",
        mending: facts.kind == .socket ? [.command("chmod a-x", path)] : putAway(facts))
    case .foreignOwner:
      return Finding(
        .socketForeignOwner, path,
        """
        \(facts.kindText) of \(world.user(facts.owner)) stands there; sendmail trusts \
        \(context.identity.trustedNames)
        """, mending: putAway(facts))
    default:
      return Finding(
        .socketFileRefused, path,
        "\(facts.kindText) with mode \(facts.octalMode) stands there",
        mending: facts.kind == .socket ? [.command("rm", path)] : putAway(facts))
    }
  }

  private func finding(of rule: PathRule, at path: [UInt8]) -> Finding {
    switch rule {
    case .nameTooLong:
      return Finding(
        .socketPathTooLong, path,
        "the name has more than \(ControlLimits.longestSocketPath) bytes",
        mending: [SocketAudit.setting])
    case .notADirectory:
      return Finding(
        .socketNotADirectory, path, "it stands where a directory should",
        mending: [.command("mv", path, path + Array(".moved".utf8)), makeDirectory])
    case .tooManyLinks:
      return Finding(
        .socketLinkLoop, path, "symbolic links lead round in a circle, or too far",
        mending: [.command("namei -l", path)])
    default:
      return Finding(.socketDirectoryMissing, path, "it does not exist", mending: [makeDirectory])
    }
  }

  /// A file is moved and not removed: it may be somebody's.
  private func putAway(_ facts: FileFacts) -> [Mending] {
    facts.kind == .socket
      ? [.command("rm", socket)]
      : [.command("mv", socket, socket + Array(".moved".utf8))]
  }

  private var makeDirectory: Mending {
    let end = socket.lastIndex(of: ASCII.slash) ?? socket.startIndex
    return .command(
      "install -d -o \(world.userWord(owner)) -m 0755",
      end == socket.startIndex ? [ASCII.slash] : Array(socket[..<end]))
  }
}
