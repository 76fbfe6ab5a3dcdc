// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Replies to status and mstat")
struct ReplyParsingTests {
  @Test(
    "Every recorded status is read and written back unchanged",
    arguments: Transcript.replies(to: .status))
  func statusRoundTrip(transcript: Transcript) throws {
    #expect(try StatusReply(parsing: transcript.reply).bytes == transcript.reply)
  }

  @Test(
    "Every recorded mstat is read and written back unchanged",
    arguments: Transcript.replies(to: .mstat))
  func mstatRoundTrip(transcript: Transcript) throws {
    #expect(try MstatReply(parsing: transcript.reply).bytes == transcript.reply)
  }

  @Test("There are transcripts to be read")
  func transcriptsAreThere() {
    #expect(Transcript.replies(to: .status).count > 50)
    #expect(Transcript.replies(to: .mstat).count > 30)
  }

  @Test("Every recorded reply ends with a line end", arguments: Transcript.all)
  func recordedEnds(transcript: Transcript) throws {
    guard !transcript.reply.isEmpty else { return }
    try ReplyError.checkEnd(of: transcript.reply)
  }

  @Test("Line ends may be LF alone")
  func lineEnds() throws {
    let crlf = try StatusReply(parsing: Array("1/0/5/0\r\n7 a\r\n8 b\r\n".utf8))
    #expect(try StatusReply(parsing: Array("1/0/5/0\n7 a\n8 b\n".utf8)) == crlf)
  }

  @Test("A NUL or any other byte in a description is kept")
  func oddBytes() throws {
    let reply = Array("0/0/5/0\r\n7 a".utf8) + [0, 0x1B, 0xFF] + Array("z\r\n".utf8)
    #expect(try StatusReply(parsing: reply).processes[0].text.bytes == [0x61, 0, 0x1B, 0xFF, 0x7A])
  }

  static let badStatusReplies: [(reply: String, code: ReplyError.Code, line: Int)] = [
    ("", .empty, 1),
    ("Bad command (status)\r\n", .refused, 1),
    ("1/0/5", .cutShort, 1),
    ("1/0/5/0\r\n", .cutShort, 2),
    ("1/0/5/0\r\n7", .cutShort, 2),
    ("1/0/5/0\r\n7 a\r\n12", .cutShort, 3),
    ("1/0/5/0\r\n7 a\r\n8 b", .cutShort, 3),
    ("1/0/5/0\r\n7 a\r\n8 b\r", .cutShort, 3),
    ("Bad command (sta", .cutShort, 1),
    ("1/0/5\r\n7 a\r\n", .malformed, 1),
    ("1/0/5/0/9\r\n7 a\r\n", .malformed, 1),
    ("a/0/5/0\r\n7 a\r\n", .malformed, 1),
    ("/0/5/0\r\n7 a\r\n", .malformed, 1),
    ("1/0/99999999999999999999/0\r\n7 a\r\n", .malformed, 1),
    ("1/0/5/0\r\nseven a\r\n8 b\r\n", .malformed, 2),
    ("1/0/5/0\r\n-7 a\r\n", .malformed, 2),
    ("1/0/5/0\r\n99999999999 a\r\n", .malformed, 2),
    ("1/0/5/0\r\n\r\n", .malformed, 2),
    ("1/0/5/0\r\n7 a\r\n\r\n", .malformed, 3),
    ("OK\r\n", .malformed, 1),
  ]

  @Test("A status that is none says what and where", arguments: badStatusReplies)
  func badStatus(reply: String, code: ReplyError.Code, line: Int) {
    let error = #expect(throws: ReplyError.self) { try StatusReply(parsing: Array(reply.utf8)) }
    #expect(error?.code == code)
    #expect(error?.line == line)
  }

