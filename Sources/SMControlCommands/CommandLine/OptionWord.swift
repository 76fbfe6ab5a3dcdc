// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// The value of an option, which is a mere word to the argument parser: each further type that the
/// parser knows makes smcontrol start a tenth of a millisecond later (BENCHMARKS.md).
protocol OptionWord {
  /// The words there are, for help and completion; none when there is no end of them.
  static var words: [String] { get }

  /// What should have been there, as a sentence.
  static var expectation: String { get }

  /// The value that `word` means, or `nil` when it means none.
  init?(word: String)
}

extension OptionWord {
  /// The words as they stand behind the help for an option.
  static var listed: String { OptionValues.listed(words) }

  /// Sees to it that `word`, if there is one, means something.
  ///
  /// - Throws: `ValidationError` in the argument parser's own words.
  static func check(_ word: String?, option: String) throws {
    guard let word, Self(word: word) == nil else { return }
    throw ValidationError("The value '\(word)' is invalid for '\(option)'. \(expectation)")
  }

  static var expectation: String {
    "Please provide one of \(quoted(words.dropLast())) or '\(words.last ?? "")'."
  }

  private static func quoted(_ words: ArraySlice<String>) -> String {
    words.map { "'\($0)'" }.joined(separator: ", ")
  }
}

/// The words that an option takes.
enum OptionValues {
  /// `words` as they stand behind the help for their option.
  static func listed(_ words: [String]) -> String {
    " (values: \(words.joined(separator: ", ")))"
  }
}

extension OptionWord where Self: CaseIterable & RawRepresentable<String> {
  static var words: [String] { allCases.map(\.rawValue) }

  init?(word: String) {
    self.init(rawValue: word)
  }
}
