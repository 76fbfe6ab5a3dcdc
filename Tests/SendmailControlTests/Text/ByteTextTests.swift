// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Text that others wrote.
@Suite struct ByteTextTests {
  private static let hostile = ByteText("SMTP server child for \u{1B}[2Jevil".utf8)

  @Test("Printing escapes")

  func printingEscapes() {
    #expect("\(Self.hostile)" == "SMTP server child for \\x1B[2Jevil")
    #expect(ByteText([0x61, 0xFF]).description == "a\\xFF")
    let child = DaemonStatus.Child(pid: 7, text: Self.hostile)
    #expect("\(child.text)" == "SMTP server child for \\x1B[2Jevil")
    #expect(child.kind.peer.map { "\($0)" } == "\\x1B[2Jevil")
  }

  @Test("Bytes are kept")

  func bytesAreKept() {
    #expect(Self.hostile.bytes == Array("SMTP server child for \u{1B}[2Jevil".utf8))
    #expect(Self.hostile.utf8String == "SMTP server child for \u{1B}[2Jevil")
    #expect(ByteText([0x61, 0xFF]).utf8String == nil)
    #expect("abc" as ByteText == ByteText(Array("abc".utf8)))
  }

  @Test("Json replaces what is no text")

  func jsonReplacesWhatIsNoText() throws {
    #expect(try JSONText.make(["a": ByteText([0x61, 0xFF])]) == "{\"a\":\"a\u{FFFD}\"}\n")
  }

  @Test("A status is read from its bytes")

  func aStatusIsReadFromItsBytes() throws {
    let status = try DaemonStatus(
      parsing: Array("1/40/100/2\r\n7 accepting connections\r\n9 console socket child\r\n".utf8),
      listener: 7)
    #expect(status.daemon?.title == "accepting connections")
    #expect(status.children.isEmpty)
    #expect(status.processes.count == 1)
    let mstat = try DaemonStatus(
      parsing: Array("C:0\r\nM:40\r\nL:2\r\nQ:NOTCONFIGURED:-1\r\nD:0/./5\r\nP:7 x\r\n".utf8))
    #expect(mstat.queues == .notConfigured)
  }
}
