// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// Help texts at 80 columns, compared with files in Data/Help. With SMCONTROL_WRITE_GOLDEN=1 in the
/// environment the files are rewritten, to be read in the diff.
@Suite("Help texts")
struct HelpTextTests {
  static let names =
    ["smcontrol"] + CommandTable.commands(in: .shell).map(\.name)

  private static func text(of name: String, width: Int = 80) -> String {
    let isOfShell = CommandTable.shellCommands.contains { $0.name == name }
    let help = HelpText(place: isOfShell ? .shell : .program, width: width)
    guard let spec = CommandTable.commands(in: .shell).first(where: { $0.name == name }) else {
      return help.overview
    }
    return help.text(of: spec)
  }

  @Test("Help is as it was", arguments: names)
  func golden(name: String) throws {
    let file = ProjectFiles.file("Tests/SMControlCommandsTests/Data/Help/\(name).txt").string
    let text = Self.text(of: name)
    if ProcessInfo.processInfo.environment["SMCONTROL_WRITE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: URL(filePath: file))
    }
    #expect(Data(text.utf8) == FileManager.default.contents(atPath: file))
  }

  @Test("Lines keep to the width, and say the same at each", arguments: [50, 80, 200])
  func width(_ width: Int) {
    func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
    for name in Self.names {
      let text = Self.text(of: name, width: width)
      // An example and the usage are never folded.
      let lines = text.split(separator: "\n").filter {
        !$0.hasPrefix("Usage") && !$0.hasPrefix("       smcontrol") && !$0.hasPrefix("  smcontrol")
      }
      #expect(lines.allSatisfy { $0.utf8.count < max(width, 52) }, "\(name)")
      #expect(words(text) == words(Self.text(of: name)), "\(name)")
    }
  }

  @Test("Every command that does more than read is in the help for --read-only")
  func readOnly() {
    let named = ConnectionOptions.readOnly.help
    for spec in CommandTable.commands {
      #expect(named.contains(" \(spec.name)") == (spec.effect != .readOnly), "\(spec.name)")
    }
  }
}
