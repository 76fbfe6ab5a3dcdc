// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("A refusal is told from an answer")
struct RefusalTests {
  @Test(
    "By the replies of a real daemon",
    arguments: [
      ("bad-command", Refusal.badCommand), ("memdump-off", .noMemoryDump),
      ("help-default-bD", .noHelp), ("help-default-bd", .noHelp), ("help-missing-bd", .noHelp),
      ("help-notopic-bD", .noHelp), ("help-notopic-bd", .noHelp), ("help-unsafe-dir", .noHelp),
    ])
  func refused(transcript: String, refusal: Refusal) {
    #expect(Refusal(TestData.bytes("Transcripts/\(transcript).raw")) == refusal)
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
