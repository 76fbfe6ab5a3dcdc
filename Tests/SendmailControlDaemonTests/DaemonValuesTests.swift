// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import SendmailControlDaemon

/// Help files and errors as values.
@Suite struct DaemonValuesTests {
  @Test("Macros of a help file, as sendmail expands them")
  func macrosOfAHelpFile() {
    let file = HelpFile(
      text: Array(
        "#vers\t2\ncontrol\tw=$w ${long}|${nope}|$n $$ \\# \\x $= ${open a$  \ncontrol b\r\n".utf8),
      macros: ["w": "W", "long": "L"])
    let texts = file.texts(for: "control")?.map { String(decoding: $0, as: UTF8.self) }
    #expect(texts == ["w=W L|| $ # \\x $= ${open a$", "b"])
    #expect(!file.isTooOld)
  }

  /// First lines of a help file and the format that they claim.
  static let versions: [(line: String, version: Int)] = [
    ("#vers\t2", 2), ("#vers\t12x", 12), ("#vers 2", 0), ("#vers\t", 0), ("control\tx", 0),
  ]

  @Test("The version line has a tab", arguments: versions)
  func theVersionLineHasATab(_ example: (line: String, version: Int)) {
    let file = HelpFile(text: Array("\(example.line)\ncontrol\t$$\n".utf8))
    #expect(file.formatVersion == example.version)
    let text = example.version < 2 ? "$$" : "$"
    #expect(file.texts(for: "control")?.last == Array(text.utf8))
  }

  @Test("An error shows its path as sendmail's log does")

  func anErrorShowsItsPath() {
    let error = DaemonError(
      .system, systemCall: "bind", errno: 98, path: Array("/a\t\n\u{1B}b".utf8) + [0xE4])
    #expect(error.description == #"bind failed for /a\t\n\033b\344: Address already in use"#)
    #expect(error.reason == "Address already in use")
  }
}
