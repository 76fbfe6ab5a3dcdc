// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("What a place can show")
struct TerminalStyleTests {
  static func style(
    _ variables: [String: String], isTerminal: Bool = true, columns: Int? = nil,
    colour: ColourChoice = .auto
  ) -> TerminalStyle {
    TerminalStyle(
      isTerminal: isTerminal, columns: columns,
      variables: TerminalStyle.Variables { variables[$0] }, colour: colour)
  }

  static let locales: [(variables: [String: String], characters: TerminalStyle.Characters)] = [
    ([:], .ascii), (["LANG": "C"], .ascii), (["LANG": "C.UTF-8"], .utf8),
    (["LANG": "de_DE.utf8"], .utf8), (["LANG": "de_DE.UTF-8@euro"], .utf8),
    (["LANG": "de_DE"], .ascii), (["LANG": "de_DE.ISO-8859-1"], .ascii),
    (["LANG": "en_US.UTF-8", "LC_CTYPE": "C"], .ascii),
    (["LANG": "C", "LC_CTYPE": "en_US.UTF-8"], .utf8),
    (["LANG": "C.UTF-8", "LC_CTYPE": "C.UTF-8", "LC_ALL": "POSIX"], .ascii),
    (["LC_ALL": "C.UTF-8", "LC_CTYPE": "C"], .utf8),
  ]

  @Test("The locale decides the characters", arguments: locales)
  func locale(variables: [String: String], characters: TerminalStyle.Characters) {
    #expect(Self.style(variables).characters == characters)
  }

  @Test("COLUMNS overrides the terminal's own width, and 80 is the fallback")
  func width() {
    #expect(Self.style(["COLUMNS": "100"], columns: 120).width == 100)
    #expect(Self.style([:], columns: 120).width == 120)
    #expect(Self.style([:]).width == 80)
    #expect(Self.style([:], columns: 0).width == 80)
    for nonsense in ["0", "-1", "wide", "99999999999999999999"] {
      #expect(Self.style(["COLUMNS": nonsense], columns: 120).width == 120)
    }
    #expect(Self.style(["COLUMNS": "100"], isTerminal: false, columns: 120).width == nil)
  }

  static let colours:
    [(variables: [String: String], isTerminal: Bool, choice: ColourChoice, is: Bool)] = [
      ([:], true, .auto, true), ([:], false, .auto, false),
      (["NO_COLOR": "1"], true, .auto, false), (["NO_COLOR": "1"], true, .always, true),
      (["CLICOLOR_FORCE": "1"], false, .auto, true), (["CLICOLOR_FORCE": "0"], false, .auto, false),
      (["CLICOLOR_FORCE": "1"], true, .never, false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, .auto, false),
      (["TERM": "dumb"], true, .auto, false), ([:], false, .always, true),
      (["TERM": "dumb", "CLICOLOR_FORCE": "1"], true, .auto, true),
    ]

  @Test(
    "Colours are for terminals, unless an option or a variable overrides it", arguments: colours)
  func colour(
    variables: [String: String], isTerminal: Bool, choice: ColourChoice, isColoured: Bool
  ) {
    #expect(
      Self.style(variables, isTerminal: isTerminal, colour: choice).isColoured == isColoured)
  }
}
