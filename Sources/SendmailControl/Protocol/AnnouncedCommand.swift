// SPDX-License-Identifier: Apache-2.0

/// A command that the daemon's own help speaks of.
public struct AnnouncedCommand: Sendable, Equatable {
  /// The command's word.
  public var word: String
  /// The meaning of the command, from the help.
  public var meaning: String

  /// The commands in `reply`, a reply to `help`, in its order. A line of it is a word, tabs or several
  /// blanks, and a text, after `214-2.0.0 ` when the daemon runs in the foreground (sendmail's
  /// `helpfile`, topic `control`); other lines are no commands. Words that are not printable ASCII are
  /// none either.
  public static func all(in reply: [UInt8]) -> [AnnouncedCommand] {
    guard Refusal(reply) == nil else { return [] }
    return ReplyLines(reply).compactMap { AnnouncedCommand(line: withoutCode($0)) }
  }

  private init?(line: ArraySlice<UInt8>) {
    let word = line.prefix { $0 > ASCII.space && $0 < 0x7F }
    let gap = line[word.endIndex...].prefix { $0 == ASCII.space || $0 == ASCII.tab }
    let rest = line[gap.endIndex...]
    guard !word.isEmpty, !rest.isEmpty, gap.contains(ASCII.tab) || gap.count > 1 else { return nil }
    self.word = String(decoding: word, as: UTF8.self)
    meaning = TerminalEscaping.escape(rest)
  }

  /// `line` after a reply code such as `214-2.0.0 `.
  private static func withoutCode(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy(ASCII.isDigit), line.count > 4,
      [ASCII.space, UInt8(ascii: "-")].contains(line[line.startIndex + 3])
    else { return line }
    let rest = line.dropFirst(4)
    let status = rest.prefix { ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }
    return status.isEmpty ? rest : rest.dropFirst(status.count).drop { $0 == ASCII.space }
  }
}
