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
    guard case .found(let facts) = context.files.directory(at: base), facts.mode & 0o011 != 0 else {
      return []
    }
    let parts = self.parts(of: queues)
    var open = FirstNames()
    let isRead = context.files.forEachEntry(in: base) { name, mayBeDirectory in
      // A full queue has many files, which need not be looked up.
      guard mayBeDirectory, QueueFileKind(name: name) == .other || name.count == 2 else { return }
      let name = name.array
      if !parts.contains(name), openDirectory(at: path(of: name)) != nil { open.add(name) }
    }
    guard isRead else { return [] }
    return open.sorted.compactMap { group(at: path(of: $0)) }
      + (open.more > 0 ? [rest(open.more)] : [])
  }

  private func path(of name: [UInt8]) -> [UInt8] { base + [ASCII.slash] + name }

  /// The facts of a directory that other users may enter or write to; `nil` for anything else.
  private func openDirectory(at path: [UInt8]) -> FileFacts? {
    guard case .found(let facts) = context.files.lookup(path),
      facts.kind == .directory, facts.mode & 0o077 != 0, !isDebianScheme(facts)
    else { return nil }
    return facts
  }

  /// The group of the directories that are not listed.
  private func rest(_ count: Int) -> AuditReport.Group {
    var group = AuditReport.Group(.queue, base)
    group.findings = [
      Finding(
        .queueOtherDirectory, base, "\(count) more directories in it: other users have access")
    ]
    return group
  }

  private func group(at path: [UInt8]) -> AuditReport.Group? {
    guard let facts = openDirectory(at: path) else { return nil }
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
