// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("What the shell says")
struct ShellTextTests {
  static let rejecting = DaemonCondition(
    title: Array("rejecting connections on daemon MTA: load average: 14".utf8))

  static let prompts: [(DaemonPresence, String)] = [
    (.unknown, "mta> "), (.running(.accepting), "mta> "), (.running(.unknown), "mta> "),
    (.running(rejecting), "mta rejecting> "),
    (.running(.rejectingMessages(reason: "")), "mta rejecting mail> "),
    (.running(.slowing), "mta slowing> "), (.running(.noPortOpen), "mta no port open> "),
    (.down, "mta down> "), (.noPermission, "mta no permission> "),
    (.notAnswering, "mta not answering> "), (.noSocket, "mta no socket> "),
  ]

  @Test("The prompt says how the daemon was; colours are only beside the words", arguments: prompts)
  func prompt(presence: DaemonPresence, expected: String) {
    #expect(PresenceText.prompt(name: "mta", presence, style: TerminalStyle()) == expected)
    let coloured = PresenceText.prompt(
      name: "mta", presence, style: TerminalStyle(isColoured: true))
    // readline counts nothing between these two.
    let visible = coloured.replacing(/\u{01}[^\u{02}]*\u{02}/, with: "")
    #expect(visible == expected)
    #expect(coloured.contains("\u{01}\u{1B}["))
  }

  /// A tracker that process `pid` has told what it does.
  static func tracker(_ condition: String, _ pid: Int32?) -> PresenceTracker {
    var tracker = PresenceTracker()
    let reply = StatusReply(
      children: 0, maximumChildren: 0, freeSpace: 1, loadAverage: 0,
      processes: [ProcessEntry(pid: pid ?? 1, text: ByteText(condition))])
    tracker.note(DaemonStatus(reply, identity: DaemonIdentity(listener: pid, pidFile: pid ?? 1)))
    return tracker
  }

  static func tracker(after cause: NoReplyDiagnosis.Cause) -> PresenceTracker {
    var tracker = PresenceTracker()
    tracker.note(cause)
    return tracker
  }

  static let accepting = "accepting connections"
  static let rejectingTitle = "rejecting connections on daemon MTA: load average: 14"

  static let announcements: [(PresenceTracker, PresenceTracker, String?)] = [
    (PresenceTracker(), tracker(after: .noSuchSocket), nil),
    (tracker(accepting, 7), tracker(accepting, 7), nil),
    (
      tracker(accepting, 7), tracker(after: .noSuchSocket),
      "the daemon is down: its process 7 is gone"
    ),
    (
      tracker(after: .noSuchSocket), tracker(accepting, 8),
      "the daemon runs: process 8; it is accepting connections"
    ),
    (
      tracker(accepting, 7), tracker(rejectingTitle, 8),
      "the daemon is process 8 now, it was 7; it is rejecting connections: load average: 14"
    ),
    (
      tracker(accepting, 7), tracker(rejectingTitle, 7),
      "the daemon is rejecting connections: load average: 14"
    ),
    (
      tracker(rejectingTitle, 7), tracker(accepting, 7), "the daemon is accepting connections"
    ),
    (
      tracker(accepting, nil), tracker(after: .noPermission),
      "the control socket may not be used by this user"
    ),
    (tracker(accepting, 7), tracker("words of another daemon", 7), nil),
  ]

  @Test("A change of the daemon's state is announced once", arguments: announcements)
  func announcement(old: PresenceTracker, new: PresenceTracker, expected: String?) {
    let text = PresenceText.announcement(
      from: old, to: new, time: "12:00:05", style: TerminalStyle())
    #expect(text == expected.map { "[12:00:05] \($0)\n" })
  }

