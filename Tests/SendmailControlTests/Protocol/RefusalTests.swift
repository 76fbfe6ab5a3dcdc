// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Refusals are distinguished from other replies")
struct RefusalTests {
  @Test(
    "By the replies of a real daemon",
    arguments: [
      ("bad-command", Refusal.badCommand(nil)), ("memdump-off", .noMemoryDump),
      ("help-default-bD", .noHelp), ("help-default-bd", .noHelp), ("help-missing-bd", .noHelp),
      ("help-notopic-bD", .noHelp), ("help-notopic-bd", .noHelp), ("help-unsafe-dir", .noHelp),
    ])
  func refused(transcript: String, refusal: Refusal) {
    #expect(Refusal(TestData.bytes("Transcripts/\(transcript).raw")) == refusal)
  }

  @Test(
    "A command that came with a later sendmail is named with that version",
    arguments: [
      ("mstat", "mstat needs sendmail 8.14 or later"),
      ("memdump", "memdump needs sendmail 8.12 or later"),
    ])
  func tooOld(command: String, text: String) throws {
    let line = "Bad command (\(command))"
    #expect(try #require(Refusal(Array("\(line)\r\n".utf8))).text.hasSuffix(text))
    #expect("\(ReplyError(.refused, text: line.utf8))".hasSuffix("\(text): \(line)"))
  }

  @Test(
    "Everything else is an answer",
    arguments: [
      "help-bD", "help-bd", "help-macros", "memdump-sm_check_heap.2-bd",
      "memdump-sm_check_heap.4-bD", "idle-status-1st", "idle-mstat", "restart-bd",
    ])
  func answered(transcript: String) {
    #expect(Refusal(TestData.bytes("Transcripts/\(transcript).raw")) == nil)
  }
}
