// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// Control files drawn at random, each in a queue directory of its own, before and after a run of the real queue
/// runner: what becomes of each must be what smcontrol says of it, and so must what the real mailq lists.
struct QueueRunComparison {
  private let sendmail: RealSendmail
  private let spool: Spool
  private let files: [RandomControlFile]
  private var problems: [String] = []
  /// The number of messages that were lost.
  private(set) var lost = 0

  /// Writes `count` control files; `options` are lines of the configuration.
  init(
    _ sendmail: RealSendmail, count: Int, options: [String], using random: inout SeededNumbers
  ) throws {
    self.sendmail = sendmail
    let names = (0..<count).map(Self.name)
    spool = try Spool(
      names, queueDirectory: "mq/q*",
      lines: [
        "O DeliveryMode=background", "O QueueLA=1000", "O RefuseLA=0",
        "O DontBlameSendmail=TrustStickyBit", "Sparse=0", "R$*\t$#local $: $1",
        "Mlocal, P=/bin/sh, F=lsDFM, U=root:root, A=sh @DIR@/deliver $u",
        "Mprog, P=/bin/true, F=lsDFM, A=true",
      ] + options)
    let now = spool.now
    files = names.indices.map { RandomControlFile($0, now: now, using: &random) }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: spool.directory.path.string)
    try spool.directory.write(
      """
      echo "$1" >>\(spool.directory["log"])
      case $1 in *wait*) exit 75 ;; esac

      """, to: "deliver")
    try spool.directory.write("", to: "log")
    for (number, file) in files.enumerated() {
      let place = "\(Self.name(number))/"
      let id = spool.id(number, age: 600)
      try spool.write(Array(file.text.utf8), to: "\(place)qf\(id)", age: 600)
      if let size = file.bodySize {
        try spool.write([UInt8](repeating: 0x78, count: size), to: "\(place)df\(id)", age: 600)
      }
      try FileManager.default.setAttributes(
        [.posixPermissions: file.mode], ofItemAtPath: spool.directory["mq/\(place)qf\(id)"].string)
    }
  }

  private static func name(_ number: Int) -> String { "q\(number)" }

  /// Removes the files.
  func remove() { spool.directory.remove() }

  /// Runs the queue, and returns the disagreements in words.
  mutating func run() async throws -> [String] {
    let before = try await overview()
    try await compareWithMailq(before, "before the run")
    _ = try await runSendmail("-qf")
    let after = try await overview()
    try await compareWithMailq(after, "after the run")
    let log = try String(contentsOfFile: spool.directory["log"].string, encoding: .utf8)
    let tried = Set(log.split(separator: "\n").compactMap { Self.domain(of: String($0)) })
    for number in files.indices { try compare(number, before, after, tried) }
    // What is deleted leaves no reason.
    let wereExpected = Set(
      before.table("losses").filter { !$0.contains(": an empty file") }.map {
        $0.replacing("to be lost: ", with: "lost: ")
      })
    if wereExpected != Set(after.table("losses")) {
      problems.append("reasons: \(before.table("losses")) became \(after.table("losses"))")
    }
    return problems
  }

  private func overview() async throws -> QueuesMembers {
    try QueuesMembers(
      try await SMControlRun.run(
        [
          "-C", spool.configurationFile.string, "queues", "--by-loss", "--by-status", "--by-domain",
          "--by-sender-domain", "--top", "100000", "--format", "json",
        ], environment: environment))
  }

  /// The environment of both programs: eleven minutes later, so that empty files are no longer new.
  private var environment: [String: String?] {
    sendmail.environment.merging(["SMCONTROL_TEST_LATER": "660"]) { $1 }.mapValues { .some($0) }
  }

  private func runSendmail(_ arguments: String...) async throws -> ProcessOutcome {
    try await ProcessRunner.run(
      sendmail.binary, ["-C\(spool.configurationFile)"] + arguments,
      environment: environment,
      workingDirectory: spool.directory.path)
  }

  // MARK: One message

  private mutating func compare(
    _ number: Int, _ before: QueuesMembers, _ after: QueuesMembers, _ tried: Set<String>
  ) throws {
    let directory = directory(number)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
    func expect(_ counted: Int?, _ real: Int, _ what: String) {
      guard counted != real else { return }
      problems.append("\(what): smcontrol \(counted ?? -1), really \(real):\n\(text(number))")
    }
    let file = files[number]
    let isLost = names.contains { $0.hasPrefix("Qf") }
    // With several queue directories the body of an empty file stays, as one without a control file.
    let isDeleted = file.hasNoLine && names.allSatisfy { $0.hasPrefix("df") }
    lost += isLost ? 1 : 0
    expect(before.count("messages", in: directory), 1, "messages")
    expect(before.count("toBeLost", in: directory), isLost || isDeleted ? 1 : 0, "to be lost")
    let lacksBody = file.bodySize == nil && !file.text.isEmpty
    expect(before.count("withoutBody", in: directory), lacksBody ? 1 : 0, "without a body")
    expect(after.count("lost", in: directory), isLost ? 1 : 0, "lost")
    for (member, prefix) in [("messages", "qf"), ("quarantined", "hf")] {
      expect(
        after.count(member, in: directory), names.count { $0.hasPrefix(prefix) },
        "\(member) after the run")
    }
    // A run tries to deliver to all recipients of a message, or to none of them.
    let recipients = Self.domains(before, of: number)
    let own = tried.filter { $0.hasPrefix("r\(number)x") }
    let isDelivered = !names.contains { $0.dropFirst().hasPrefix("f") && !$0.hasPrefix("df") }
    if isDelivered || !own.isEmpty, own != (file.isReturned || isDeleted ? [] : recipients) {
      problems.append(
        "recipients: smcontrol \(recipients.sorted()), tried \(own.sorted()):\n\(text(number))")
    }
    if own.isEmpty, names.contains(where: { $0.hasPrefix("qf") }),
      Self.domains(after, of: number) != recipients
    {
      problems.append("recipients of a message that was left alone changed:\n\(text(number))")
    }
  }

  private func directory(_ number: Int) -> String {
    spool.directory["mq/\(Self.name(number))"].string
  }

  private func text(_ number: Int) -> String {
    "mode \(String(files[number].mode, radix: 8)): \(files[number].text.debugDescription)"
  }

  private static func domains(_ overview: QueuesMembers, of number: Int) -> Set<String> {
    Set(
      overview.table("recipientDomains").compactMap { $0.split(separator: " ").first }
        .map(String.init).filter { $0.hasPrefix("r\(number)x") })
  }

  // MARK: mailq

  /// Compares numbers, sizes, senders, reasons and recipients of the waiting messages.
  private mutating func compareWithMailq(_ overview: QueuesMembers, _ time: String) async throws {
    let mailq = MailqListing(try await runSendmail("-bp", "-v").output)
    let hidden = files.indices.filter {
      files[$0].isQuarantined && overview.count("messages", in: directory($0)) == 1
    }
    let expected = overview.total("messages").map { $0 - hidden.count }
    if expected != mailq.total {
      problems.append(
        "\(time): mailq \(mailq.total ?? -1) messages, smcontrol \(expected ?? -1) of those it lists"
      )
    }
    for message in mailq.messages {
      guard let size = message.size else { continue }
      let counted = overview.count("bytes", in: message.directory)
      if counted != size {
        problems.append("\(time): mailq \(size) bytes, smcontrol \(counted ?? -1): \(message)")
      }
    }
    for (table, names) in [
      ("statuses", mailq.messages.compactMap(\.status)),
      ("senderDomains", mailq.messages.compactMap(\.sender).map(Self.senderName)),
      ("recipientDomains", mailq.messages.flatMap(\.recipients).map { Self.domain(of: $0) ?? "-" }),
    ] {
      var counts: [String: Int] = [:]
      for name in names { counts[name, default: 0] += 1 }
      let real = Set(counts.map { "\($0.key) \($0.value)" })
      // mailq says nothing of messages that wait for no reason.
      // mailq shows the first line of a status, a run and smcontrol the lines after it, too.
      let ours = Set(overview.table(table).map(Self.firstLine)).filter {
        (table != "statuses" || !$0.hasPrefix("- "))
          && !(number(in: $0).map(hidden.contains) ?? false)
      }
      for line in ours.symmetricDifference(real).sorted() {
        problems.append(
          "\(time): \(table): \(ours.contains(line) ? "smcontrol" : "mailq") has \(line)"
            + (number(in: line).map { ":\n\(text($0))" } ?? ""))
      }
    }
  }

  /// The number of the control file that a line of a table is about: a status ends with it, and a domain has it
  /// before an `x` or a dot.
  private func number(in line: String) -> Int? {
    let match = line.firstMatch(of: /^(?:[sr]|.* )([0-9]+)(?:x|\.| [0-9]+$)/)
    return (match?.output.1).flatMap { Int($0) }.flatMap { files.indices.contains($0) ? $0 : nil }
  }

  /// A line of a table without what a name has from its second line on.
  private static func firstLine(_ line: String) -> String {
    guard let tab = line.firstIndex(of: "\t"), let count = line.split(separator: " ").last else {
      return line
    }
    return "\(line[..<tab]) \(count)"
  }

  private static func senderName(_ sender: String) -> String {
    sender.isEmpty || sender == "<>" ? "<>" : domain(of: sender) ?? "-"
  }

  private static func domain(of address: String) -> String? {
    guard let at = address.lastIndex(of: "@") else { return nil }
    return String(address[at...].dropFirst().prefix { $0 != ">" && !$0.isWhitespace }).lowercased()
  }
}
