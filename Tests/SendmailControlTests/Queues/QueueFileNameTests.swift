// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Names of queue files")
struct QueueFileNameTests {
  @Test(
    "The kind is that of the letter",
    arguments: [
      ("qf6AL72bPp032214", QueueFileKind.control), ("hf6AL72bPp032214", .quarantined),
      ("Qf6AL72bPp032214", .lost), ("df6AL72bPp032214", .data),
      ("xf6AL72bPp032214", .transcript), ("tf6AL72bPp032214", .temporary),
      ("Tf6AL72bPp032214", .failedRename),
      // mailq takes any id, none too, as long as the name is not too long.
      ("qf", .control), ("qfX", .control), ("qf123456789012345678", .control),
      ("qf1234567890123456789", .other),
      ("lf6AL72bPp032214", .other), ("nf6AL72bPp032214", .other), ("core", .other), ("q", .other),
      ("", .other), (".", .other), ("..", .other), (".control", .other), ("qF1", .other),
      ("q\u{0}f", .other), ("fq", .other),
    ])
  func kinds(name: String, kind: QueueFileKind) {
    let found = QueueFileKind(name: Array(name.utf8).span)
    #expect(found == kind)
  }

  /// The T line of the files that the real sendmail gave these names.
  @Test(
    "The id tells when it was made",
    arguments: [
      ("6AL72bPp032214", 1_795_244_557), ("6AKNume0002666", 1_795_219_008),
      // Of 2020 and, at the end of February, of 2024.
      ("0010000000012345", 1_577_836_800), ("41TNxx00012345", 1_709_251_199),
    ])
  func times(id: String, time: Int) {
    let found = QueueID.time(of: Array(id.utf8).span, now: 1_795_244_600)
    #expect(found == time)
  }

  @Test(
    "A name that sendmail did not make is no id",
    arguments: [
      "", "X", "6AL72bPp", "6AL72bPp0322", "6AL72bPp03221x", "6CL72bPp032214", "6A072bPp032214",
      "6AW72bPp032214", "6ALO2bPp032214", "6AL7ybPp032214", "6AL72b~p032214",
      // The day after tomorrow: not a message of 60 years ago.
      "6AN72bPp032214",
    ])
  func noID(id: String) {
    let found = QueueID.time(of: Array(id.utf8).span, now: 1_795_244_600)
    #expect(found == nil)
  }

  @Test("A time that is less than a day ahead is accepted")
  func ahead() {
    let found = QueueID.time(of: Array("6AM62bPp032214".utf8).span, now: 1_795_244_600)
    #expect(found == 1_795_327_357)
  }
}
