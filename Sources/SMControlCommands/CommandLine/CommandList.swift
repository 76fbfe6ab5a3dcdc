// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The commands in groups, a line each, and where more help is: no more than fits on a screen.
struct CommandList {
  /// The place where commands are typed.
  let place: CommandLineParser.Place

  /// The list for a place that can show `style`.
  func text(_ style: TerminalStyle) -> String {
    let commands = CommandTable.commands
    let queries = commands.filter { $0.effect == .readOnly }
    let actions = commands.filter { $0.effect != .readOnly }
    // With a title for each, the list of the shell and its prompt would not fit on a screen.
    let groups: [(title: String, commands: [CommandSpec])] =
      place == .shell
      ? [("", queries + actions), ("Shell:\n", CommandTable.shellCommands)]
      : [("Queries:\n", queries), ("Actions:\n", actions)]
    let names = groups.flatMap(\.commands).map(\.name.utf8.count).max() ?? 0
    let lists = groups.map { group in
      let words = WordList(
        group.commands.map {
          // One column for all groups.
          Candidate($0.name, label: DisplayWidth.padded($0.name, to: names), $0.summary)
        })
      return group.title + words.text(columns: style.width ?? .max, rows: .max, style: style)
    }
    return lists.joined() + style.paragraph(hint)
  }

  private var hint: String {
    place == .shell
      ? "\"help COMMAND\" explains a command, \"help --daemon\" is the daemon's own help."
      : "\"smcontrol help COMMAND\" explains a command, \"smcontrol --help\" lists options."
  }
}
