// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// What `audit` looks at.
struct AuditOptions: ParsableArguments {
  @Flag(help: "Audit submit.cf beside the configuration file, too.")
  var all = false

  @Option(
    name: .customLong("explain"),
    help: ArgumentHelp("Explain a rule, and look at nothing.", valueName: "rule"),
    completion: .list(AuditRule.words))
  private var explainWord: String?

  /// The rule to explain, if one is to be.
  var explained: AuditRule? { explainWord.flatMap(AuditRule.init(word:)) }

  func validate() throws {
    guard let explainWord, AuditRule(word: explainWord) == nil else { return }
    let nearest = AuditRule.nearest(to: explainWord).rawValue
    throw ValidationError(
      "no rule is called '\(HarmlessText.make(explainWord.utf8))'; the nearest is '\(nearest)'")
  }
}

extension AuditRule: OptionWord {
  static var words: [String] { allCases.map(\.rawValue) }

  init?(word: String) {
    self.init(name: word)
  }
}
