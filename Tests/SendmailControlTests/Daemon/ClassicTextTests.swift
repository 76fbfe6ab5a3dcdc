// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The wording of smcontrol.pl")
struct ClassicTextTests {
  private func text(
    maximum: Int = 0, free: Int = 5, load: Int = 1, titles: [String]
  ) -> String {
    let processes = titles.enumerated().map { ProcessEntry(pid: Int32(7 + $0), text: ByteText($1)) }
    let reply = StatusReply(
      children: 2, maximumChildren: maximum, freeSpace: free, loadAverage: load,
      processes: processes)
    return ClassicText.status(DaemonStatus(reply, identity: DaemonIdentity(listener: 8)))
  }

  @Test("The daemon's line is the daemon's, with a capital letter")
  func daemonLine() {
    #expect(
      text(titles: ["Queue runner", "accepting connections"]) == """
        Daemon Status: (process 8) Accepting connections

        Current number of children: 2
        QueueDir free disk space (in blocks): 5
        Load average: 1
        Child Process 7 Status: Queue runner


        """)
  }

  @Test("The maximum is named when there is one")
  func maximum() {
    #expect(
      text(maximum: 9, titles: ["x", "accepting connections"]).contains("children: 2 (maximum 9)\n")
    )
  }

  @Test("Special values are said in words, and the summary stays")
  func specialValues() {
    let text = text(maximum: -5, free: -1, load: -1, titles: ["x", "accepting connections"])
    #expect(text.contains("Current number of children: 2\n"))
    #expect(text.contains("QueueDir free disk space (in blocks): unknown\n"))
    #expect(text.contains("Load average: unknown\n"))
    #expect(!text.contains("-1"))
  }

  @Test("Control characters in a description are shown as escapes")
  func hostile() {
    let text = text(titles: ["SMTP server child for \u{1B}]0;x\u{7}", "accepting connections"])
    #expect(text.contains("SMTP server child for \\x1B]0;x\\x07\n"))
  }

  @Test("A reply without its last line end is completed as smcontrol.pl does")
  func lastLine() {
    #expect(ClassicText.lines(Array("a\r\nb\r\n".utf8)) == "a\nb\n\n")
    #expect(ClassicText.lines(Array("a\r\nb".utf8)) == "a\nb\n")
    #expect(ClassicText.lines([]) == "\n")
  }
}
