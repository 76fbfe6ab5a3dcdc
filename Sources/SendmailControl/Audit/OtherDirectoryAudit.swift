// SPDX-License-Identifier: Apache-2.0

/// The audit of directories in the base queue directory that are not queues, such as a queue that was moved
/// aside, or the host status.
struct OtherDirectoryAudit {
  private let context: AuditContext
  private let base: [UInt8]

  init(_ context: AuditContext, base: [UInt8]) {
    self.context = context
    self.base = base
  }

  /// Returns the directories that other users may enter or write to; none where the base keeps them out.
  ///
  /// `queues` are the paths of the queue directories.
  func groups(besides queues: Set<[UInt8]>) -> [AuditReport.Group] {
    guard case .found(let facts) = context.files.directory(at: base), facts.mode & 0o011 != 0,
      let names = context.files.names(in: base)
    else { return [] }
    let parts = self.parts(of: queues)
    // A full queue has many files, which need not be looked up.
    let others = names.filter {
      (QueueFileKind(name: $0.span) == .other || $0.count == 2) && !parts.contains($0)
    }
    return others.sorted { $0.lexicographicallyPrecedes($1) }.compactMap {
      group(at: base + [ASCII.slash] + $0)
    }
  }

  private func group(at path: [UInt8]) -> AuditReport.Group? {
    guard case .found(let facts) = context.files.lookup(path),
      facts.kind == .directory, facts.mode & 0o077 != 0, !isDebianScheme(facts)
    else { return nil }
    var group = AuditReport.Group(.queue, path)
    group.components.append(path, facts, accounts: context.accounts)
    group.findings = [
      Finding(
        .queueOtherDirectory, path, "mode \(facts.octalMode): other users have access",
        remediation: [.command("chmod go=", path)])
    ]
    return group
  }

  /// Returns the names in the base that are a queue, contain one, or are a directory of the base's own queue.
  private func parts(of queues: Set<[UInt8]>) -> Set<[UInt8]> {
    let prefix = base + [ASCII.slash]
    let names = queues.filter { $0.starts(with: prefix) }.map {
      Array($0.dropFirst(prefix.count).prefix { $0 != ASCII.slash })
    }
    return Set(names + (queues.contains(base) ? ["qf", "df", "xf"].map { Array($0.utf8) } : []))
  }

  private func isDebianScheme(_ facts: FileFacts) -> Bool {
    context.accounts.userName(facts.owner) == "smmta"
      && context.accounts.groupName(facts.group) == "smmsp" && facts.mode & 0o027 == 0
  }
}
