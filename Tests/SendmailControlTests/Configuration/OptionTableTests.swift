// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// The table of options against what real sendmail said about every beginning of every name.
@Suite struct OptionTableTests {
  @Test("Every beginning of every name")
  func everyBeginningOfEveryName() throws {
    let url = try TestData.directory("ConfigurationFiles")
      .appendingPathComponent("option-prefixes.tsv")
    let text = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.count == 1704)
    for row in rows {
      let expected = try #require(row.last)
      for spelling in [row[0], row[0].uppercased(), row[0].lowercased()] {
        #expect(Self.text(of: OptionTable.match(spelling.utf8)) == expected, "\(spelling)")
      }
    }
  }

  private static func text(of match: OptionMatch) -> String {
    switch match {
    case .exact: "exact"
    case .abbreviation(let option): option.name
    case .ambiguous(let first, let second): "\(first.name) and \(second.name)"
    case .unknown: "unknown"
    }
  }

  @Test("Every code is there once")

  func everyCodeIsThereOnce() {
    let codes = Set(OptionTable.options.map(\.code))
    #expect(codes.count == OptionTable.options.count)
    #expect(OptionTable.options.count == 149)
    for option in OptionTable.options { #expect(OptionTable.option(option.code) == option) }
  }

  @Test(
    "Letters",
    arguments: [
      ("Q", "QueueDirectory"), ("r", "Timeout"), ("x", "QueueLA"), ("X", "RefuseLA"),
      ("b", "MinFreeBlocks"), ("p", "PrivacyOptions"), ("O", "DaemonPortOptions"),
      ("H", "HelpFile"),
      ("S", "StatusFile"), ("L", "LogLevel"), ("d", "DeliveryMode"), ("C", "CheckpointInterval"),
      ("F", "TempFileMode"),
    ])
  func letters(_ letter: String, _ name: String) throws {
    let byte = try #require(letter.utf8.first)
    let option = try #require(OptionTable.option(OptionCode(rawValue: byte)))
    #expect(option.name == name)
    #expect(option.letter == letter.first)
    #expect(OptionTable.match(name.utf8) == .exact(option))
  }

  @Test("Named codes are their options")

  func namedCodesAreTheirOptions() {
    #expect(OptionTable.option(.controlSocketName)?.name == "ControlSocketName")
    #expect(OptionTable.option(.queueDirectory)?.name == "QueueDirectory")
    #expect(OptionTable.option(.sharedMemoryKeyFile)?.name == "SharedMemoryKeyFile")
    #expect(OptionTable.option(.macroDefinition)?.name == "")
    #expect(OptionTable.option(.pidFile)?.letter == nil)
  }
}
