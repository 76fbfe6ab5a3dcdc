// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import FoundationEssentials

/// The command tree as data, as the argument parser describes it: what Tab and the question mark know.
struct Grammar {
  /// A command.
  struct Command {
    var name: String
    var meaning: String
    var options: [Option]
    var arguments: [Argument]

    /// The option called `name`, such as `--format` or `-C`.
    func option(named name: String) -> Option? {
      options.first { $0.names.contains(name) }
    }
  }

  /// An option or a flag.
  struct Option {
    /// Its names with their dashes, the preferred one first.
    var names: [String]
    var meaning: String
    /// What its value is called, or `nil` for a flag.
    var valueName: String?
    var values: Values
    /// Whether it may be given more than once.
    var isRepeating: Bool
    /// Whether it is one letter, behind which its value may stand without a blank.
    var isJoined: Bool
  }

  /// A word that is no option.
  struct Argument {
    var valueName: String
    var meaning: String
    var values: Values
    var isRepeating: Bool
    /// Whether it only stands behind `--`.
    var isBehindTerminator: Bool
  }

  /// What a value can be.
  enum Values: Equatable {
    /// One of these words.
    case list([String])
    /// The name of a file.
    case file
    /// Anything.
    case free
  }

  /// All commands, in the order in which they are listed.
  let commands: [Command]
  /// The options that may stand before a command.
  let options: [Option]

  /// The grammar of the shell's lines.
  static let shell = Grammar(describing: ShellTree.self)

  init(describing root: any ParsableCommand.Type) {
    let document = try? JSONDecoder().decode(
      Description.self, from: Data(root._dumpHelp().utf8))
    options = (document?.command.arguments ?? []).compactMap { Option($0) }
    commands = (document?.command.subcommands ?? [])
      .filter { $0.commandName != "help" || $0.abstract != Description.builtInHelp }
      .map { Command($0) }
  }

  /// The command called `name`.
  func command(named name: String) -> Command? {
    commands.first { $0.name == name }
  }
}

extension Grammar.Command {
  init(_ description: Grammar.Description.Command) {
    name = description.commandName
    meaning = description.abstract ?? ""
    options = (description.arguments ?? []).compactMap { Grammar.Option($0) }
    arguments = (description.arguments ?? []).compactMap { Grammar.Argument($0) }
  }
}

extension Grammar.Option {
  init?(_ description: Grammar.Description.Argument) {
    guard description.kind != "positional", description.shouldDisplay != false else { return nil }
    let named = description.names ?? []
    names = ([description.preferredName].compactMap { $0 } + named).map(\.text)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    meaning = description.abstract ?? ""
    valueName = description.kind == "flag" ? nil : description.valueName ?? "value"
    values = Grammar.Values(description.completionKind)
    isRepeating = description.isRepeating
    isJoined = valueName != nil && names.allSatisfy { !$0.hasPrefix("--") }
  }
}

extension Grammar.Argument {
  init?(_ description: Grammar.Description.Argument) {
    guard description.kind == "positional", description.shouldDisplay != false else { return nil }
    valueName = description.valueName ?? "value"
    meaning = description.abstract ?? ""
    values = Grammar.Values(description.completionKind)
    isRepeating = description.isRepeating
    isBehindTerminator = description.parsingStrategy == "postTerminator"
  }
}

extension Grammar.Values {
  init(_ kind: Grammar.Description.CompletionKind?) {
    if let values = kind?.list?.values {
      self = .list(values)
    } else if kind?.file != nil {
      self = .file
    } else {
      self = .free
    }
  }
}

extension Grammar {
  /// The part that is used here of what the argument parser says about a tree.
  struct Description: Decodable {
    let command: Command

    /// How the parser describes its own `help`, which is not ours.
    static let builtInHelp = "Show subcommand help information."

    struct Command: Decodable {
      let commandName: String
      let abstract: String?
      let subcommands: [Command]?
      let arguments: [Argument]?
    }

    struct Argument: Decodable {
      let kind: String
      let shouldDisplay: Bool?
      let isRepeating: Bool
      let parsingStrategy: String?
      let names: [Name]?
      let preferredName: Name?
      let valueName: String?
      let completionKind: CompletionKind?
      let abstract: String?
    }

    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    struct CompletionKind: Decodable {
      let list: List?
      let file: File?

      struct List: Decodable { let values: [String] }
      struct File: Decodable {}
    }
  }
}
