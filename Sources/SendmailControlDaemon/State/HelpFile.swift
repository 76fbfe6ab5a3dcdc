// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// A sendmail help file, from which the daemon answers `help`.
public struct HelpFile: Sendable, Equatable {
  /// The file.
  package var text: [UInt8]
  /// The values of `$x` and `${name}`, by name; the others are empty.
  package var macros: [String: String]

  /// A help file of this text. sendmail takes its lines that begin with `control`.
  public init(_ text: String) {
    self.init(text: Array(text.utf8))
  }

  /// A help file of these bytes, with macros.
  package init(text: [UInt8], macros: [String: String] = [:]) {
    self.text = text
    self.macros = macros
  }

  /// A file of format 2 that explains the six commands, in other words than sendmail's own file.
  public static let example = HelpFile(
    text: Array(
      """
      #vers\t2
      control\tThe commands of this socket:
      control\thelp\t\tThese lines.
      control\trestart\t\tStart the daemon afresh.
      control\tshutdown\tEnd the daemon.
      control\tstatus\t\tThe daemon, its children and the machine.
      control\tmstat\t\tThe same with queues, in tagged lines.
      control\tmemdump\t\tAllocated memory, for debugging.

      """.utf8))

  /// The format that the file claims; 0 without a version line.
  var formatVersion: Int {
    let prefix = Array("#vers\t".utf8)
    let line = lines.first { $0.starts(with: prefix) }
    let digits = line?.dropFirst(prefix.count).prefix(while: ASCII.isDigit) ?? []
    return Int(String(decoding: digits, as: UTF8.self)) ?? 0
  }

  /// True if sendmail calls the file too old in its log.
  var isTooOld: Bool { formatVersion < 2 }

  /// The texts for `topic`: those of all lines that begin with it, without their first word;
  /// `nil` when there is no such line.
  func texts(for topic: String) -> [[UInt8]]? {
    let matches = lines.filter { $0.starts(with: topic.utf8) }
    guard !matches.isEmpty else { return nil }
    let expands = !isTooOld
    return matches.map { line in
      let text = line.drop { $0 != ASCII.space && $0 != ASCII.tab }.dropFirst()
      return expands ? expanded(text) : Array(text)
    }
  }

  private var lines: [ArraySlice<UInt8>] {
    text.split(separator: ASCII.lineFeed)
      .map { $0.last == ASCII.carriageReturn ? $0.dropLast() : $0 }
  }

  /// `text` with its macros replaced, `$$` and `\#` by what they stand for, and without the blanks
  /// at its end. Other uses of `$` (conditionals, patterns) have no place in a help file and stay.
  private func expanded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var rest = text
    while let last = rest.last, ASCII.isSpace(last) { rest.removeLast() }
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == ASCII.backslash, rest.first == ASCII.numberSign {
        result.append(rest.removeFirst())
      } else if byte == ASCII.dollar, rest.first == ASCII.dollar {
        result.append(rest.removeFirst())
      } else if byte == ASCII.dollar, let name = Self.takeName(from: &rest) {
        result += macros[name].map { Array($0.utf8) } ?? []
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// Takes `x` or `{name}` off the front of `rest`; `nil` when no name stands there.
  private static func takeName(from rest: inout ArraySlice<UInt8>) -> String? {
    guard let first = rest.first else { return nil }
    if ASCII.isLetter(first) {
      return String(decoding: [rest.removeFirst()], as: UTF8.self)
    }
    guard first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
      return nil
    }
    let name = rest[..<end].dropFirst()
    rest = rest[end...].dropFirst()
    return String(decoding: name, as: UTF8.self)
  }
}
