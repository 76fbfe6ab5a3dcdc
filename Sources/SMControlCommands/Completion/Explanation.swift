// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The words that the question mark shows: those that can stand at the cursor, with their meanings.
enum Explanation {
  /// The words for the place of the cursor; none within quotes, where a question mark is one.
  ///
  /// `proposed` are the words that Tab proposes there.
  static func words(at cursor: CursorPlace, proposed: [Candidate]) -> [Candidate] {
    guard !cursor.isQuoted else { return [] }
    var entries = heading(of: cursor.expected)
    entries += proposed
    if case .word(let argument, let options) = cursor.expected, cursor.word.isEmpty {
      // Options are not proposed where an argument is wanted, but they can stand there.
      if argument != nil {
        let known = Set(entries.map(\.text))
        entries += options.map { Candidate($0.name, $0.help) }.filter { !known.contains($0.text) }
      }
      entries += destinations
    }
    if entries.isEmpty {
      let word = cursor.word.isEmpty ? "" : " for \(cursor.word)"
      entries = [Candidate("no suggestions\(word)")]
    }
    return entries
  }

  private static func heading(of expected: CursorPlace.Expected) -> [Candidate] {
    switch expected {
    case .value(let option, _, _):
      [Candidate("<\(option.valueName ?? "")>", option.help)]
    case .word(let argument?, _): [Candidate("<\(argument.name)>", argument.help)]
    case .outputFile: [Candidate("<file>", "The file that the output goes into.")]
    case .program: [Candidate("<program>", "The program that reads the output.")]
    case .programArgument: [Candidate("<argument>", "An argument for the program.")]
    case .command, .word, .nothing: []
    }
  }

  private static let destinations = [
    Candidate("> FILE", "Write the output into a file; >> FILE appends to it."),
    Candidate("| PROGRAM", "Have a program read the output."),
  ]
}
