// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// The words of a command line, on their way into the command tree.
struct Arguments {
  private let words: [String]

  /// The words behind the program's name.
  init(_ words: [String]) {
    self.words = Self.separateOptionValues(words)
  }

  /// The command, when its name comes first and the other words are right; `nil` does not say what
  /// is wrong.
  ///
  /// A command by itself is parsed in two thirds of the time that the whole tree takes, and parsing
  /// is most of the time that smcontrol takes.
  func parseByName() -> (any ControlSubcommand)? {
    guard let name = words.first, let command = SMControl.command(named: name) else { return nil }
    return command.parseAlone(Array(words.dropFirst()))
  }

  /// The command that the words spell, by the whole tree.
  ///
  /// - Throws: what the command tree throws for words that spell none, and for `--help`.
  func parse() throws -> any ParsableCommand {
    do {
      return try SMControl.parseAsRoot(words)
    } catch {
      // smcontrol.pl takes its commands in any case. Which of the words is the command is only
      // known to the tree, so each one that could be is tried.
      for index in words.indices where isCommandInOtherCase(words[index]) {
        var words = words
        words[index] = words[index].lowercased()
        if let command = try? SMControl.parseAsRoot(words) { return command }
      }
      throw error
    }
  }

  /// The command that the words spell, by the tree below `root`; where that is a command, its name comes
  /// first.
  ///
  /// - Throws: what the command tree throws for words that spell none, and for `--help`.
  func parse(as root: any ParsableCommand.Type) throws -> any ParsableCommand {
    try root.parseAsRoot(root is ShellTree.Type ? words : Array(words.dropFirst()))
  }

  /// The format that the words ask for, as far as they can be understood.
  var format: OutputFormat? {
    let options = words.prefix { $0 != "--" }
    var format: OutputFormat?
    for (index, word) in options.enumerated() where word.hasPrefix("--format") {
      let value =
        word == "--format" ? options.dropFirst(index + 1).first : String(word.dropFirst(9))
      format = value.flatMap(OutputFormat.init(rawValue:)) ?? format
    }
    return format
  }

  /// The name of the command among the words, if there is one.
  var commandName: String? {
    words.lazy.compactMap { SMControl.command(named: $0)?.name }.first
  }

  /// The first of `options` among the words, as far as words can be options.
  func first(of options: [String]) -> String? {
    words.prefix { $0 != "--" }.first { word in
      options.contains(String(word.prefix { $0 != "=" }))
    }
  }

  private func isCommandInOtherCase(_ word: String) -> Bool {
    word != word.lowercased() && SMControl.command(named: word) != nil
  }

  /// `-Oname=value` as sendmail takes it, in two words: the command tree would take the `=` for one
  /// between an option of several letters and its value.
  private static func separateOptionValues(_ words: [String]) -> [String] {
    let end = words.firstIndex(of: "--") ?? words.endIndex
    return words[..<end].flatMap { word in
      let isJoined = (word.hasPrefix("-O") || word.hasPrefix("-o")) && word.utf8.count > 2
      return isJoined ? [String(word.prefix(2)), String(word.dropFirst(2))] : [word]
    } + words[end...]
  }
}

extension ControlSubcommand {
  /// The command with these options; `nil` for words that it does not take.
  fileprivate static func parseAlone(_ words: [String]) -> (any ControlSubcommand)? {
    (try? parseAsRoot(words)) as? Self
  }
}
