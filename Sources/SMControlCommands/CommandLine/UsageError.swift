// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The reason why a command line is refused, before anything is done.
struct UsageError: Error {
  /// The problem in one sentence, without the command's name.
  let problem: String
  /// The command, once it is known.
  var command: String?

  init(_ problem: String) {
    self.problem = problem
  }

  /// The error in a line of `command`.
  func of(_ command: CommandSpec?) -> UsageError {
    var error = self
    error.command = self.command ?? command?.name
    return error
  }

  /// The lines for standard error, without the program's name: the problem, and where help is found.
  func lines(in place: CommandLineParser.Place) -> [String] {
    let prefix = command.map { "\($0): " } ?? ""
    let help =
      switch (place, command) {
      case (.program, let command?): "smcontrol help \(command)"
      case (.program, nil): "smcontrol --help"
      case (.shell, let command?): "help \(command)"
      case (.shell, nil): "help"
      }
    return [prefix + problem, "see \"\(help)\""]
  }
}

extension NearestWord {
  /// `; did you mean 'WORD'?` for the one of `words` that `word` is short for or nearest to; empty when
  /// there is none.
  static func suggestion(for word: some Collection<UInt8>, in words: [String]) -> String {
    let typed = String(decoding: word, as: UTF8.self)
    let continued =
      typed.utf8.count > 2 ? words.first { $0.lowercased().hasPrefix(typed.lowercased()) } : nil
    return (continued ?? find(typed, in: words)).map { "; did you mean '\($0)'?" } ?? ""
  }
}

extension [String] {
  /// `a`, `a or b`, or `a, b or c`.
  var alternatives: String { joined(with: "or") }

  /// The same with another word before the last.
  func joined(with conjunction: String) -> String {
    guard count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + self[count - 1]
  }
}

extension CommandFailure {
  /// A line that was refused where it was typed.
  init(_ error: UsageError, in place: CommandLineParser.Place) {
    self.init(.usage, error.lines(in: place))
    command = error.command ?? SMControlProgram.name
  }
}
