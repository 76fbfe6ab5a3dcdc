// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

extension RealDaemon {
  /// Runs `smcontrol queues` by this daemon's configuration.
  func queues(_ arguments: String..., user: SystemUser? = nil) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", places.configurationFile.string, "queues"] + arguments, user: user)
  }

  /// Returns mailq's counts of the waiting messages, or of those that `selection` asks for: the number
  /// for each directory, by the name mailq has for it, and the sum.
  fileprivate func mailq(_ selection: String? = nil) async throws -> (
    directories: [String: Int], total: Int?
  ) {
    let outcome = try await runSendmail(["-bp"] + (selection.map { [$0] } ?? []))
    var directories: [String: Int] = [:]
    var total: Int?
    for line in outcome.output.split(separator: "\n") {
      if let match = line.firstMatch(of: /^\s*(\/\S+) \(([0-9]+) requests?/) {
        directories[String(match.output.1)] = Int(match.output.2)
      } else if let match = line.firstMatch(of: /^(\/\S+) is empty/) {
        directories[String(match.output.1)] = 0
      } else if let match = line.firstMatch(of: /Total requests: ([0-9]+)/) {
        total = Int(match.output.1)
      }
    }
    return (directories, total)
  }

  /// Hands a message to sendmail itself, to be queued.
  fileprivate func submit(to recipients: String...) async throws {
    let outcome = try await runSendmail(
      ["-odq", "-f", "sender@example.org"] + recipients, input: Array("Subject: x\n\nhello\n".utf8))
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
  }
}

