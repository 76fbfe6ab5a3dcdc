// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import TestSupport
import Testing

@testable import SMControlCommands

/// Properties of the grammar that hold for lines by chance.
@Suite("Random command lines")
struct RandomLineTests {
  /// The number of lines that each property is tried on: a few, or as many as `make fuzz` asks for.
  private static let count =
    ProcessInfo.processInfo.environment["SMCONTROL_RANDOM_LINES"].flatMap { UInt64($0) } ?? 500
  /// The number that the lines are drawn from: another one each time that `make fuzz` runs.
  private static let seed =
    ProcessInfo.processInfo.environment["SMCONTROL_RANDOM_SEED"].flatMap { UInt64($0) } ?? 0

  /// An option and its value as words, in one of the forms there are.
  private static func spell(
    _ option: OptionSpec, _ value: Word, _ numbers: inout SeededNumbers
  ) -> [Word] {
    let name = Word(numbers.pick(option.names).utf8)
    guard option.valueName != nil else { return [name] }
    if name.count > 2 {
      return numbers.chance(50) ? [name, value] : [name + [ASCII.equals] + value]
    }
    switch Int.random(in: 0..<3, using: &numbers) {
    case 0 where !option.traits.contains(.verbatim): return [name + [ASCII.equals] + value]
    case 1 where value.first != ASCII.equals: return [name + value]
    default: return [name, value]
    }
  }

  @Test("Every line that the table permits is read as it was meant")
  func spelled() throws {
    for number in 0..<Self.count { try Self.checkSpelled(seed: Self.seed &+ number) }
  }

  private static func checkSpelled(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let spec = numbers.pick(CommandTable.commands)
    var meant: [(option: OptionSpec, value: Word)] = []
    var words: [[Word]] = []
    for _ in 0..<Int.random(in: 0..<6, using: &numbers) {
      let option = numbers.pick(spec.options)
      let choices = spec.candidates(for: option).words + ["x", "/a b", "-5", "-", "=", "status"]
      var value = Word(numbers.pick(choices).utf8)
      if numbers.chance(20), value.first != ASCII.minus {
        value.append(numbers.pick([0xFF, 0xC3, 0x3D, 0x20]))
      }
      if option.valueName == nil { value = [] }
      meant.append((option, value))
      words.append(spell(option, value, &numbers))
    }
    let name = Word((numbers.chance(20) ? spec.name.uppercased() : spec.name).utf8)
    words.insert([name], at: Int.random(in: 0...words.count, using: &numbers))
    let arguments = spec.name == "send" ? ["a", "-b", "--"].map { Word($0.utf8) } : []
    let line = words.flatMap { $0 } + (arguments.isEmpty ? [] : [Word("--".utf8)] + arguments)
    let request = try CommandLineParser.parse(line, in: .program)
    guard case .command(let found, let parsed) = request else {
      Issue.record("seed \(seed): no command in \(line.map { TerminalEscaping.escape($0) })")
      return
    }
    #expect(found.name == spec.name, "seed \(seed)")
    #expect(parsed.given.map(\.option) == meant.map(\.option), "seed \(seed)")
    #expect(parsed.given.map(\.value) == meant.map(\.value), "seed \(seed)")
    #expect(parsed.arguments == arguments, "seed \(seed)")
  }

  private static let pieces =
    [
      "-", "--", "=", "-f", "-O", "-o", "-A", "-vf", "-e", "--socket", "--format", "json", "--help",
      "status", "send", "audit", "start", " ", "'", "\"", "\\", "|", ">", "#", "x", "é",
      "\u{1B}[2J",
      "--by-", "-5",
    ].map { Word($0.utf8) } + [[0xFF], [0xC3], [0x0A], [0x00]]

  @Test(
    "No line crashes the parser, completion or help, or puts a control character on the terminal")
  func anything() {
    for number in 0..<Self.count { Self.checkAnything(seed: Self.seed &+ number) }
  }

  private static func checkAnything(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let words = (0..<Int.random(in: 0..<8, using: &numbers)).map { _ in
      Word((0..<Int.random(in: 0..<4, using: &numbers)).flatMap { _ in numbers.pick(pieces) })
    }
    for place in [CommandLineParser.Place.program, .shell] {
      do {
        if case .command(let spec, let line) = try CommandLineParser.parse(words, in: place) {
          _ = try Invocation(spec, line)
        }
      } catch {
        let lines = error.lines(in: place)
        #expect(lines.count == 2, "seed \(seed)")
        for line in lines { #expect(TerminalEscaping.escape(line.utf8) == line, "seed \(seed)") }
      }
      _ = CommandLineParser.intent(of: words, in: place)
    }
    let line = String(decoding: Word(words.joined(separator: [0x20])), as: UTF8.self)
    let cursor = CursorPlace(shellLine: line)
    _ = Explanation.words(at: cursor, proposed: [])
    _ = ExternalCompletion.text(for: "smcontrol " + line)
  }
}
