// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// The options of `audit`.
struct AuditOptions: ParsableArguments {
  @Flag(help: "Audit submit.cf beside the configuration file, too.")
  var all = false

  @Option(
    name: .customLong("explain"),
    help: ArgumentHelp("Explain a rule and exit.", valueName: "rule"),
    completion: .list(AuditRule.words))
  private var explainWord: String?

  /// The rule to explain, if one is named.
  var explained: AuditRule? { explainWord.flatMap(AuditRule.init(word:)) }

  func validate() throws {
    guard let explainWord, AuditRule(word: explainWord) == nil else { return }
    let nearest = AuditRule.nearest(to: explainWord).name
    throw ValidationError(
      "no rule is called '\(HarmlessText.make(explainWord.utf8))'; the nearest is '\(nearest)'")
  }
}

extension AuditRule: OptionWord {
  static var words: [String] { all.map(\.name) }

  init?(word: String) {
    self.init(name: word)
  }
}
