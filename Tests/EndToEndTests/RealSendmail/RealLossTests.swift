// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// Random control files of all versions through the real queue runner: those that smcontrol says are to be lost
/// are lost, and no others.
@Suite("Messages that sendmail will lose", .needsRealSendmail, .needsRoot)
struct RealLossTests {
  /// A control file that was changed in one way.
  private struct Draw {
    var text: String
    var mode: Int
  }

  private static func draw(_ numbers: inout SeededNumbers, now: Int) -> Draw {
    var lines = [
      "V\(Int.random(in: 0...9, using: &numbers))", "T\(now - 600)",
      "K\(numbers.chance(30) ? now - 60 : 0)", "N\(Int.random(in: 0...2, using: &numbers))",
      "P30000",
      "Fs", "Sroot@localhost", "RPFD:root@localhost", "H??Subject: x",
    ]
    let others = [
      "", "Xnothing", "From me", "B8BITMIME", "B7bit", "Bnone", "Aa+2Bb", "Aa=b", "Aa+2bb", "dmq",
      "d.",
      "\tfolded", "Zid", "!r 5", "$_root@localhost", "CU:root", "Qrfc822;a", "rrfc822;a",
      "MDeferred", "Eerror",
      "I1/2/3", "L12", "q", "Ddf", "\u{1}x", "%x",
    ]
    for _ in 0..<Int.random(in: 0...2, using: &numbers) {
      let place = Int.random(in: 1...lines.count, using: &numbers)
      lines.insert(numbers.pick(others), at: place)
    }
    let ends = [".", ".", ".", ".", ".x", ".\n", ".\nT5", ".\n more", ".\n\tx\n\n"]
    if !numbers.chance(10) { lines.append(numbers.pick(ends)) }
    return Draw(
      text: lines.joined(separator: "\n") + (numbers.chance(90) ? "\n" : ""),
      mode: numbers.chance(80) ? 0o600 : numbers.pick([0o660, 0o606, 0o644, 0o640, 0o622]))
  }

  @Test(
    "smcontrol and a queue run agree on random control files",
    arguments: [[], ["O QueueFileMode=0660"], ["O MinQueueAge=30m"]])
  func agreement(options: [String]) async throws {
    let sendmail = try await RealSendmail.required()
    let count = 60
    let names = (0..<count).map { "q\($0 + 100)" }
    var numbers = SeededNumbers(seed: UInt64(options.count * 31 + (options.first?.count ?? 0)))
    let spool = try Spool(
      names, queueDirectory: "mq/q*",
      lines: [
        "O DeliveryMode=background", "O QueueLA=1000", "O RefuseLA=0",
        "O DontBlameSendmail=TrustStickyBit",
        "Sparse=0", "R$*\t$#local $: $1",
      ] + options + ScratchDaemon.mailers)
    defer { spool.directory.remove() }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: spool.directory.path.string)
    var draws: [Draw] = []
    for (number, name) in names.enumerated() {
      let draw = Self.draw(&numbers, now: spool.now)
      draws.append(draw)
      let id = spool.id(number, age: 600)
      try spool.write(Array(draw.text.utf8), to: "\(name)/qf\(id)", age: 600)
      try spool.write(Array("x\n".utf8), to: "\(name)/df\(id)", age: 600)
      try FileManager.default.setAttributes(
        [.posixPermissions: draw.mode],
        ofItemAtPath: spool.directory["mq/\(name)/qf\(id)"].string)
    }
    let before = try QueuesMembers(try await spool.queues("--by-loss", "--format", "json"))
    func lost(_ members: QueuesMembers, _ name: String, _ count: String) -> Int {
      members.count(count, in: spool.directory["mq/\(name)"].string) ?? -1
    }
    _ = try await ProcessRunner.run(
      sendmail.binary, ["-C\(spool.configurationFile)", "-qf"],
      environment: sendmail.environment.mapValues { .some($0) },
      workingDirectory: spool.directory.path)
    let after = try QueuesMembers(try await spool.queues("--by-loss", "--format", "json"))
    var lostFiles = 0
    for (name, draw) in zip(names, draws) {
      let expected = lost(after, name, "lost")
      lostFiles += expected
      #expect(
        lost(before, name, "toBeLost") == expected,
        "mode \(String(draw.mode, radix: 8)): \(draw.text.debugDescription)")
    }
    #expect(lostFiles > 10 && lostFiles < 50)
    // Why they were lost still shows.
    #expect(
      Set(before.table("losses").map { $0.replacing("to be lost: ", with: "lost: ") })
        == Set(after.table("losses")))
  }
}