  static let badMstatReplies: [(reply: String, code: ReplyError.Code, line: Int)] = [
    ("", .empty, 1),
    ("Bad command (mstat)\r\n", .refused, 1),
    ("C:1\r\nM:0\r\nL:0\r\n", .cutShort, 4),
    ("C:1\r\nM:0\r\nP:7 a\r\n", .cutShort, 4),
    ("C:1\r\nM:0\r\nL:0\r\nP:7 a\r\nP:", .cutShort, 5),
    ("C:1\r\nM:0\r\nL:0\r\nP:7 a\r\nP:8 b", .cutShort, 5),
    ("C:1\r\nM:0\r\nL:0\r\nP:7 a\r\nX:", .cutShort, 5),
    ("C:x\r\nM:0\r\nL:0\r\nP:7 a\r\n", .malformed, 1),
    ("C:1\r\nM:0\r\nL:0\r\nQ:/q\r\nP:7 a\r\n", .malformed, 4),
    ("C:1\r\nM:0\r\nL:0\r\nD:0/5\r\nP:7 a\r\n", .malformed, 4),
    ("C:1\r\nM:0\r\nL:0\r\nD:-1/a/5\r\nP:7 a\r\n", .malformed, 4),
    ("C:1\r\nM:0\r\nL:0\r\nno tag\r\nP:7 a\r\n", .malformed, 4),
  ]

  @Test("An mstat that is none says what and where", arguments: badMstatReplies)
  func badMstat(reply: String, code: ReplyError.Code, line: Int) {
    let error = #expect(throws: ReplyError.self) { try MstatReply(parsing: Array(reply.utf8)) }
    #expect(error?.code == code)
    #expect(error?.line == line)
  }

  @Test(
    "A reply is read in its own form and in no other",
    arguments: Transcript.replies(to: .status) + Transcript.replies(to: .mstat))
  func ownForm(transcript: Transcript) throws {
    let status = try DaemonStatus(parsing: transcript.reply)
    if transcript.command == .status {
      #expect(
        status
          == DaemonStatus(try StatusReply(parsing: transcript.reply), identity: DaemonIdentity()))
      #expect(throws: ReplyError.self) { try MstatReply(parsing: transcript.reply) }
    } else {
      #expect(
        status
          == DaemonStatus(try MstatReply(parsing: transcript.reply), identity: DaemonIdentity()))
      #expect(throws: ReplyError.self) { try StatusReply(parsing: transcript.reply) }
    }
  }

  @Test(
    "A reply in both forms or in neither is no status",
    arguments: [
      ("", .empty, 1), ("Bad command (status)\r\n", .refused, 1), ("OK\r\n", .malformed, 1),
      ("C", .cutShort, 1), (":1\r\n", .malformed, 1), ("1/0/5/0\r\nP:7 a\r\n", .malformed, 2),
      ("1/0/5/0\r\nC:1\r\nM:0\r\nL:0\r\nP:7 a\r\n", .malformed, 2),
      ("C:1\r\nM:0\r\nL:0\r\n7 a\r\n", .malformed, 4),
      ("C:1\r\nM:0\r\nL:0\r\nP:7 a\r\nC:2\r\n", .malformed, 5),
      ("C:1\r\n1/0/5/0\r\n7 a\r\n", .malformed, 2),
    ] as [(String, ReplyError.Code, Int)])
  func bothForms(reply: String, code: ReplyError.Code, line: Int) {
    let error = #expect(throws: ReplyError.self) { try DaemonStatus(parsing: Array(reply.utf8)) }
    #expect(error?.code == code)
    #expect(error?.line == line)
  }

  @Test("The order of an mstat reply does not matter")
  func order() throws {
    let status = try DaemonStatus(parsing: Array("M:9\r\nL:0\r\nC:1\r\nP:7 a\r\n".utf8))
    #expect(status.maximumChildren == 9)
  }

  @Test("Names with colons and slashes are taken whole, unknown tags passed over")
  func names() throws {
    let reply = try MstatReply(
      parsing: Array("C:1\nM:0\nL:0\nQ:/q:1/a:b:-1\nD:2/slow/a/9\nX:new\nP:7 a: b/c\n".utf8))
    #expect(reply.queues == [QueueCount(name: "/q:1/a:b", count: -1)])
    #expect(
      reply.fileSystems == [FileSystemSpace(index: 2, name: "slow/a", freeSpace: 9)])
    #expect(reply.processes == [ProcessEntry(pid: 7, text: "a: b/c")])
  }
}
