// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Messages that a queue run gives up")
struct QueueLossTests {
  static func rules(
    _ lines: String..., directories: Set<[UInt8]> = [], load: Double? = nil
  ) -> QueueRunRules {
    let text = (["V10", "O QueueDirectory=/q"] + lines).joined(separator: "\n") + "\n"
    return QueueRunRules(
      SendmailConfiguration(
        parsing: Array(text.utf8), file: "x.cf", accounts: TestMachine.reference,
        machine: .reference),
      directories: directories, load: load)
  }

  static let now = 1_000_000

  /// The reason that a control file of `text` shows.
  static func loss(_ text: String, _ rules: QueueRunRules = rules()) -> QueueLoss? {
    var contents = QueueContents()
    contents.rules = rules
    var reader = QueueControlReader()
    contents.begin(arrival: 0)
    reader.take(Array(text.utf8).span) { contents.take($0, now: now) }
    reader.finish { contents.take($0, now: now) }
    return contents.end(now: now)
  }

  static let texts: [(text: String, loss: QueueLoss?)] = [
    ("V8\nT1\nK0\nN0\nP1\nSa\nRPFD:b\n.\n", nil), ("V9\n.\n", .version), ("V10\n", .version),
    ("V8\nXx\n.\n", .line), ("V8\n\n.\n", .line), ("V8\nFrom me\n.\n", .line), ("V8\nFs\n.\n", nil),
    ("V8\n.\n\n", .dataAfterEnd), ("V8\n.\nT1\n", .dataAfterEnd), ("V8\n.x\n y\n", nil),
    ("V8\nB8bitMIME\n.\n", nil), ("V8\nBx\n.\n", .parameter), ("V8\nAa+2Bb\n.\n", nil),
    ("V8\nAa+2bb\n.\n", nil), ("V8\nAa+2x\n.\n", .parameter), ("V8\nAa=b\n.\n", .parameter),
    ("V8\nA\n.\n", nil),
    // A file without an end is kept, and one that is empty decided by its age. One line without an end is
    // deleted.
    ("V8\nT1\n", nil), ("", nil), ("V8\nT1", nil), ("V8", .empty), (".", .empty), ("Sa", .empty),
    ("V9", .version), ("X", .line), (" ", .line), ("\t", .line), (" \n", .line), ("\n", .line),
    ("\r", .line), ("V8\n", nil), ("V8\n x", nil), ("qreason", nil),
    // The first reason counts.
    ("V8\nXx\n.\nT1\n", .line),
  ]

  @Test("Its contents", arguments: texts)
  func contents(text: String, loss: QueueLoss?) {
    #expect(Self.loss(text) == loss)
  }

  @Test("A message that was tried a short time ago is left alone")
  func leftAlone() {
    let rules = Self.rules("O MinQueueAge=10s")
    #expect(Self.loss("V8\nK999995\nN1\nXx\n.\n", rules) == nil)
    #expect(Self.loss("V8\nK999990\nN1\nXx\n.\n", rules) == .line)
    #expect(Self.loss("V8\nK999995\nN0\nXx\n.\n", rules) == .line)
    // The run has read its time and its priority before it chooses.
    #expect(Self.loss("V8\nXx\nK999995\nN1\n.\n", rules) == nil)
    #expect(Self.loss("V8\nT1\nP1\nXx\nK999995\nN1\n.\n", rules) == .line)
    let unsorted = Self.rules("O MinQueueAge=10s", "O QueueSortOrder=none")
    #expect(Self.loss("V8\nXx\nK999995\nN1\n.\n", unsorted) == .line)
    #expect(Self.loss("V8\nK999995\nN1\nXx\n.\n", unsorted) == nil)
    // With a longest time it grows with the age of the message.
    let growing = Self.rules("O MaxQueueAge=1h")
    #expect(Self.loss("V8\nT999000\nK999500\nN1\nXx\n.\n", growing) == .line)
    #expect(Self.loss("V8\nT998000\nK999500\nN1\nXx\n.\n", growing) == nil)
    #expect(Self.loss("V8\nK9223372036854775807\nN1\nXx\n.\n", rules) == .line)
  }

