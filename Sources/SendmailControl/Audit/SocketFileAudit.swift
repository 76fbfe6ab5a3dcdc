// SPDX-License-Identifier: Apache-2.0

/// The audit of the file at the socket's path.
struct SocketFileAudit {
  let context: AuditContext
  let path: [UInt8]
  let facts: FileFacts

  private var accounts: any Accounts { context.accounts }

  /// Returns the findings.
  ///
  /// `isAllowed` is true if sendmail would create its socket there.
  func findings(isAllowed: Bool) -> [Finding] {
    guard facts.kind == .socket else {
      return facts.kind == .directory ? [] : [notASocket(isAllowed: isAllowed)]
    }
    return mode + owner + group
  }

  private func notASocket(isAllowed: Bool) -> Finding {
    let details = context.files.details(of: path).map {
      ", \($0.size) bytes, modified \($0.modified.date) \($0.modified.time)"
    }
    let consequence =
      isAllowed
      ? "sendmail REMOVES IT without a message when it starts"
      : "sendmail refuses it now, but once that is fixed it REMOVES IT when it starts"
    return Finding(
      .socketNotASocket, path, "it is \(facts.kindText)\(details ?? ""); \(consequence)",
      remediation: [.command("mv", path, path + Array(".moved".utf8)), SocketAudit.safeSetting])
  }

  private var maximumMode: UInt16 { context.machine.isDebian ? 0o660 : 0o600 }

  private var mode: [Finding] {
    let remedy = Remedy.command(context.machine.isDebian ? "chmod 0660" : "chmod 0600", path)
    if facts.isWorldWritable {
      return [
        Finding(
          .socketWorldWritable, path, "mode \(facts.octalMode): all users may connect",
          remediation: [remedy])
      ]
    }
    // The execute bits have their own rule.
    guard facts.mode & 0o666 & ~maximumMode != 0 else { return [] }
    let who =
      facts.isGroupWritable
      ? ": \(accounts.groupWithMembers(facts.group)) may connect" : ""
    return [
      Finding(
        .socketMode, path,
        "mode \(facts.octalMode)\(who); this sendmail sets 0\(String(maximumMode, radix: 8))",
        remediation: [remedy])
    ]
  }

  private var owner: [Finding] {
    let creator = context.identity.creator
    // Other owners are refused, which another finding reports.
    guard facts.owner != creator, context.identity.trusts(facts.owner) else { return [] }
    return [
      Finding(
        .socketOwner, path,
        "it belongs to \(accounts.user(facts.owner)); sendmail gives it to \(accounts.user(creator))",
        remediation: [.command("chown \(accounts.userWord(creator))", path)])
    ]
  }

  private var group: [Finding] {
    guard context.machine.isDebian, facts.isGroupWritable, !facts.isWorldWritable, facts.group != 0,
      accounts.groupName(facts.group) != "smmsp"
    else { return [] }
    return [
      Finding(
        .socketGroup, path,
        "mode \(facts.octalMode): \(accounts.groupWithMembers(facts.group)) may connect",
        remediation: [.command("chgrp smmsp", path)])
    ]
  }
}
