// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// Help about commands, in lines of a given width.
struct HelpText {
  /// The place that it is for.
  let place: CommandLineParser.Place
  /// The number of columns.
  let width: Int

  /// Help in 80 columns, or in fewer where a terminal is narrower.
  init(_ place: CommandLineParser.Place, in context: CommandContext) {
    self.init(place: place, width: max(40, min(80, Display.style(of: context).width ?? 80)))
  }

  /// Help in lines of at most `width - 1` columns.
  init(place: CommandLineParser.Place, width: Int = 80) {
    self.place = place
    self.width = width
  }

  /// The last column at which descriptions may begin.
  private static let lastColumn = 26

  /// Help about `command`: its own options first, then the common ones.
  func text(of command: CommandSpec) -> String {
    let isCommon = SessionOptions.all.contains
    return blocks([
      "Usage: \(usage(of: command))\n",
      wrap(command.summary),
      wrap(command.discussion),
      list("Arguments:", command.arguments.map { ($0.name, $0.help) }),
      list("Options:", command.options.filter { !isCommon($0) }.map { entry($0, command) }),
      list(
        "Common options:",
        (command.options.filter(isCommon) + [.help]).map { entry($0, command) }),
      "Example:\n  \(program)\(command.example)\n",
    ])
  }

  /// Help about smcontrol itself.
  var overview: String {
    blocks([
      "Usage: smcontrol [OPTION...] COMMAND [OPTION...] [ARGUMENT...]\n"
        + "       smcontrol [OPTION...]\n",
      wrap("Query and control the sendmail daemon through its control socket."),
      wrap(
        """
        Without a command it is a shell, where the same commands are typed; its standard input may \
        be a file of them. Options may stand before or after the command. The socket is the one \
        that -f names, else SMCONTROL_SOCKET, else ControlSocketName in the configuration file.
        """),
      list("Commands:", CommandTable.commands.map { ($0.name, $0.summary) }),
      list("Options:", (SessionOptions.all + [.help, .version]).map { entry($0) }),
      list("Options of the shell:", ShellOptions.all.map { entry($0) }),
      wrap("\"smcontrol help COMMAND\" explains a command and lists its options."),
    ])
  }

  private var program: String { place == .program ? "smcontrol " : "" }

  private func usage(of command: CommandSpec) -> String {
    var parts = [program + command.name]
    if !command.options.isEmpty { parts.append("[OPTION...]") }
    for argument in command.arguments {
      let name = Self.shown(argument.name) + (argument.isRepeated ? "..." : "")
      let terminated = argument.followsTerminator ? "-- \(name)" : name
      parts.append(argument.isOptional ? "[\(terminated)]" : terminated)
    }
    return parts.joined(separator: " ")
  }

  /// A name as it stands for a value: in capitals, unless it lists the values itself.
  private static func shown(_ name: String) -> String {
    name.contains("|") ? name : name.uppercased()
  }

  private func entry(
    _ option: OptionSpec, _ command: CommandSpec? = nil
  ) -> (name: String, text: String) {
    let isLongOnly = option.names.count == 1 && option.name.hasPrefix("--")
    let isOptional = option.traits.contains(.optionalValue)
    let value =
      option.valueName.map { isOptional ? " [\(Self.shown($0))]" : " \(Self.shown($0))" } ?? ""
    return (
      (isLongOnly ? "    " : "") + option.names.joined(separator: ", ") + value,
      option.meaning(in: command)
    )
  }

  // MARK: Layout

  private func blocks(_ blocks: [String]) -> String {
    blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func list(_ title: String, _ entries: [(name: String, text: String)]) -> String {
    guard let longest = entries.map({ $0.name.utf8.count }).max() else { return "" }
    let column = min(longest + 4, Self.lastColumn)
    return entries.reduce(title + "\n") { text, entry in
      let start = "  " + entry.name
      let gap = column - start.utf8.count
      let body = wrap(entry.text, indent: column)
      // A name that is too long has a line of its own.
      return text + start + (gap >= 2 ? String(body.dropFirst(column - gap)) : "\n" + body)
    }
  }

  /// `text` in lines that begin with `indent` blanks.
  private func wrap(_ text: String, indent: Int = 0) -> String {
    guard !text.isEmpty else { return "" }
    let margin = String(repeating: " ", count: indent)
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if indent + line.utf8.count + 1 + word.utf8.count < width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { margin + $0 + "\n" }.joined()
  }
}

extension OptionSpec {
  /// The sentence about it, with the words there are for its value where these are few.
  func meaning(in command: CommandSpec?) -> String {
    let words = (command?.candidates(for: self) ?? candidates).words
    guard (1...8).contains(words.count), valueName?.contains("|") != true else { return help }
    return help.dropLast() + ": " + words.alternatives + "."
  }
}
