// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("A request line is read as sendmail reads it")
struct RequestLineTests {
  /// A request and the transcript of its reply, with the name by which a test describes it.
  struct Recording: CustomTestStringConvertible {
    let sent: [UInt8]
    let testDescription: String
    var reply: [UInt8] { TestData.bytes("Transcripts/\(testDescription).raw") }
  }

  static let recorded: [Recording] = [
    (Array("bogus\n".utf8), "bad-command"),
    (Array("\r\n".utf8), "input-crlf-line"),
    (Array("\n".utf8), "input-empty-line"),
    (Array("\u{1}\u{2}\u{1B}\n".utf8), "input-ctrl-chars"),
    (Array("st".utf8) + [0xE4] + Array("tus\n".utf8), "input-highbit"),
    (Array("%s%n%d\n".utf8), "input-percent"),
    (Array("stat\n".utf8), "input-prefix-abbrev"),
    (Array("sta\0tus\n".utf8), "input-nul-in-command"),
    (Array("\0status\n".utf8), "input-nul-first"),
    (Array("bogus1\nstatus\n".utf8), "input-two-commands"),
    ([UInt8](repeating: 0x78, count: 100) + [0x0A], "input-long-100"),
    ([UInt8](repeating: 0x78, count: 2046) + [0x0A], "input-long-2046"),
    ([UInt8](repeating: 0x78, count: 2047) + [0x0A], "input-long-2047"),
    ([UInt8](repeating: 0x78, count: 3000) + [0x0A], "input-long-3000"),
    ([UInt8](repeating: 0x20, count: 2100) + Array("status\n".utf8), "input-long-leading-space"),
  ].map(Recording.init)

  @Test("An unknown command is echoed as recorded", arguments: recorded)
  func refusal(of recording: Recording) {
    let line = RequestLine(recording.sent)
    #expect(line.command == nil)
    #expect(SendmailWords.badCommand(line.word) == recording.reply)
  }

  @Test(
    "Every word that sendmail reads as status is status",
    arguments: [
      "status\n", "STATUS\n", "StAtUs\n", "status\r\n", "   \t status\n", "\u{B}\u{C}status\n",
      "status foo bar\n", "status\rx\n", "status\0x\n", "status", "status\r",
    ])
  func accepted(text: String) {
    #expect(RequestLine(Array(text.utf8)).command == .status)
  }

  @Test("Blanks after status may be many")
  func blanksBehind() {
    let text = "status" + String(repeating: " ", count: 3000) + "\n"
    #expect(RequestLine(Array(text.utf8)).command == .status)
  }

  @Test("Every command is known by its own request", arguments: ControlCommand.allCases)
  func known(command: ControlCommand) {
    #expect(RequestLine(command.requestBytes).command == command)
  }
}
