// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport

/// A sendmail.cf drawn at random, and the overrides it is read with.
struct RandomConfiguration: Sendable {
  /// The lines without their ends; one may hold several physical lines.
  var lines: [[UInt8]]
  /// The end of a line.
  var lineEnd: [UInt8]
  /// True if the last line has an end.
  var isEnded: Bool
  /// `-O` and `-o` with what belongs to them, an override each.
  var overrides: [[[UInt8]]]

  /// The file.
  var bytes: [UInt8] {
    Array(lines.joined(separator: lineEnd)) + (isEnded ? lineEnd : [])
  }

  /// The overrides as sendmail's command line takes them.
  var arguments: [[UInt8]] { overrides.flatMap { $0 } }

  /// The configuration with all left out that is not needed for `isBad` to be true of it.
  func minimised(
    while isBad: (RandomConfiguration) async throws -> Bool
  ) async throws -> RandomConfiguration {
    var best = self
    var isShrinking = true
    while isShrinking {
      isShrinking = false
      for candidate in best.smaller where try await isBad(candidate) {
        best = candidate
        isShrinking = true
        break
      }
    }
    return best
  }

  /// The configurations with one thing less.
  private var smaller: [RandomConfiguration] {
    var list: [RandomConfiguration] = []
    for index in lines.indices {
      list.append(self)
      list[list.count - 1].lines.remove(at: index)
    }
    for index in overrides.indices {
      list.append(self)
      list[list.count - 1].overrides.remove(at: index)
    }
    for (index, line) in lines.enumerated() {
      // Not the first byte, which says what the line is about.
      for offset in line.indices.dropFirst() {
        list.append(self)
        list[list.count - 1].lines[index].remove(at: offset)
      }
    }
    return list
  }
}

extension RandomConfiguration {
  /// Makes one up.
  init(using random: inout SeededNumbers) {
    lines = random.chance(80) ? [Array("V10/Berkeley".utf8)] : []
    if random.chance(60) { lines.append(Array("Sa".utf8)) }
    for _ in 0..<Int.random(in: 1...14, using: &random) {
      switch Int.random(in: 0..<100, using: &random) {
      case ..<40: lines.append(random.optionLine())
      case ..<55: lines.append(random.otherLine())
      default: lines.append(random.definition())
      }
    }
    // Most have what a daemon does not start without.
    if random.chance(80) { lines.append(Array("Mlocal, P=/bin/true, F=lsDFM, A=true".utf8)) }
    if random.chance(60) { lines.append(Array("O QueueDirectory=/etc".utf8)) }
    lineEnd = Array((random.chance(15) ? "\r\n" : "\n").utf8)
    isEnded = random.chance(85)
    overrides = []
    guard random.chance(30) else { return }
    for _ in 0..<Int.random(in: 1...3, using: &random) { overrides.append(random.override()) }
  }
}

extension RandomConfiguration: CustomStringConvertible {
  /// The file and the overrides, with escapes as `printf` takes them.
  var description: String {
    let text = ConfigurationValueText.escaped(bytes)
    let arguments = arguments.map { ConfigurationValueText.escaped($0) }
    return "printf '\(text)'" + (arguments.isEmpty ? "" : " with the arguments \(arguments)")
  }
}