  @Test("mailq gives up a message whose body is elsewhere, however young it is")
  func byMailq() {
    func loss(_ text: String, lacksBody: Bool = true, facts: QueueLoss? = nil) -> QueueLoss? {
      var contents = QueueContents()
      contents.rules = Self.rules("O MinQueueAge=10s")
      var reader = QueueControlReader()
      contents.begin(arrival: 0, loss: facts)
      reader.take(Array(text.utf8).span) { contents.take($0, now: Self.now) }
      reader.finish { contents.take($0, now: Self.now) }
      return contents.end(now: Self.now) { lacksBody }
    }
    let young = "V8\nK999995\nN1\nT1\nP1\n"
    #expect(loss(young + ".\n", facts: .writable) == .writable)
    #expect(loss(young + ".\n", lacksBody: false, facts: .writable) == nil)
    #expect(loss(young + "Xx\n.\n") == nil)
    #expect(loss("V8\nXx\nK999995\nN1\nT1\nP1\n.\n") == .line)
    #expect(loss("V8\nqx\nT1\nP1\n.\n", facts: .writable) == nil)
    #expect(loss("K999995") == nil)
  }

  @Test(
    "The reason of a quarantine is among the statuses, and nothing else of such a message counts")
  func quarantineReason() {
    var contents = QueueContents()
    contents.rules = Self.rules()
    for text in ["V9\nqa reason\nSa@b.example\nRPFD:c@d.example\n.\n", "V8\n.\n"] {
      var reader = QueueControlReader()
      contents.beginQuarantined(arrival: 0)
      reader.take(Array(text.utf8).span) { contents.take($0, now: Self.now) }
      #expect(contents.end(now: Self.now) == nil)
    }
    let names = contents.statuses.top().compactMap(\.name).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(Set(names) == ["quarantined: a reason", "quarantined"])
    #expect((contents.senderDomains.count, contents.recipientDomains.count) == (0, 0))
    #expect((contents.losses.count, contents.files) == (0, 0))
  }

  @Test("A message in quarantine is not chosen")
  func quarantined() {
    #expect(Self.loss("V8\nqreason\nT1\nP1\nXx\n.\n") == nil)
    #expect(Self.loss("V8\nT1\nP1\nqreason\nXx\n.\n") == nil)
    #expect(Self.loss("V8\nT1\nP1\nXx\nqreason\n.\n") == .line)
  }

  @Test("A body elsewhere must be in a queue")
  func directory() {
    let rules = Self.rules(directories: [Array("q1".utf8)])
    #expect(Self.loss("V8\ndq1\n.\n", rules) == nil)
    #expect(Self.loss("V8\ndq2\n.\n", rules) == .directory)
    #expect(Self.loss("V8\ndq2\n.\n") == nil)
  }

  @Test("The file's owner and mode")
  func facts() {
    func loss(
      _ mode: UInt16, owner: UInt32 = 0, group: UInt32 = 0,
      directory: (UInt16, UInt32) = (0o700, 0),
      size: Int = 100, age: Int = 1_000_000, _ lines: String
    ) -> QueueLoss? {
      Self.rules(lines).loss(
        of: QueueRunRules.File(
          mode: mode, owner: owner, group: group, size: size, age: age, directory: directory))
    }
    // sendmail deletes an empty file when it is older than ten minutes.
    #expect(loss(0o600, size: 0, "#") == .empty)
    #expect(loss(0o600, size: 0, age: 601, "#") == .empty)
    #expect(loss(0o600, size: 0, age: 600, "#") == nil)
    #expect(loss(0o600, size: 1, "#") == nil)
    #expect(loss(0o660, size: 0, "#") == .writable)
    #expect(loss(0o600, "#") == nil)
    #expect(loss(0o644, "#") == nil)
    #expect(loss(0o660, "#") == .writable)
    #expect(loss(0o606, "#") == .writable)
    // Root reads the files of every user.
    #expect(loss(0o600, owner: 12, "#") == nil)
    #expect(loss(0o660, "O QueueFileMode=0660") == nil)
    #expect(loss(0o662, "O QueueFileMode=0660") == .writable)
    // A file that the runner may not open is passed over.
    #expect(loss(0o600, owner: 12, "O RunAsUser=25:25") == nil)
    #expect(loss(0o640, owner: 12, group: 25, "O RunAsUser=25:25") == nil)
    #expect(loss(0o660, owner: 12, group: 25, "O RunAsUser=25:25") == .owner)
    #expect(loss(0o606, owner: 12, "O RunAsUser=25:25") == .owner)
    #expect(loss(0o660, owner: 0, group: 25, "O RunAsUser=25:25") == .writable)
    #expect(loss(0o600, owner: 25, "O RunAsUser=25:25") == nil)
    #expect(loss(0o600, owner: 12, "O RunAsUser=25:25\nO TrustedUser=12") == nil)
    #expect(loss(0o660, owner: 12, group: 25, "O RunAsUser=25:25\nO TrustedUser=12") == .writable)
    // The client queue's files belong to those who sent them.
    let client = "O RunAsUser=25:25\nO UseMSP=true\nO QueueFileMode=0660"
    #expect(loss(0o660, owner: 12, group: 25, directory: (0o770, 25), client) == nil)
    #expect(loss(0o660, owner: 12, group: 25, directory: (0o700, 25), client) == .owner)
    #expect(loss(0o660, owner: 12, group: 12, directory: (0o770, 25), client) == nil)
    #expect(loss(0o666, owner: 12, group: 12, directory: (0o770, 25), client) == .owner)
  }

