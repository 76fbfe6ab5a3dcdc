// SPDX-License-Identifier: GPL-3.0-or-later

/// A word that can stand somewhere: what it is in the line, what is shown for it, and what it means.
struct Proposal {
  /// The whole word, as it is to stand in the line.
  var text: String
  /// What is listed for it.
  var label: String
  /// What it means, in one line; empty when there is nothing to say.
  var meaning: String
  /// Whether nothing more can follow in the word.
  var isWhole = true

  init(_ text: String, label: String? = nil, _ meaning: String = "", isWhole: Bool = true) {
    self.text = text
    self.label = label ?? text
    self.meaning = meaning
    self.isWhole = isWhole
  }
}