  @Test("A reason that changes is not announced, and its control characters are shown as escapes")
  func reasons() {
    func announce(_ old: String, _ new: String) -> String? {
      PresenceText.announcement(
        from: Self.tracker(old, 7), to: Self.tracker(new, 7), time: "", style: .init())
    }
    let other = "rejecting connections on daemon MTA: load average: 15"
    #expect(announce(Self.rejectingTitle, other) == nil)
    let hostile = "rejecting connections on daemon MTA: \u{1B}]0;owned\u{07}"
    let text = announce(Self.accepting, hostile) ?? ""
    #expect(text.contains("owned"))
    #expect(text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  }

  @Test("Meanings are folded where there are rows enough, and else cut after a word")
  func table() {
    let list = WordList([.init("status", "Show the state."), .init("help", "Help."), .init("x")])
    #expect(
      list.text(columns: 80, rows: 9, style: .init())
        == "  status  Show the state.\n  help    Help.\n  x\n")
    #expect(
      list.text(columns: 20, rows: 9, style: .init())
        == "  status  Show the\n          state.\n  help    Help.\n  x\n")
    #expect(
      list.text(columns: 20, rows: 3, style: .init())
        == "  status  Show...\n  help    Help.\n  x\n")
    #expect(
      list.text(columns: 20, rows: 2, style: .init()) == "  status  Show...\n... and 2 more\n")
  }

  @Test("Words without meanings stand in columns")
  func grid() {
    let list = WordList((1...7).map { Candidate("word\($0)") })
    #expect(
      list.text(columns: 20, rows: 9, style: .init())
        == "word1  word4  word7\nword2  word5\nword3  word6\n")
    #expect(
      list.text(columns: 20, rows: 2, style: .init()) == "word1  word2  word3\n... and 4 more\n")
    // As many lines as needed are enough, whether or not the last one is full.
    #expect(list.text(columns: 20, rows: 3, style: .init()).hasSuffix("word3  word6\n"))
    let full = WordList((1...6).map { Candidate("word\($0)") })
    #expect(
      full.text(columns: 20, rows: 2, style: .init())
        == "word1  word3  word5\nword2  word4  word6\n")
    #expect(WordList([]).text(columns: 80, rows: 5, style: .init()) == "")
  }

  @Test("A list has no more or wider lines than asked for, and no control characters")
  func bounds() {
    for count in [1, 2, 30, 10_000] {
      for meaning in ["", "what it means \u{1B}[2J"] {
        let list = WordList((0..<count).map { .init("peer\u{9B}\($0)", meaning) })
        for (columns, rows) in [(20, 1), (60, 5), (200, 40)] {
          let text = list.text(columns: columns, rows: rows, style: .init(characters: .utf8))
          let lines = text.split(separator: "\n")
          #expect(lines.count <= rows)
          #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= columns })
          #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
        }
      }
    }
  }

  static func status(_ children: [[UInt8]]) -> DaemonStatus {
    let processes =
      [ProcessEntry(pid: 712, text: "accepting connections")]
      + children.enumerated().map {
        ProcessEntry(pid: Int32(800 + $0), text: ByteText($1))
      }
    return DaemonStatus(
      StatusReply(
        children: children.count, maximumChildren: 0, freeSpace: 1, loadAverage: 0,
        processes: processes),
      identity: DaemonIdentity(listener: 712))
  }

  @Test("The question names the daemon, its age and its active children")
  func question() {
    let host = Array("mx.example.org".utf8)
    let busy = Self.status([
      SendmailWords.smtpServer + "192.0.2.1".utf8, SendmailWords.queueRunner,
      SendmailWords.answeringControl, SendmailWords.control,
    ])
    #expect(
      ConfirmationText.question(
        "Restart", busy, host: host, age: .seconds(273_900), style: .init())
        == "Restart sendmail (process 712 on mx.example.org, up 3d04h, 2 active children)? [y/N] ")
    #expect(
      ConfirmationText.question(
        "Shut down", Self.status([SendmailWords.queueRunner]), host: host, age: nil, style: .init())
        == "Shut down sendmail (process 712 on mx.example.org, 1 active child)? [y/N] ")
    #expect(
      ConfirmationText.question(
        "Shut down", socket: Array("/x\u{1B}".utf8), reason: "it does not answer", style: .init()
      )
      .hasPrefix("Shut down the daemon at /x\\"))
  }

  @Test(
    "Only a yes is one",
    arguments: [
      ("y", true), ("Yes", true), (" YES ", true), ("", false), ("n", false), ("yy", false),
      ("yes please", false), ("ja", false),
    ])
  func yes(answer: String, expected: Bool) {
    #expect(ConfirmationText.isYes(answer) == expected)
  }

  @Test("The commands of a daemon's help", arguments: ["help-bD", "help-bd"])
  func announced(name: String) {
    let commands = AnnouncedCommand.all(in: Transcript(name: name).reply)
    #expect(
      commands.map(\.word) == ["help", "restart", "shutdown", "status", "mstat", "memdump"])
    #expect(commands.first?.meaning == "This message.")
  }

  @Test("A help that is none announces nothing", arguments: ["help-default-bD", "bad-command"])
  func noHelp(name: String) {
    #expect(AnnouncedCommand.all(in: Transcript(name: name).reply) == [])
  }

  @Test("A help in other words is read as far as it has a command's form")
  func otherHelp() {
    let text = "Commands:\n  \nfrob  Frobnicate\u{1B}[2J all.\nha\u{1B}ck\tx\nlone\n\nx\t\t\n"
    let commands = AnnouncedCommand.all(in: Array(text.utf8))
    #expect(commands.map(\.word) == ["frob"])
    #expect(commands.first?.meaning.contains("\u{1B}") == false)
  }
}
