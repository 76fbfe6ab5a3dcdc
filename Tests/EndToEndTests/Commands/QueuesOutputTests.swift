// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// The output of `smcontrol queues` for synthetic spools.
@Suite("smcontrol queues")
struct QueuesOutputTests {
  /// Two days and a little, so that an hour of waiting makes no difference.
  private let twoDays = 172_860

  private func spool() throws -> Spool {
    let spool = try Spool(
      ["q1", "q2", "slow"], queueDirectory: "mq/q*", lines: ["Qslow, P=@DIR@/mq/slow"])
    try spool.writeMessage(
      1, in: "q1", size: 2048, recipients: ["a@big.example", "b@big.example"])
    try spool.writeMessage(
      2, in: "q1", age: twoDays,
      recipients: ["c@Big.Example.", "d@evil\u{1B}[31m.example", "root"],
      sender: "<>", status: "Deferred: \u{1B}]0;gone\u{7}")
    try spool.writeMessage(3, in: "slow", age: 700, status: "Deferred: Connection refused")
    try spool.write(Array("V8\nqa bad\u{1B} word\n.\n".utf8), to: "q2/hf\(spool.id(4))")
    return spool
  }

  @Test("For scripts there is a line a directory")
  func classic() async throws {
    let spool = try spool()
    let outcome = try await spool.queues("--by-domain", "--by-status")
    #expect(outcome.status == 0)
    #expect(outcome.errorOutput == "")
    let base = "\(spool.directory.path)/mq"
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 15)
    #expect(lines[0].hasPrefix("\(base)/q1: group=mqueue messages=2 bytes=2058 oldest=172"))
    #expect(lines[0].contains(" ages=1,0,0,0,0,0,0,0,0,0,1,0,0 "))
    #expect(
      lines[1].contains(
        "/q2: group=mqueue messages=0 bytes=0 oldest=unknown newest=unknown quarantined=1 "))
    #expect(lines[2].hasPrefix("\(base)/slow: group=slow messages=1 "))
    #expect(lines[2].hasSuffix(" daemon=unknown"))
    #expect(lines[3].hasPrefix("total: messages=3 bytes=2068 "))
    #expect(
      lines[4].hasPrefix("domain-total: recipients=6 names=4 ages=2,0,1,0,0,0,0,0,0,0,3,0,0"))
    #expect(lines.contains { $0.hasPrefix("status-total: messages=4 names=4 ") })
    #expect(lines.contains { $0.hasPrefix(#"status quarantined: a bad\x1B word: messages=1 "#) })
    #expect(lines[5].hasPrefix("domain big.example: recipients=3 ages=2,0,0,0,0,0,0,0,0,0,1,"))
    #expect(lines.contains { $0.hasPrefix("domain (local): recipients=1 ") })
    #expect(lines.contains { $0.hasPrefix(#"status Deferred: \x1B]0;gone\x07: messages=1 "#) })
    #expect(lines.contains { $0.hasPrefix("status (none): messages=1 ") })
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test("For reading there are tables")
  func terminal() async throws {
    let spool = try spool()
    let outcome = try await spool.queues(
      "--format", "terminal", "--by-domain", "--by-sender-domain", "--by-status", "--top", "1")
    #expect(outcome.status == 0)
    let text = outcome.output
    #expect(text.hasPrefix("3 messages, 3 KiB, oldest 2d00h, 1 quarantined"))
    #expect(text.contains("GROUP   QUEUE  MSGS   SIZE  OLDEST"))
    #expect(text.contains("big.example                  3"))
    #expect(text.contains("1 of 4 shown; the total has all. --top shows more."))
    #expect(text.contains("total                        6"))
    #expect(text.contains("SENDER'S DOMAIN"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test(
    "No line is wider than the terminal, and a very narrow one gets one line",
    arguments: [20, 29, 30, 45, 60, 80, 200])
  func widths(columns: Int) async throws {
    let spool = try spool()
    let run = try await TerminalRun.run(
      ["-C", spool.configurationFile.string, "--color", "never", "queues", "--by-domain"],
      columns: columns)
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= columns }, "\(run.output)")
    #expect((lines.count == 1) == (columns < 30))
  }

  @Test("JSON has everything")
  func json() async throws {
    let spool = try spool()
    let queues = try QueuesMembers(
      try await spool.queues("--format", "json", "--by-domain", "--by-sender-domain"))
    let base = "\(spool.directory.path)/mq"
    #expect(queues.members["schema"] as? String == "smcontrol.queues/1")
    #expect(Set(queues.directories.keys) == ["\(base)/q1", "\(base)/q2", "\(base)/slow"])
    #expect(queues.count("messages", in: "\(base)/q1") == 2)
    #expect(queues.count("newestTime", in: "\(base)/slow") == spool.now - 700)
    #expect(queues.total("messages") == 3)
    #expect(queues.table("recipientDomains").first == "big.example 3")
    #expect(queues.table("senderDomains") == ["example.org 2", "<> 1"])
    #expect(queues.members["statuses"] is NSNull)
  }

  @Test("With --all the client queue is counted, too, by the file beside the other")
  func all() async throws {
    let spool = try spool()
    let missing = try await spool.queues("--all")
    #expect(missing.status == 66)
    #expect(missing.errorOutput.contains("submit.cf"))
    #expect(missing.output.contains("total: messages=3 "))
    try spool.directory.makeDirectory("client")
    try spool.directory.write(
      "V10/Berkeley\nO QueueDirectory=\(spool.directory.path)/client\nO UseMSP=True\n",
      to: "submit.cf")
    try spool.directory.write([], to: "client/qf\(spool.id(9))")
    let queues = try QueuesMembers(try await spool.queues("--all", "--format", "json"))
    #expect(queues.total("messages") == 4)
    #expect((queues.members["configurations"] as? [Any])?.count == 2)
    let reading = try await spool.queues("--all", "--format", "terminal")
    #expect(reading.output.contains("/client, by "))
  }

  @Test("The daemon's own counts stand beside, and are no loss when there are none")
  func daemon() async throws {
    try await ScratchDaemon.run { scratch in
      let path = scratch.directory.path.string
      scratch.daemon.update {
        $0.queueCounts = [QueueCount(name: ByteText(path), count: 42)]
      }
      try scratch.directory.write([], to: "qfX")
      func run(_ arguments: String...) async throws -> QueuesMembers {
        try QueuesMembers(
          try await SMControlRun.run(
            ["-C", scratch.configurationFile.string, "queues", "--format", "json"] + arguments))
      }
      let queues = try await run("--daemon")
      #expect(queues.directories[path]?["daemonMessages"] as? Int == 42)
      #expect(queues.count("messages", in: path) == 1)
      #expect(try await run().directories[path]?["daemonMessages"] is NSNull)
      try await scratch.daemon.setFault(.silence)
      #expect(
        try await run("--daemon", "--timeout", "0.1").directories[path]?["daemonMessages"] is NSNull
      )
      await scratch.daemon.shutdown()
      let after = try await run("--daemon")
      #expect(after.directories[path]?["daemonMessages"] is NSNull)
      #expect(after.count("messages", in: path) == 1)
    }
  }

  static let misuse = [
    ["--top", "5"], ["--by-domain", "--top", "0"], ["--by-domain", "--top", "x"],
    ["--by-domain", "5"], ["--all", "-Ac"], ["extra"], ["5"], ["--format", "raw"],
  ]

  @Test("Contradictory arguments are refused", arguments: misuse)
  func usage(arguments: [String]) async throws {
    let outcome = try await SMControlRun.run(["queues"] + arguments)
    #expect(outcome.status == 64, "\(outcome.errorOutput)")
    #expect(outcome.output == "")
  }

  @Test("A progress bar comes on a terminal after half a second, and goes")
  func progress() async throws {
    let spool = try Spool(["q1", "q2"], queueDirectory: "mq/q*")
    for number in 0..<4 {
      try spool.write(Array("V8\nH".utf8), to: "q2/qf\(spool.id(number))")
      try spool.directory.enlarge("mq/q2/qf\(spool.id(number))", to: 1 << 30)
    }
    let run = try await TerminalRun.run(
      ["-C", spool.configurationFile.string, "queues", "--by-domain"])
    #expect(run.status == 0)
    #expect(run.output.contains("1 of 2 queues, "))
    // It is taken away before the text.
    let bar = try #require(run.output.range(of: "\r\u{1B}[K", options: .backwards))
    #expect(run.output[bar.upperBound...].contains("4 messages"))
    let quick = try await TerminalRun.run(["-C", spool.configurationFile.string, "queues"])
    #expect(!quick.output.contains("of 2 queues"))
  }
}
