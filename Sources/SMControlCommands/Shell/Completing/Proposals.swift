// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// Finds the words that can stand at the cursor.
struct Proposals {
  let grammar: Grammar
  /// The addresses of the peers in the last status.
  let peers: [String]
  /// Returns the commands that the daemon announces in its help; called when they are needed.
  let announced: () -> [AnnouncedCommand]

  /// The words that can stand at the end of `line` and begin as it does.
  func find(for line: TypedLine) -> [Candidate] {
    switch line.place {
    case .nothing: []
    case .command: commands(beginningWith: line.word)
    case .outputFile, .programArgument: files(beginningWith: line.word)
    case .program: programs(beginningWith: line.word)
    case .value(let option, let prefix):
      values(of: option, beginningWith: String(line.word.dropFirst(prefix.count)))
        .map { Candidate(prefix + $0.text, label: $0.label, $0.meaning, isWhole: $0.isWhole) }
    case .word(let command, let argument, let options):
      words(of: command, argument, options, beginningWith: line.word)
    }
  }

  private func commands(beginningWith typed: String) -> [Candidate] {
    grammar.commands.filter { $0.name.hasPrefix(typed.lowercased()) }
      .map { Candidate($0.name, $0.meaning) }
  }

  private func words(
    of command: Grammar.Command, _ argument: Grammar.Argument?, _ options: [Grammar.Option],
    beginningWith typed: String
  ) -> [Candidate] {
    let shown = options.filter { option in option.names.contains { $0.hasPrefix(typed) } }
      .map { Candidate(name(of: $0, beginningWith: typed), $0.meaning) }
    if typed.hasPrefix("-") { return shown }
    guard let argument else { return typed.isEmpty ? shown : [] }
    return values(of: argument, in: command, beginningWith: typed)
  }

  /// The name that is proposed for `option`: the long one, unless another was begun.
  private func name(of option: Grammar.Option, beginningWith typed: String) -> String {
    let fitting = option.names.filter { $0.hasPrefix(typed) }
    return fitting.first { $0.hasPrefix("--") } ?? fitting.first ?? option.names[0]
  }

  private func values(
    of argument: Grammar.Argument, in command: Grammar.Command, beginningWith typed: String
  ) -> [Candidate] {
    switch (command.name, argument.valueName) {
    case (HelpCommand.name, _):
      return commands(beginningWith: typed)
    case (SendCommand.name, "word"):
      return announced().filter { $0.word.hasPrefix(typed) }.map { Candidate($0.word, $0.meaning) }
    case (UseCommand.name, _):
      return files(beginningWith: typed) { $0 == .socket }
    default:
      return values(argument.values, beginningWith: typed)
    }
  }

  private func values(
    of option: Grammar.Option, beginningWith typed: String
  ) -> [Candidate] {
    if option.names.contains("--peer") {
      return peers.filter { $0.hasPrefix(typed) }.map { Candidate($0) }
    }
    if option.names.contains("--socket") {
      return files(beginningWith: typed) { $0 == .socket }
    }
    return values(option.values, beginningWith: typed)
  }

  private func values(_ values: Grammar.Values, beginningWith typed: String) -> [Candidate] {
    switch values {
    case .list(let words): words.filter { $0.hasPrefix(typed) }.map { Candidate($0) }
    case .file: files(beginningWith: typed)
    case .free: []
    }
  }

  /// The names of files, those in the directory that `typed` names.
  private func files(
    beginningWith typed: String, where isWanted: (DirectoryListing.Kind) -> Bool = { _ in true }
  ) -> [Candidate] {
    let slash = typed.lastIndex(of: "/")
    let directory = slash.map { String(typed[...$0]) } ?? ""
    let beginning = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    return DirectoryListing.entries(of: FilePath(directory.isEmpty ? "." : directory))
      .filter { $0.name.hasPrefix(beginning) && (!$0.name.hasPrefix(".") || !beginning.isEmpty) }
      .filter { $0.kind == .directory || isWanted($0.kind) }
      // A name that a terminal would obey is not for the command line.
      .filter { HarmlessText.make($0.name.utf8) == $0.name }
      .map { entry in
        let isDirectory = entry.kind == .directory
        let name = entry.name + (isDirectory ? "/" : "")
        return Candidate(directory + name, label: name, isWhole: !isDirectory)
      }
  }

  private func programs(beginningWith typed: String) -> [Candidate] {
    guard !typed.contains("/") else { return files(beginningWith: typed) }
    // Every program there is would be no help.
    guard !typed.isEmpty else { return [] }
    return DirectoryListing.programs().filter { $0.hasPrefix(typed) }
      .filter { HarmlessText.make($0.utf8) == $0 }
      .map { Candidate($0) }
  }
}
