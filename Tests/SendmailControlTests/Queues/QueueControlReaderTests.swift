// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@Suite("Reading control files")
struct QueueControlReaderTests {
  /// As sendmail 8.17 wrote it after a failed attempt.
  static let ordinary = """
    V8
    T1795244557
    K1795244580
    N1
    P180018
    I254/0/1024018
    MDeferred: reply: read error from mx.example.com.
    Fs
    $_root@localhost
    ${daemon_flags}c u
    Ssender@example.org
    rrfc822; a5@foo.com
    RPFD:a5@foo.com
    RPFD:B <b@bar.com>
    H?P?Return-path: <^g>
    H??Received: by one (8.17)
    \tid 1; R is no recipient here
    .

    """

  private func lines(_ bytes: [UInt8], chunk: Int) -> [QueueControlLine] {
    var reader = QueueControlReader()
    var lines: [QueueControlLine] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.take(Array(rest.prefix(chunk)).span) { lines.append($0) }
      rest = rest.dropFirst(chunk)
    }
    reader.finish { lines.append($0) }
    return lines
  }

  private func known(_ text: String) -> [QueueControlLine] {
    lines(Array(text.utf8), chunk: 64).filter { line in
      if case .other = line { false } else { true }
    }
  }

  @Test("The lines of a file, in pieces of any size", arguments: [1, 2, 3, 7, 16, 10_000])
  func ordinary(chunk: Int) {
    let lines = lines(Array(Self.ordinary.utf8), chunk: chunk)
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    #expect(
      lines == [
        .version(8), .created(1_795_244_557), .lastAttempt(1_795_244_580), .attempts(1),
        .priority(180_018), .other(UInt8(ascii: "I")),
        .status(bytes("Deferred: reply: read error from mx.example.com.")), .flags(bytes("s")),
        .other(UInt8(ascii: "$")), .other(UInt8(ascii: "$")), .sender(bytes("sender@example.org")),
        .other(UInt8(ascii: "r")),
        .recipient(QueueRecipient(flags: bytes("PFD"), address: bytes("a5@foo.com"))),
        .recipient(QueueRecipient(flags: bytes("PFD"), address: bytes("B <b@bar.com>"))),
        .other(UInt8(ascii: "H")), .other(UInt8(ascii: "H")), .end,
      ])
  }

  @Test("Nothing after the end counts, and a line without an end does")
  func ends() {
    #expect(known("V8\n.\nT5\nT6\n") == [.version(8), .end, .afterEnd])
    #expect(known("V8\n.\n\n") == [.version(8), .end, .afterEnd])
    #expect(known("V8\n.x\n more\n\tand more\n") == [.version(8), .end])
    #expect(lines(Array("V8\n\n".utf8), chunk: 9) == [.version(8), .other(0x0A)])
    #expect(known("V8\nT5") == [.version(8), .created(5)])
    #expect(known("") == [])
    #expect(known("\n\n\nT5\n\n") == [.created(5)])
    #expect(known("  T5\nT6\n") == [.created(6)])
  }

  @Test("In format 0 a recipient has no flags")
  func formatZero() {
    let address = Array("a:b@c".utf8)
    #expect(known("Ra:b@c\n") == [.recipient(QueueRecipient(flags: [], address: address))])
    #expect(
      known("V1\nRa:b@c\n").last
        == .recipient(QueueRecipient(flags: [UInt8(ascii: "a")], address: Array("b@c".utf8))))
    // Without a colon it is no recipient: sendmail passes the line over.
    #expect(known("V8\nRPFD\n") == [.version(8)])
  }

  @Test("A folded line is one")
  func folded() {
    #expect(
      known("MDeferred:\n  later\n\tstill\n.\n") == [
        .status(Array("Deferred:  later\tstill".utf8)), .end,
      ])
  }

  @Test("Numbers of any size are held")
  func numbers() {
    #expect(known("T99999999999999999999999\n") == [.created(.max)])
    #expect(known("T-99999999999999999999999\n") == [.created(.min)])
    #expect(known("Tx\n") == [.created(0)])
  }

  @Test("Of a line without end a beginning is kept", arguments: ["R", "M", "S", "H", "\u{1}"])
  func longLine(letter: String) {
    var reader = QueueControlReader()
    var lines: [QueueControlLine] = []
    reader.take(Array("V8\n\(letter)PFD:".utf8).span) { lines.append($0) }
    let chunk = [UInt8](repeating: 0, count: 65536)
    for _ in 0..<256 { reader.take(chunk.span) { lines.append($0) } }
    reader.take(Array("@x\n.\n".utf8).span) { lines.append($0) }
    #expect(lines.count == 3)
    #expect(lines.last == .end)
    switch lines[1] {
    case .recipient(let recipient):
      #expect(recipient.isCut)
      #expect(recipient.address.count <= QueueControlReader.longestLine)
    case .status(let text), .sender(let text):
      #expect(text.count == QueueControlReader.longestLine)
    case .other(let byte): #expect(byte == letter.utf8.first)
    default: Issue.record("\(lines[1])")
    }
  }

  @Test("Random bytes give lines in pieces of any size, the same ones")
  func madeUp() {
    var random = SeededNumbers(seed: 11)
    let letters = Array("VTKNPMRSqF.H$\n\n\n \t:@<>\"0123456789\u{0}\u{1B}".utf8)
    for _ in 0..<2000 {
      let bytes = (0..<Int(random.next() % 200)).map { _ in
        letters[Int(random.next() % UInt64(letters.count))]
      }
      let whole = lines(bytes, chunk: .max)
      #expect(lines(bytes, chunk: 1) == whole)
      #expect(lines(bytes, chunk: 5) == whole)
    }
  }

  @Test("The contents of control files are counted")
  func contents() {
    var contents = QueueContents()
    let now = 1_795_244_557 + 700
    for text in [
      Self.ordinary, "V8\nT\(now)\nS<>\nRPFD:x@FOO.com\nRPFD:root\n.\n", "V8\nSroot\n", "",
    ] {
      var reader = QueueControlReader()
      contents.begin(arrival: now - 4000)
      reader.take(Array(text.utf8).span) { contents.take($0, now: now) }
      reader.finish { contents.take($0, now: now) }
      contents.end(now: now)
    }
    #expect(contents.files == 4)
    #expect(contents.damaged == 2)
    let domains = contents.recipientDomains.top()
    #expect(
      domains.map { $0.name.map { String(decoding: $0, as: UTF8.self) } } == [
        "foo.com", nil, "bar.com",
      ])
    #expect(domains[0].ages.counts.prefix(3) == [1, 0, 1])
    #expect(
      contents.senderDomains.top().map { $0.name.map { String(decoding: $0, as: UTF8.self) } }
        == [nil, "<>", "example.org"])
    // By the time of its id, for want of another.
    #expect(contents.senderDomains.top()[0].ages.counts[4] == 1)
    #expect(contents.statuses.top().map(\.name?.count) == [nil, 48])
  }

  @Test(
    "A status after the sender is the next recipient's, and none without one",
    arguments: [
      ("Sa\nMone\nRPFD:b\n", "one"), ("Sa\nRPFD:b\nMone\n", nil),
      ("Mall\nSa\nMone\nRPFD:b\n", "all"),
      ("Sa\nRPFD:b\nMone\nRPFD:c\nMtwo\nRPFD:d\n", "one"), ("Sa\nMone\nMtwo\nRPFD:b\n", "two"),
      ("Sa\nMone\nRb\nRPFD:c\n", "one"),
    ] as [(String, String?)])
  func status(lines: String, expected: String?) {
    var contents = QueueContents()
    var reader = QueueControlReader()
    contents.begin(arrival: 0)
    reader.take(Array("V8\n\(lines).\n".utf8).span) { contents.take($0, now: 1) }
    reader.finish { contents.take($0, now: 1) }
    contents.end(now: 1)
    #expect(contents.statuses.top().map(\.name) == [expected.map { Array($0.utf8) }])
  }
}