@Suite("smcontrol queues beside the real mailq", .needsRealSendmail)
struct RealQueuesTests {
  @Test("Counts agree with mailq: groups, directories, quarantine, lost messages")
  func counts() async throws {
    var options = RealDaemon.Options()
    options.queueDirectory = "mq/q*"
    options.queueDirectories = ["q1", "q2/qf", "q2/df", "q2/xf", "q3/df", "slow/a", "slow/b"]
    options.configurationLines = [
      "Qslow, P=@DIR@/mq/slow/*", "Squeuegroup", "R$* @ slow.example $*\t$# slow",
    ]
    options.sharesMemory = true
    try await RealDaemon.run(options) { daemon in
      // Only a queue run makes the daemon count.
      #expect(try await daemon.runSendmail(["-q"]).status == 0)
      for number in 0..<8 { try await daemon.submit(to: "u\(number)@one.example", "v@two.example") }
      for number in 0..<5 { try await daemon.submit(to: "u\(number)@slow.example") }
      let session = try await daemon.openSMTPSession()
      for _ in 0..<3 { try await session.sendMessage() }
      session.close()
      let before = try await agree(daemon)
      #expect(before.total("messages") == 16)
      let base = daemon.places.queue.string
      let inSlow = ["a", "b"].compactMap { before.count("messages", in: "\(base)/slow/\($0)") }
      #expect(inSlow.reduce(0, +) == 5)
      #expect(
        before.table("recipientDomains").prefix(3) == [
          "one.example 8", "two.example 8", "slow.example 5",
        ])
      #expect(before.table("senderDomains").first == "example.org 13")
      // The daemon counts by itself, and nothing has been moved yet.
      try await eventually("the daemon's counts") {
        let queues = try QueuesMembers(try await daemon.queues("--daemon", "--format", "json"))
        return queues.directories.allSatisfy { path, directory in
          directory["daemonMessages"] as? Int == queues.count("messages", in: path)
        }
      }

      // Quarantine some, and lose one.
      #expect(try await daemon.runSendmail(["-Qbad mail", "-qRslow.example"]).status == 0)
      let directory = daemon.places.queue.appending("q1")
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.string)
      if let name = names.first(where: { $0.hasPrefix("qf") }) {
        try FileManager.default.moveItem(
          atPath: directory.appending(name).string,
          toPath: directory.appending("Q" + name.dropFirst()).string)
      }
      let after = try await agree(daemon)
      #expect(after.total("quarantined") == 5)
      #expect(after.total("orphans") == 0)
    }
  }

  @Test("A * that matches nothing is the base, for groups as well")
  func fallback() async throws {
    var options = RealDaemon.Options()
    options.queueDirectory = "mq/*"
    options.configurationLines = [
      "Qslow, P=@DIR@/mq/*", "Squeuegroup", "R$* @ slow.example $*\t$# slow",
    ]
    try await RealDaemon.run(options) { daemon in
      for number in 0..<3 { try await daemon.submit(to: "u\(number)@one.example") }
      try await daemon.submit(to: "u@slow.example")
      // mailq lists the base once a group, and so counts it twice.
      let queues = try await daemon.queues()
      #expect(queues.status == 0, "\(queues.errorOutput)")
      #expect(queues.output.contains("total: messages=4 "))
      #expect(queues.output.contains("\(daemon.places.queue): group=slow messages=4 "))
      #expect(try await daemon.mailq().total == 8)
    }
  }

  /// Requires that both count the same, and returns the counts of smcontrol.
  private func agree(_ daemon: RealDaemon) async throws -> QueuesMembers {
    let queues = try QueuesMembers(
      try await daemon.queues(
        "--format", "json", "--by-domain", "--by-sender-domain", "--by-status"))
    for (member, selection) in [("messages", nil), ("quarantined", "-qQ"), ("lost", "-qL")] {
      let mailq = try await daemon.mailq(selection)
      #expect(queues.total(member) == mailq.total, "\(member)")
      #expect(mailq.directories.count == queues.directories.count)
      for (name, count) in mailq.directories {
        let path = name.hasSuffix("/df") ? String(name.dropLast(3)) : name
        #expect(queues.count(member, in: path) == count, "\(member) in \(path)")
      }
    }
    return queues
  }

  @Test("A message that is being delivered is locked, and why others wait is counted")
  func locked() async throws {
    try await RealDaemon.run { daemon in
      try await daemon.submit(to: "root")
      let directory = daemon.places.directory
      let configuration = try String(
        contentsOfFile: daemon.places.configurationFile.string, encoding: .utf8)
      // The mailer does not run as root.
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: directory.string)
      let waiting = directory.appending("waiting.cf")
      let script = "while [ ! -e \(directory)/go ]; do sleep 0.05; done; exit 75\n"
      try script.write(
        toFile: directory.appending("wait").string, atomically: true, encoding: .utf8)
      try configuration.replacing(
        "Mlocal, P=/bin/true, F=lsDFMm, A=true",
        with: "Mlocal, P=/bin/sh, F=lsDFMm, A=sh \(directory)/wait"
      ).write(toFile: waiting.string, atomically: true, encoding: .utf8)
      let before = try QueuesMembers(try await daemon.queues("--format", "json"))
      guard let known = before.total("locked") else {
        return SkipNotice.print(
          "skipped: locked messages: the kernel's table does not show locks of this file system")
      }
      #expect(known == 0)
      async let delivery = daemon.runSendmail(["-C\(waiting)", "-q"])
      try await eventually("the message is locked") {
        try QueuesMembers(try await daemon.queues("--format", "json")).total("locked") == 1
      }
      try "".write(toFile: directory.appending("go").string, atomically: true, encoding: .utf8)
      _ = try await delivery
      // The process that delivers may outlive the one that runs the queue.
      let after = try await eventually("the message is no longer locked") { () -> QueuesMembers? in
        let queues = try QueuesMembers(try await daemon.queues("--format", "json", "--by-status"))
        return queues.total("locked") == 0 ? queues : nil
      }
      #expect(after.total("messages") == 1)
      let statuses = after.table("statuses")
      try #require(statuses.count == 1 && statuses[0].hasSuffix(" 1"), "\(statuses)")
      let mailq = try await daemon.runSendmail(["-bp"])
      #expect(mailq.output.contains("(\(statuses[0].dropLast(2)))"))
    }
  }

  @Test("Messages that wait only because of the load are those that mailq marks with an X")
  func load() async throws {
    for (factor, waits) in [("1", true), ("2000000000", false)] {
      var options = RealDaemon.Options()
      options.settings["QueueFactor"] = factor
      try await RealDaemon.run(options) { daemon in
        for number in 0..<3 { try await daemon.submit(to: "u\(number)@one.example") }
        let mailq = try await daemon.runSendmail(["-bp"])
        let marked = mailq.output.split(separator: "\n").count { $0.contains(/^[0-9A-Za-z]{14,}X/) }
        #expect(marked == (waits ? 3 : 0), "\(mailq.output)")
        let queues = try await daemon.queues("--by-status", "--format", "json")
        let files = try QueuesMembers(queues).members["controlFiles"] as? [String: Any]
        #expect(files?["waitingForLoad"] as? Int == marked)
      }
    }
  }

  @Test("A lock of the other kind is none to sendmail, and is counted apart")
  func otherLock() async throws {
    try await RealDaemon.run { daemon in
      try await daemon.submit(to: "u@one.example")
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: daemon.places.queue.string)
          .first { $0.hasPrefix("qf") })
      let program = """
        import fcntl, sys, time
        f = open(sys.argv[1], "r+b")
        (fcntl.lockf if sys.argv[2] == "fcntl" else fcntl.flock)(f, fcntl.LOCK_EX)
        time.sleep(600)
        """
      let before = try QueuesMembers(try await daemon.queues("--format", "json"))
      guard
        WantedTests.mayExpect(
          before.total("locked") != nil,
          otherwise: "Locks are not tried: the kernel's table has none of this file system")
      else { return }
      let own = try #require(
        ((before.members["configurations"] as? [[String: Any]])?.first?["daemon"] as? [String: Any])?[
          "lockKind"] as? String)
      for kind in ["flock", "fcntl"] {
        try await RunningProgram.run(
          "/usr/bin/python3",
          ["-c", program, daemon.places.queue.appending(name).string, kind]
        ) { _ in
          let count = kind == own ? "locked" : "lockedOtherwise"
          try await eventually("the file is \(count)") {
            try QueuesMembers(try await daemon.queues("--format", "json")).total(count) == 1
          }
          let mailq = try await daemon.runSendmail(["-bp"])
          #expect(mailq.output.contains(/[0-9A-Za-z]{14,}\*/) == (kind == own), "\(mailq.output)")
        }
      }
    }
  }

  @Test("Exactly the users that mailq refuses under restrictmailq are refused")
  func restricted() async throws {
    guard SystemUser.isRoot else {
      return SkipNotice.print("skipped: restrictmailq: only root can give directories away")
    }
    var options = RealDaemon.Options()
    options.asOrdinaryUser = true
    options.settings["PrivacyOptions"] = "restrictmailq"
    try await RealDaemon.run(options) { daemon in
      let user = try SystemUser.ordinary()
      try await daemon.submit(to: "root")
      for (group, isAllowed) in [(0, false), (user.groupID, true)] {
        try FileManager.default.setAttributes(
          [.groupOwnerAccountID: NSNumber(value: group)], ofItemAtPath: daemon.places.queue.string)
        let mailq = try await daemon.runSendmail(["-bp"])
        let isRefused = (mailq.output + mailq.errorOutput).contains(
          "not permitted to see the queue")
        #expect(isRefused != isAllowed)
        let queues = try await daemon.queues(user: user)
        #expect(queues.status == (isAllowed ? 0 : 77))
        #expect(queues.output.contains("messages=1 ") == isAllowed)
        #expect(queues.errorOutput.contains("PrivacyOptions has restrictmailq") != isAllowed)
        // Root always may.
        #expect(try await daemon.queues().output.contains("messages=1 "))
      }
    }
  }
}
