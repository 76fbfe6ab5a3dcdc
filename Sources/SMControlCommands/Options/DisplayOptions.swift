// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
public import SendmailControl

/// How text for reading is shown. Like the options of every command they may stand before the
/// command, where one that shows nothing of the kind passes over them.
struct DisplayOptions: ParsableArguments {
  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("Whether to use colours (default: auto).", valueName: "when"))
  var colour: ColourChoice?

  @Flag(help: "Do not show long output through a pager.")
  var noPager = false
}

extension ColourChoice: ExpressibleByArgument {}
