// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport

/// A control file drawn at random, with its number in every address, so that what is said about it shows.
struct RandomControlFile: Sendable {
  /// The text.
  var text: String
  /// The permission bits.
  var mode: Int
  /// The size of the body; `nil` for a message without one.
  var bodySize: Int?
  /// True if it has a reason of a quarantine, for which mailq does not list it, though it is no `hf`. Then all that
  /// it names has its number.
  let isQuarantined: Bool
  /// True if its time for delivery is over: a run returns it to the sender and tries no recipient.
  let isReturned: Bool

  /// True if it has no line that ends: a run deletes it, unless it gives it up for another reason.
  var hasNoLine: Bool { !text.contains("\n") }

  /// A control file with this number, at the time `now` in seconds since 1970.
  init(_ number: Int, now: Int, using random: inout SeededNumbers) {
    let version = Int.random(in: 0...9, using: &random)
    var lines = [
      "V\(version)", "T\(now - 600)", "K\(random.chance(30) ? now - 60 : 0)",
      "N\(Int.random(in: 0...2, using: &random))", "P30000", "Fs",
    ]
    if random.chance(5) { lines.append(random.pick(["!r 5", "!N 5", "!R 599"])) }
    let isQuarantined = random.chance(4)
    self.isQuarantined = isQuarantined
    func named(_ texts: [String]) -> [String] {
      isQuarantined ? texts.filter { $0.contains("@") } : texts
    }
    if !isQuarantined, random.chance(40) {
      lines.append("M\(random.pick(Self.statuses)) \(number)")
    }
    lines.append("S" + random.pick(named(Self.senders)).replacing("@", with: "@s\(number)"))
    for recipient in 0..<Int.random(in: 0...3, using: &random) {
      if !isQuarantined, random.chance(20) { lines.append("MOf one recipient \(number)") }
      let name = random.pick(named(Self.recipients))
      let flags = version == 0 ? "" : random.pick(["PFD:", "PFD:", "P:", ":", ""])
      lines.append("R\(flags)" + name.replacing("@", with: "@r\(number)x\(recipient)"))
    }
    lines.append("H??Subject: x")
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let place = Int.random(in: 1...lines.count, using: &random)
      let line = random.pick(Self.others)
      // mailq shows lines as they are, and a queue run takes this one for a part of the line before it. Where
      // that is an empty sender, the run has another one.
      let isNullSender = ["S", "S<>"].contains(lines[place - 1])
      if line != "\tfolded" || !isNullSender { lines.insert(line, at: place) }
    }
    if isQuarantined {
      lines.removeAll { $0.hasPrefix("M") }
      // mailq reads no further than to the later one of these.
      let last = lines.lastIndex { $0 == "P30000" || $0 == "T\(now - 600)" }
      lines.insert("q", at: Int.random(in: 1...(last ?? 1), using: &random))
    }
    let isEnded = !random.chance(10)
    if isEnded { lines.append(random.pick(Self.ends)) }
    isReturned = lines.last { $0.hasPrefix("!") }?.contains("999999") == false
    if !isQuarantined, random.chance(6) {
      text = random.pick(Self.fragments)
      mode = random.chance(80) ? 0o600 : 0o606
      bodySize = text.isEmpty && random.chance(50) ? nil : Int.random(in: 0...9, using: &random)
      return
    }
    text = lines.joined(separator: "\n") + (random.chance(90) ? "\n" : "")
    mode = random.chance(80) ? 0o600 : random.pick([0o660, 0o606, 0o644, 0o640, 0o622])
    // mailq 8.17 aborts at a control file without an end whose body is missing.
    bodySize = isEnded && random.chance(5) ? nil : Int.random(in: 0...9, using: &random)
  }

  private static let statuses = [
    "Deferred: Connection refused by mx", "Deferred", "host map: lookup (a.example): deferred",
  ]

  private static let senders = [
    "<me@.example>", "me@.example", "<>", "", "root", "<Me@.EXAMPLE>",
    "<\"a b\"@.example>",
  ]

  /// Delivery to those that begin with `wait` fails for now.
  private static let recipients = [
    "<ok@.example>", "ok@.example", "<wait@.example>", "wait@.example", "ok", "wait",
    "<OK@.Example>",
  ]

  private static let others = [
    "", "Xnothing", "From me", "B8BITMIME", "B7bit", "Bnone", "Aa+2Bb", "Aa=b", "Aa+2bb", "dmq",
    "d.",
    "\tfolded", "Zid", "!r 999999", "$_root@localhost", "CU:root", "Qrfc822;a", "rrfc822;a",
    "MDeferred", "Eerror",
    "I1/2/3", "L12", "Ddf", "\u{1}x", "%x",
  ]

  /// Files without a line that ends.
  private static let fragments = ["", "", "V8", "V9", ".", "K0", "X", " "]

  private static let ends = [".", ".", ".", ".", ".x", ".\n", ".\nT5", ".\n more", ".\n\tx\n\n"]
}
