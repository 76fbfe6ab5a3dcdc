// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands at the socket's path.
struct SocketFileAudit {
  let context: AuditContext
  let path: [UInt8]
  let facts: FileFacts

  private var world: AuditWorld { context.world }

  /// - Parameter isAllowed: whether sendmail would create its socket there.
  func findings(isAllowed: Bool) -> [Finding] {
    guard facts.kind == .socket else {
      return facts.kind == .directory ? [] : [notASocket(isAllowed: isAllowed)]
    }
    return mode + owner + group
  }

  private func notASocket(isAllowed: Bool) -> Finding {
    let details = world.details(path).map {
      ", \($0.size) bytes, of \($0.modified.date) \($0.modified.time)"
    }
    let fate =
      isAllowed
      ? "sendmail REMOVES IT without a word when it starts"
      : "sendmail refuses it as it is; once that is mended, it REMOVES IT when it starts"
    return Finding(
      .socketNotASocket, path, "\(facts.kindText) stands there\(details ?? ""); \(fate)",
      mending: [.command("mv", path, path + Array(".moved".utf8)), SocketAudit.setting])
  }

  private var most: UInt16 { world.isDebian ? 0o660 : 0o600 }

  private var mode: [Finding] {
    let mend = Mending.command(world.isDebian ? "chmod 0660" : "chmod 0600", path)
    if facts.isWorldWritable {
      return [
        Finding(
          .socketWorldWritable, path, "mode \(facts.octalMode): everybody may connect",
          mending: [mend])
      ]
    }
    // The execute bits have a rule of their own.
    guard facts.mode & 0o666 & ~most != 0 else { return [] }
    let who =
      facts.isGroupWritable
      ? ": \(world.groupWithMembers(facts.group)) may connect" : ""
    return [
      Finding(
        .socketMode, path,
        "mode \(facts.octalMode)\(who); this sendmail sets 0\(String(most, radix: 8))",
        mending: [mend])
    ]
  }

  private var owner: [Finding] {
    let creator = context.identity.creator
    // Others than these are refused, which is said already.
    guard facts.owner != creator, context.identity.trusts(facts.owner) else { return [] }
    return [
      Finding(
        .socketOwner, path,
        "it belongs to \(world.user(facts.owner)); sendmail gives it to \(world.user(creator))",
        mending: [.command("chown \(world.userWord(creator))", path)])
    ]
  }

  private var group: [Finding] {
    guard world.isDebian, facts.isGroupWritable, !facts.isWorldWritable, facts.group != 0,
      world.groupName(facts.group) != "smmsp"
    else { return [] }
    return [
      Finding(
        .socketGroup, path,
        "mode \(facts.octalMode): \(world.groupWithMembers(facts.group)) may connect",
        mending: [.command("chgrp smmsp", path)])
    ]
  }
}
