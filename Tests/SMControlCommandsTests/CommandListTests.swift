// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import SMControlCommands

@Suite("The list of commands")
struct CommandListTests {
  @Test("It fits on a screen of 80 columns with the prompt, and lists every command once")
  func screen() {
    for place in [CommandLineParser.Place.shell, .program] {
      let lines = CommandList(place: place).text(TerminalStyle(width: 80)).split(
        separator: "\n")
      #expect(lines.count <= 22)
      #expect(lines.allSatisfy { $0.utf8.count <= 80 })
      for command in CommandTable.commands(in: place) {
        #expect(lines.count { $0.hasPrefix("  \(command.name) ") } == 1, "\(command.name)")
      }
    }
  }

  @Test("Nothing is cut where it is narrow", arguments: [30, 50])
  func narrow(width: Int) {
    let text = CommandList(place: .shell).text(TerminalStyle(width: width, characters: .utf8))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(!text.contains("…"))
    let words = text.split { $0 == " " || $0 == "\n" }
    let wide = CommandList(place: .shell).text(TerminalStyle(width: 200))
    #expect(words == wide.split { $0 == " " || $0 == "\n" })
  }
}
