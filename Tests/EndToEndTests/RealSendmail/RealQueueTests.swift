// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport
import Testing

/// The audit's verdict on a queue directory, compared with whether the real sendmail can queue mail
/// there.
@Suite("The audit of queues and the real sendmail")
struct RealQueueTests {
  struct QueueCase: Sendable, CustomTestStringConvertible {
    var mode: mode_t
    var owner: uid_t
    var group: gid_t
    var options: [String] = []
    var asOrdinaryUser = false

    var testDescription: String {
      "\(String(mode, radix: 8)) \(owner):\(group) \(options) \(asOrdinaryUser ? "nobody" : "root")"
    }
  }

  /// Owners and modes against the options that name users; smmta and smmsp of Debian's scheme are
  /// played by mail and daemon.
  static let cases: [QueueCase] =
    ([0o700, 0o755, 0o777, 0o770, 0o500, 0o2750] as [mode_t]).flatMap { mode in
      ([(0, 0), (0, 8), (8, 8), (8, 0), (8, 1), (1, 1)] as [(uid_t, gid_t)]).flatMap { owner in
        [[], ["O TrustedUser=mail"], ["O RunAsUser=mail"]].map { options in
          QueueCase(mode: mode, owner: owner.0, group: owner.1, options: options)
        }
      }
    }
    + ([0o700, 0o755, 0o777] as [mode_t]).flatMap { mode in
      ([(0, 0), (65534, 65534), (8, 65534)] as [(uid_t, gid_t)]).map { owner in
        QueueCase(mode: mode, owner: owner.0, group: owner.1, asOrdinaryUser: true)
      }
    }

  @Test("agree on who may write", .needsRealSendmail, .needsRoot)
  func agreement() async throws {
    var (written, refused) = (0, 0)
    await withTaskGroup(of: Bool?.self) { group in
      var rest = Self.cases[...]
      for example in rest.prefix(4) { group.addTask { await Self.check(example) } }
      rest = rest.dropFirst(4)
      while let writes = await group.next() {
        if writes == true { written += 1 }
        if writes == false { refused += 1 }
        guard let next = rest.popFirst() else { continue }
        group.addTask { await Self.check(next) }
      }
    }
    #expect(written > 20 && refused > 20)
  }

  /// Returns whether sendmail writes there; `nil` when that was not to be found out.
  private static func check(_ example: QueueCase) async -> Bool? {
    do {
      let (writes, refused) = try await outcomes(of: example)
      if writes == refused {
        Issue.record("\(example.testDescription): sendmail writes: \(writes), audit: \(refused)")
      }
      return writes
    } catch {
      Issue.record("\(example.testDescription): \(error)")
      return nil
    }
  }

  /// Returns whether sendmail queues a message, and whether the audit says that it cannot.
  private static func outcomes(
    of example: QueueCase
  ) async throws -> (writes: Bool, refused: Bool) {
    let sendmail = try await RealSendmail.required()
    return try await withTemporaryDirectory(below: "/var/lib") { directory in
      let user = try example.asOrdinaryUser ? SystemUser.ordinary() : .current
      let program = example.asOrdinaryUser ? try sendmail.copied(to: directory) : sendmail
      try TreeEntry.directory("", 0o755).make(below: directory.path)
      try TreeEntry.directory("mq", example.mode, owner: example.owner, group: example.group)
        .make(below: directory.path)
      let file = try directory.write(
        configuration(in: directory, options: example.options), to: "sendmail.cf")
      let outcome = try await ProcessRunner.run(
        program.binary, ["-C\(file)", "-Am", "root"],
        environment: program.environment.mapValues { .some($0) },
        input: Array("Subject: test\n\ntest\n".utf8), workingDirectory: directory.path, user: user)
      let resolved = try ConfigurationReader().read(file: file)
      let report = AuditReport(
        ofThisMachine: resolved, isClient: false, observation: .daemon(of: user.userID))
      return (
        outcome.status == 0, report.findings.contains { $0.rule == .queueRefused }
      )
    }
  }

  private static func configuration(
    in directory: TemporaryDirectory, options: [String]
  ) -> String {
    ([
      "V10/Berkeley", "Cwlocalhost", "O QueueDirectory=\(directory["mq"])",
      "O DeliveryMode=queueonly", "O QueueLA=0", "O RefuseLA=0",
    ] + options + [
      "Mlocal, P=/bin/true, F=lsDFMm, A=true", "Mprog, P=/bin/true, F=lsDFMm, A=true", "Sparse=0",
      "R$*\t$#local $: $1",
    ]).joined(separator: "\n") + "\n"
  }
}
