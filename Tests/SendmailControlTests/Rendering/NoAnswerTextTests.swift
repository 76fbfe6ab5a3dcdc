// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Why nothing answered, in words")
struct NoAnswerTextTests {
  static let queues: [(count: Int?, line: String?)] = [
    (nil, nil),
    (0, "the daemon has accepted the connection; its child for it says nothing"),
    (1, "1 connection waits there to be accepted: the daemon itself hangs"),
    (9, "9 connections wait there to be accepted: the daemon itself hangs"),
  ]

  @Test("The queue of the socket tells who hangs", arguments: queues)
  func waiting(count: Int?, line: String?) {
    let answer = NoAnswer(
      cause: .silent(seconds: 10), socket: Array("/run/ctl".utf8), waiting: count)
    let lines = NoAnswerText.lines(answer)
    #expect(lines[0] == "/run/ctl: the daemon listens but did not answer within 10 s")
    #expect(Array(lines.dropFirst()) == [line].compactMap { $0 })
  }

  @Test("What submit.cf is for is said, and no advice given that would not help")
  func submission() {
    let file = Array("/etc/mail/submit.cf".utf8)
    let missing = NoAnswer(
      cause: .notConfigured(file: file, suggestion: Array("/q/.control".utf8)), socket: [],
      submissionFile: file)
    #expect(
      NoAnswerText.lines(missing) == [
        "/etc/mail/submit.cf: ControlSocketName is not set, so the daemon has no control socket",
        """
        /etc/mail/submit.cf is for the mail submission program (UseMSP), which never opens a \
        control socket; the daemon's is in sendmail.cf
        """,
      ])
    let stale = NoAnswer(
      cause: .nobodyListens, socket: Array("/run/\u{1B}ctl".utf8), submissionFile: file)
    let lines = NoAnswerText.lines(stale)
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { !$0.contains("\u{1B}") })
  }
}