  static let loads: [(load: Double?, priority: Int, waits: Bool)] = [
    (nil, .max, false), (7.4, .max, false), (7.5, 600_001, true), (8, 600_000, false),
    (9, 300_001, true), (9, 300_000, false), (8, .min, false),
  ]

  @Test("Messages of a high priority number wait for the load", arguments: loads)
  func load(load: Double?, priority: Int, waits: Bool) {
    #expect(Self.rules("O QueueLA=8", load: load).waitsForLoad(priority: priority) == waits)
  }

  @Test("Lost messages have a reason or none, and are in no other table")
  func lost() {
    var contents = QueueContents()
    contents.rules = Self.rules()
    for (text, loss) in [
      ("V8\nSa@b.example\n.\nx\n", nil), ("V8\n.\n", QueueLoss.writable), ("V8\n.\n", nil),
    ] {
      var reader = QueueControlReader()
      contents.begin(arrival: 0, isLost: true, loss: loss)
      reader.take(Array(text.utf8).span) { contents.take($0, now: Self.now) }
      contents.end(now: Self.now)
    }
    let names = contents.losses.top().map { $0.name.map { String(decoding: $0, as: UTF8.self) } }
    #expect(names == [nil, "lost: data after the end", "lost: group or others may write the file"])
    #expect(contents.files == 0)
    #expect(contents.senderDomains.count == 0)
  }

  @Test("The screen has a column and notes for them, and for locks of the other kind")
  func screen() {
    var directory = QueueReport.Directory.counted("q1", [60, 70])
    directory.counts?.toBeLost = 2
    directory.counts?.locked = 1
    directory.counts?.lockedOtherwise = 3
    var report = QueueReport.of([
      QueueReport.Group(name: Array("mqueue".utf8), directories: [directory])
    ])
    report.queues[0].daemon = QueueReport.Daemon(
      directory: WorkingDirectory(
        process: 12, configured: Array("/q".utf8), actual: .known(Array("/q".utf8)), isSame: true),
      commandLine: nil, lockKind: .flock)
    let text = report.terminal(TerminalStyle())
    #expect(text.contains(", 2 to be lost, 1 locked"), "\(text)")
    #expect(
      text.contains("LOSS: messages that the next queue run gives up, and renames to Qf or deletes")
    )
    #expect(text.contains("LOCK: messages that are locked (flock), mostly"))
    #expect(
      text.contains(
        "3 control files are locked by another kind of lock than flock, which this sendmail"))
  }

  @Test("Names that are not UTF-8 stay different in JSON")
  func names() throws {
    var contents = QueueContents()
    for byte: UInt8 in [0xF6, 0xFC] {
      contents.begin(arrival: 0)
      contents.take(
        .recipient(
          QueueRecipient(flags: [], address: Array("a@k".utf8) + [byte] + Array("ln.example".utf8))),
        now: Self.now)
      contents.end(now: Self.now)
    }
    var report = QueueReport.of(
      [QueueReport.Group(name: Array("mqueue".utf8), directories: [.counted(".", [60])])], contents)
    report.tables = QueueTables([.recipientDomains])
    let json = try JSONText.make(report.document)
    #expect(json.contains(#""name":"k\\xF6ln.example""#), "\(json)")
    #expect(json.contains(#""name":"k\\xFCln.example""#))
  }
}
