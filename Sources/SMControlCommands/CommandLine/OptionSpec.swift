// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// A word of a command line as the bytes that were given, which need not be UTF-8.
typealias Word = [UInt8]

/// An option or a flag, without the type of its value.
struct OptionSpec: Sendable {
  /// The names with their dashes: the letter, the long name, or both in this order.
  let names: [String]
  /// The name of the value in help, or `nil` for a flag.
  let valueName: String?
  /// The words that can be the value.
  let candidates: Candidates
  /// The sentence about it in help.
  let help: String
  /// The rules of its own.
  let traits: Traits

  /// Rules that hold for some options only.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8

    /// Each one counts, not only the last.
    static let repeated = Traits(rawValue: 1)
    /// The rest of the word after the letter is the value, a `=` included, as for sendmail.
    static let verbatim = Traits(rawValue: 2)
    /// The next word is the value, also one that begins with a dash.
    static let anyWord = Traits(rawValue: 4)
    /// It says which daemon is meant: on a line, one of these stands for all those of the session.
    static let namesDaemon = Traits(rawValue: 8)
    /// It has no value where another option or the end of the line follows.
    static let optionalValue = Traits(rawValue: 16)
  }

  /// A flag.
  init(_ names: String..., help: String) {
    self.names = names
    valueName = nil
    candidates = .free
    self.help = help
    traits = []
  }

  fileprivate init(
    names: [String], valueName: String, candidates: Candidates, help: String, traits: Traits
  ) {
    self.names = names
    self.valueName = valueName
    self.candidates = candidates
    self.help = help
    self.traits = traits
  }

  /// The name for messages, the long one if there is one.
  var name: String { names[names.count - 1] }

  /// Returns whether it is called `name`, dashes included.
  func isCalled(_ name: some Sequence<UInt8>) -> Bool {
    names.contains { $0.utf8.elementsEqual(name) }
  }

  /// `--help`
  static let help = OptionSpec("-h", "--help", help: "Show this help.")
  /// `--version`
  static let version = OptionSpec("-V", "--version", help: "Show the version.")
}

/// No two options of one command have a name in common.
extension OptionSpec: Equatable {
  static func == (left: OptionSpec, right: OptionSpec) -> Bool { left.name == right.name }
}

/// An option with a value of this type.
struct Option<Value: Sendable>: Sendable {
  /// The option for all purposes but the value.
  let spec: OptionSpec
  private let kind: ValueKind<Value>

  /// An option with these names, whose value is called `value` in help.
  init(
    _ names: String..., value: String, _ kind: ValueKind<Value>, help: String,
    _ traits: OptionSpec.Traits = []
  ) {
    self.kind = kind
    spec = OptionSpec(
      names: names, valueName: value, candidates: kind.candidates, help: help, traits: traits)
  }

  /// The value that `word` means.
  ///
  /// `place` names the option or argument that has the value, for the message.
  ///
  /// - Throws: ``UsageError``.
  func value(of word: Word, as place: String? = nil) throws(UsageError) -> Value {
    if let value = kind.parse(word) { return value }
    let words = kind.candidates.words
    let nearest = NearestWord.suggestion(for: word, in: words)
    let expected = kind.expected ?? words.alternatives
    throw UsageError(
      "\(place ?? spec.name) '\(TerminalEscaping.escape(word))': expected \(expected)\(nearest)")
  }
}
