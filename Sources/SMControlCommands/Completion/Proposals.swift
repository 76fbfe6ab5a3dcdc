// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The words that can stand at the cursor. Nothing is connected to, read or written to find them.
struct Proposals {
  /// The place where the line is typed.
  let place: CommandLineParser.Place
  /// The addresses of the peers that are known.
  var peers: [String] = []

  /// A proposal.
  enum Proposal {
    /// These words.
    case words([Candidate])
    /// The names of files of this kind, which follow so much of the same word.
    case files(Candidates, prefix: String)
    /// The names of programs.
    case programs
  }

  /// The proposal for the word at the cursor.
  func proposal(at cursor: CursorPlace) -> Proposal {
    let typed = cursor.word
    return switch cursor.expected {
    case .nothing: .words([])
    case .command: .words(commands(typed))
    case .outputFile, .programArgument: .files(.file, prefix: "")
    case .program: .programs
    case .value(_, let candidates, let prefix):
      values(candidates, prefix, String(typed.dropFirst(prefix.count)))
    case .word(let argument, let options):
      word(argument, options, typed)
    }
  }

  private func commands(_ typed: String) -> [Candidate] {
    CommandTable.commands(in: place).filter { $0.name.hasPrefix(typed.lowercased()) }
      .map { Candidate($0.name, $0.summary) }
  }

  private func word(
    _ argument: ArgumentSpec?, _ options: [OptionSpec], _ typed: String
  ) -> Proposal {
    if let argument, !typed.hasPrefix("-") {
      let found = values(argument.candidates, "", typed)
      if case .words(let words) = found, words.isEmpty, typed.isEmpty, argument.isOptional {
        return .words(options.map { Candidate($0.name, $0.help) })
      }
      return found
    }
    guard typed.isEmpty || typed.hasPrefix("-") else { return .words([]) }
    return .words(
      options.compactMap { option in
        // The long name, unless the letter was typed.
        let name = option.names.last { $0.hasPrefix(typed) }
        return name.map { Candidate($0, option.help) }
      })
  }

  private func values(_ candidates: Candidates, _ prefix: String, _ typed: String) -> Proposal {
    func matching(_ words: [String]) -> Proposal {
      .words(words.filter { $0.hasPrefix(typed) }.map { Candidate(prefix + $0, label: $0) })
    }
    return switch candidates {
    case .words, .names: matching(candidates.words)
    case .peer: matching(peers)
    case .command: .words(commands(typed))
    case .file, .socket, .configurationFile: .files(candidates, prefix: prefix)
    case .free: .words([])
    }
  }
}
