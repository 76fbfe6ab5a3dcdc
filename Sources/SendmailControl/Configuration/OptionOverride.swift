// SPDX-License-Identifier: Apache-2.0

/// An option given on sendmail's command line. It is literal: no comment, escape or macro in it, and
/// it beats every line of the file for the same option.
public enum OptionOverride: Sendable, Hashable {
  /// `-O name=value`.
  case long([UInt8])
  /// `-o`, a letter and its value.
  case short([UInt8])

  /// `-O` with this argument, `name=value`.
  public static func long(_ text: String) -> OptionOverride { .long(Array(text.utf8)) }
  /// `-o` with this argument, a letter and its value.
  public static func short(_ text: String) -> OptionOverride { .short(Array(text.utf8)) }

  /// The overrides among the arguments of a sendmail command, in order: `-Oname=value`,
  /// `-O name=value`, `-oXvalue` and `-o Xvalue`. Everything else is passed over.
  ///
  /// `arguments` are the arguments without the program's name, as in the second line of sendmail's
  /// PID file.
  package static func all(in arguments: some Sequence<[UInt8]>) -> [OptionOverride] {
    var overrides: [OptionOverride] = []
    var iterator = arguments.makeIterator()
    while let argument = iterator.next() {
      let isLong = argument.starts(with: "-O".utf8)
      guard isLong || argument.starts(with: "-o".utf8) else { continue }
      guard let text = argument.count > 2 ? Array(argument.dropFirst(2)) : iterator.next() else {
        break
      }
      overrides.append(isLong ? .long(text) : .short(text))
    }
    return overrides
  }

  /// The override taken apart.
  func assignment(
    in build: SendmailBuild = .debian
  ) throws(OptionNameError) -> OptionAssignment {
    switch self {
    case .long(let text):
      try OptionAssignment(longForm: text.prefix { $0 != ASCII.null }, in: build)
    // As in the file, a blank in place of the letter begins a long name.
    case .short(let text) where text.first == ASCII.space:
      try OptionAssignment(line: text.prefix { $0 != ASCII.null }, in: build)
    case .short(let text):
      try OptionAssignment(
        letter: text.first ?? ASCII.null, value: text.dropFirst().prefix { $0 != ASCII.null })
    }
  }
}
