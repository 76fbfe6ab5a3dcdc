// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@Suite("The mask over what must differ")
struct MaskedReplyTests {
  private func mask(_ text: String) -> String { MaskedReply.make(Array(text.utf8)) }

  @Test("Process ids, load, free space and unreaped control children are made equal")
  func equal() {
    #expect(
      mask(
        "1/3/500/7\r\n12 accepting connections\r\n13 control socket server child\r\n14 console socket child\r\n"
      )
        == mask("0/3/9/0\r\n99 accepting connections\r\n98 console socket child\r\n"))
    #expect(
      mask(
        "C:1\r\nM:3\r\nL:4\r\nQ:/q:1\r\nD:0/./5\r\nP:7 accepting connections\r\nP:8 control socket server child\r\n"
      )
        == mask("C:0\r\nM:3\r\nL:0\r\nQ:/q:1\r\nD:0/./6\r\nP:9 accepting connections\r\n"))
  }

  static let differences: [(String, String)] = [
    ("0/3/5/0\r\n1 accepting connections\r\n", "0/4/5/0\r\n1 accepting connections\r\n"),
    ("0/3/5/0\r\n1 accepting connections\r\n", "1/3/5/0\r\n1 accepting connections\r\n"),
    ("0/3/5/0\r\n1 accepting connections\r\n", "0/3/5/0\r\n1 Sendmail daemon\r\n"),
    (
      "0/0/5/0\r\n1 Queue runner\r\n2 accepting connections\r\n",
      "0/0/5/0\r\n2 accepting connections\r\n1 Queue runner\r\n"
    ),
    ("OK\r\n", "OK\n"), ("Bad command (a)\r\n", "Bad command (b)\r\n"),
    (
      "C:0\r\nM:0\r\nL:0\r\nQ:/a:0\r\nP:1 x\r\n", "C:0\r\nM:0\r\nL:0\r\nQ:/a:-1\r\nP:1 x\r\n"
    ),
  ]

  @Test("Every other difference stays one", arguments: differences)
  func different(one: String, other: String) {
    #expect(mask(one) != mask(other))
  }
}
