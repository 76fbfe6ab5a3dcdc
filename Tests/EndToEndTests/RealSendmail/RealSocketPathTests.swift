// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// The audit's verdict on a tree, compared with the behaviour of the real sendmail.
@Suite("The audit and the real sendmail")
struct RealSocketPathTests {
  /// Trees of which sendmail and the audit do not say the same, in words.
  private static func disagreement(on tree: SocketTree) async throws -> String? {
    let report = Mutex<AuditReport?>(nil)
    var options = RealDaemon.Options()
    // Root's alone at every level, unlike /tmp.
    options.parent = "/var/lib"
    options.trustsStickyBit = false
    options.needsControlSocket = false
    options.asOrdinaryUser = tree.asOrdinaryUser
    options.configurationLines = tree.options + ["O ControlSocketName=\(tree.socket)"]
    options.prepare = { directory in
      if !tree.asOrdinaryUser {
        try TreeEntry.directory("", 0o755).make(below: directory)
        try TreeEntry.directory("mq", 0o700, owner: tree.queueOwner).make(below: directory)
      }
      for entry in tree.entries { try entry.make(below: directory) }
      let resolved = try ConfigurationReader().read(file: directory.appending("sendmail.cf"))
      let user = try tree.asOrdinaryUser ? SystemUser.ordinary().userID : 0
      let audit = AuditReport(
        ofThisMachine: resolved, isClient: false, observation: .daemon(of: user))
      report.withLock { $0 = audit }
    }
    return try await RealDaemon.run(options) { daemon in
      let audit = try #require(report.withLock { $0 })
      return compare(audit, with: daemon, socket: tree.socket)
    }
  }

  private static func compare(
    _ audit: AuditReport, with daemon: RealDaemon, socket: String
  ) -> String? {
    let refusals = audit.findings.filter(\.rule.isRefusal)
    let logged = daemon.log.split(separator: "\n").filter {
      $0.contains("could not open control socket")
    }
    let name = socket.replacing("@DIR@", with: daemon.places.directory.string)
    let path = name.hasPrefix("/") ? name : daemon.places.queue.string + "/" + name
    let isOpen = (try? FilePath(path).stat().type) == .socket && logged.isEmpty
    guard isOpen == refusals.isEmpty else {
      return "sendmail: \(isOpen ? "opens it" : "\(logged)"), audit: \(refusals.map(\.rule))"
    }
    guard let line = logged.first else { return nil }
    // The audit quotes the very words.
    guard let range = line.firstRange(of: "daemon could not open") else { return "\(line)" }
    let isQuoted = refusals.contains { $0.found.contains(line[range.lowerBound...]) }
    return isQuoted ? nil : "sendmail: \(line), audit: \(refusals.map(\.found))"
  }

  private static func outcome(of tree: SocketTree) async -> String? {
    do {
      return try await disagreement(on: tree)
    } catch {
      return "\(error)"
    }
  }

  /// Tries `trees`, a few at a time, and records where sendmail and the audit differ.
  private static func compare(_ trees: [SocketTree]) async {
    await withTaskGroup(of: (SocketTree, String?).self) { group in
      var rest = trees[...]
      for tree in rest.prefix(4) { group.addTask { await (tree, Self.outcome(of: tree)) } }
      rest = rest.dropFirst(4)
      while let (tree, disagreement) = await group.next() {
        if let disagreement { Issue.record("\(tree): \(disagreement)") }
        guard let next = rest.popFirst() else { continue }
        group.addTask { await (next, Self.outcome(of: next)) }
      }
    }
  }

  @Test("agree on every tree", .needsRealSendmail, .needsRoot)
  func agreement() async throws {
    #expect(SocketTree.all.count >= 60)
    await Self.compare(SocketTree.all + SocketTree.memberships)
  }

  @Test("agree on trees drawn at random", .needsRealSendmail, .needsRoot)
  func made() async throws {
    let run = DifferentialRun(defaultCount: 60)
    await Self.compare(
      (0..<run.count).map { SocketTree(seed: run.seed &* 1_000_003 &+ UInt64($0)) })
  }
}
