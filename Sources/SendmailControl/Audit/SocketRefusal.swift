// SPDX-License-Identifier: Apache-2.0

/// The findings for what sendmail refuses about the socket's path.
struct SocketRefusal {
  let context: AuditContext
  /// The socket's path.
  let socket: [UInt8]

  private var accounts: any Accounts { context.accounts }
  private var owner: UInt32 { context.identity.creator }

  /// The finding for a rule that the path breaks.
  func finding(_ broken: PathFinding) -> Finding {
    let path = broken.path
    guard let facts = broken.facts else { return finding(of: broken.rule, at: path) }
    switch broken.rule {
    case .worldWritableDirectory:
      // A sticky directory is meant to be used by all users.
      return Finding(
        .socketDirectoryWorldWritable, path, "mode \(facts.octalMode): all users may write to it",
        remediation: facts.isSticky ? [SocketAudit.safeSetting] : [.command("chmod o-w", path)])
    case .groupWritableDirectory:
      return Finding(
        .socketDirectoryGroupWritable, path,
        "mode \(facts.octalMode): \(accounts.groupWithMembers(facts.group)) may write to it",
        remediation: [.command("chmod g-w", path)])
    case .directoryNotWritable:
      let isOwn = facts.owner == owner
      return Finding(
        .socketDirectoryRefuses, path,
        """
        mode \(facts.octalMode), \(accounts.user(facts.owner)); sendmail creates its socket there as \
        \(accounts.user(owner))
        """,
        remediation: (isOwn ? [] : [.command("chown \(accounts.userWord(owner))", path)])
          + (facts.mode & 0o300 == 0o300 ? [] : [.command("chmod u+wx", path)]))
    case .symbolicLink:
      return Finding(
        .socketSymbolicLink, path, "it is a symbolic link",
        remediation: [.command("rm", path)])
    case .hardLink where facts.kind == .directory:
      return Finding(
        .socketHardLinks, path, "it is a directory", remediation: [SocketAudit.safeSetting])
    case .hardLink:
      return Finding(
        .socketHardLinks, path, "it is \(facts.kindText) with \(facts.linkCount) hard links",
        remediation: moveAside(facts))
    case .executable where facts.kind == .directory:
      return Finding(
        .socketExecutable, path, "it is a directory", remediation: [SocketAudit.safeSetting])
    case .executable:
      return Finding(
        .socketExecutable, path, "it is \(facts.kindText) with mode \(facts.octalMode)",
        remediation: facts.kind == .socket ? [.command("chmod a-x", path)] : moveAside(facts))
    case .foreignOwner:
      return Finding(
        .socketForeignOwner, path,
        """
        it is \(facts.kindText) of \(accounts.user(facts.owner)); permitted owners are \
        \(context.identity.trustedNames)
        """, remediation: moveAside(facts))
    default:
      return Finding(
        .socketFileRefused, path,
        "it is \(facts.kindText) with mode \(facts.octalMode)",
        remediation: facts.kind == .socket ? [.command("rm", path)] : moveAside(facts))
    }
  }

  private func finding(of rule: PathRule, at path: [UInt8]) -> Finding {
    switch rule {
    case .nameTooLong:
      return Finding(
        .socketPathTooLong, path,
        "the name has more than \(ControlLimits.longestSocketPath) bytes",
        remediation: [SocketAudit.safeSetting])
    case .notADirectory:
      return Finding(
        .socketNotADirectory, path, "it is not a directory",
        remediation: [.command("mv", path, path + Array(".moved".utf8)), makeDirectory])
    case .tooManyLinks:
      return Finding(
        .socketLinkLoop, path, "symbolic links form a loop, or too many follow one another",
        remediation: [.command("namei -l", path)])
    default:
      return Finding(
        .socketDirectoryMissing, path, "it does not exist", remediation: [makeDirectory])
    }
  }

  /// The remedy that frees the path. A file is moved, not removed: someone may need it.
  private func moveAside(_ facts: FileFacts) -> [Remedy] {
    facts.kind == .socket
      ? [.command("rm", socket)]
      : [.command("mv", socket, socket + Array(".moved".utf8))]
  }

  private var makeDirectory: Remedy {
    let end = socket.lastIndex(of: ASCII.slash) ?? socket.startIndex
    return .command(
      "install -d -o \(accounts.userWord(owner)) -m 0755",
      end == socket.startIndex ? [ASCII.slash] : Array(socket[..<end]))
  }
}
