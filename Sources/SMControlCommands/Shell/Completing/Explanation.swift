// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The words that the question mark shows: those that can stand at the cursor, with their meanings.
struct Explanation {
  let proposals: Proposals

  /// The words for `line`; none within quotes, where a question mark is one.
  func words(for line: TypedLine) -> [Candidate] {
    guard !line.isQuoted else { return [] }
    var entries = heading(of: line.place)
    entries += proposals.find(for: line)
    if case .word(let command, let argument, let options) = line.place, line.word.isEmpty {
      // Options are not proposed where an argument is wanted, but they can stand there.
      if argument != nil {
        entries += options.map { Candidate($0.names[0], $0.meaning) }
      }
      if !command.name.isEmpty { entries += Self.destinations }
    }
    if entries.isEmpty {
      let word = line.word.isEmpty ? "" : " that begins with \(line.word)"
      entries = [Candidate("nothing known\(word) can stand here")]
    }
    return entries
  }

  private func heading(of place: TypedLine.Place) -> [Candidate] {
    switch place {
    case .value(let option, _):
      return [
        Candidate("<\(option.valueName ?? "value")>", Self.meaningWithoutValues(of: option))
      ]
    case .word(_, let argument?, _):
      return [Candidate("<\(argument.valueName)>", argument.meaning)]
    case .outputFile: return [Candidate("<file>", "The file that the output goes into.")]
    case .program: return [Candidate("<program>", "The program that reads the output.")]
    case .programArgument: return [Candidate("<argument>", "An argument for the program.")]
    case .command, .word, .nothing: return []
    }
  }

  /// The values are listed below it, a line each.
  private static func meaningWithoutValues(of option: Grammar.Option) -> String {
    guard case .list(let words) = option.values else { return option.meaning }
    let listed = OptionValues.listed(words)
    return option.meaning.hasSuffix(listed)
      ? String(option.meaning.dropLast(listed.count)) : option.meaning
  }

  private static let destinations = [
    Candidate("> FILE", "Write the output into a file; >> FILE puts it behind what is there."),
    Candidate("| PROGRAM", "Have a program read the output."),
  ]
}
