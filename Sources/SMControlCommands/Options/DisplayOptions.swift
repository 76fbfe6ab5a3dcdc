// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// How text for reading is shown. Like the options of every command they may stand before the
/// command, where one that shows nothing of the kind passes over them.
struct DisplayOptions: ParsableArguments {
  @Option(
    name: .customLong("color"),
    help: ArgumentHelp(
      "Whether to use colours (default: auto).\(ColourChoice.listed)", valueName: "when"),
    completion: .list(ColourChoice.words))
  private var colourWord: String?

  /// Whether to use colours, if that is said.
  var colour: ColourChoice? { colourWord.flatMap(ColourChoice.init(word:)) }

  @Flag(help: "Do not show long output through a pager.")
  var noPager = false

  /// Takes over what `defaults` say and these options do not.
  mutating func adopt(_ defaults: DisplayOptions) {
    colourWord = colourWord ?? defaults.colourWord
    noPager = noPager || defaults.noPager
  }

  func validate() throws {
    try ColourChoice.check(colourWord, option: "--color <when>")
  }
}

extension ColourChoice: OptionWord {}
