// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The consequences of a command.
enum Effect: Sendable {
  /// It only reads.
  case readOnly
  /// It does more than read: `--read-only` refuses it.
  case restricted
  /// It stops or starts the mail system: its name must be written in full, too.
  case disruptive
}

/// A command: all that parsing, help, completion and the checks before it is run need to know.
struct CommandSpec: Sendable {
  /// The name.
  let name: String
  /// Another name.
  var alias: String?
  /// The command in one sentence, in the imperative.
  let summary: String
  /// More about it; empty for nothing.
  var discussion = ""
  /// A line that shows its use.
  let example: String
  /// The consequences.
  var effect = Effect.readOnly
  /// True if an abbreviation can mean it in the shell. It cannot where older commands had the abbreviation.
  var takesAbbreviation = true
  /// The meaning of its exit statuses.
  var exits = ExitConvention.sysexits
  /// The formats of its output; `nil` when `--format` means nothing to it.
  var formats: Formats?
  /// The options, its own first.
  var options: [OptionSpec] = []
  /// The arguments, in order.
  var arguments: [ArgumentSpec] = []
  /// The combinations of options that are refused.
  var rules: [OptionRule] = []
  /// Makes the command out of a line that is complete.
  let make: @Sendable (ParsedLine) throws(UsageError) -> any Command

  /// Returns whether `option` is one of its own or common ones.
  func takes(_ option: OptionSpec) -> Bool { options.contains(option) }

  /// Returns whether `word` is one of its names, in upper or lower case.
  func isCalled(_ word: Word) -> Bool {
    names.contains { $0.utf8.elementsEqual(word.lazy.map(ASCII.lowercased)) }
  }

  /// All names.
  var names: [String] { [name] + (alias.map { [$0] } ?? []) }

  /// The argument that follows `count` others.
  func argument(after count: Int, hasTerminator: Bool) -> ArgumentSpec? {
    let possible = arguments.filter { hasTerminator || !$0.followsTerminator }
    if count < possible.count { return possible[count] }
    return possible.last.flatMap { $0.isRepeated ? $0 : nil }
  }

  /// The words that can be the value of `option`.
  func candidates(for option: OptionSpec) -> Candidates {
    guard option == ConnectionOptions.format.spec, let formats else { return option.candidates }
    return .words(formats.list.map(\.rawValue))
  }
}

/// A word of a command that is no option.
struct ArgumentSpec: Sendable {
  /// The name in help.
  let name: String
  /// The sentence about it in help.
  let help: String
  /// The words that it can be.
  var candidates = Candidates.free
  /// True if it may be left out.
  var isOptional = false
  /// True if more of it may follow.
  var isRepeated = false
  /// True if it must follow `--`.
  var followsTerminator = false
}

/// A rule about options that are given together.
enum OptionRule: Sendable {
  /// Each of the first makes sense only with one of the second.
  case needs([OptionSpec], oneOf: [OptionSpec])
  /// The first and each of the second exclude each other.
  case excludes(OptionSpec, [OptionSpec])

  /// Checks that the rule holds for `line`. An option of the session that makes no sense is passed over.
  ///
  /// - Throws: ``UsageError``.
  func check(_ line: ParsedLine) throws(UsageError) {
    switch self {
    case .needs(let options, let others):
      guard !others.contains(where: { line[$0] }),
        let option = line.given.first(where: { !$0.isInherited && options.contains($0.option) })
      else { return }
      throw UsageError("\(option.option.name) needs \(others.map(\.name).alternatives)")
    case .excludes(let option, let others):
      guard line[option], let other = line.given.first(where: { others.contains($0.option) })
      else { return }
      let origin = other.isInherited ? ", which holds for the whole session" : ""
      throw UsageError("\(option.name) cannot be combined with \(other.option.name)\(origin)")
    }
  }
}
