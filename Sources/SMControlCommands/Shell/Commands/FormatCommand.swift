// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `format [NAME]`
struct FormatCommand: Command {
  /// The name; `nil` to show which format is in force.
  let name: Word?

  /// The name of what the commands choose by themselves.
  static let automatic = "auto"

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    guard let name else {
      try context.console.write((shell.connection.format?.rawValue ?? Self.automatic) + "\n")
      return .ok
    }
    let isAutomatic = name.elementsEqual(Self.automatic.utf8)
    do {
      try shell.set(ConnectionOptions.format.spec, to: isAutomatic ? nil : name)
    } catch {
      throw CommandFailure(error, in: .shell)
    }
    return .ok
  }
}

extension CommandSpec {
  static let format = CommandSpec(
    name: "format", summary: "Set the output format for this session.",
    discussion: """
      Without a name it says which format is in force. "auto" is what each command takes by itself: \
      terminal on a terminal, else classic.
      """,
    example: "format json",
    arguments: [
      ArgumentSpec(
        name: "format", help: "The format, or auto.",
        candidates: .words(
          OutputFormat.ofReply.map(\.rawValue) + [FormatCommand.automatic]),
        isOptional: true)
    ]
  ) { line throws(UsageError) in
    let name = line.arguments.first
    if let name, !name.elementsEqual(FormatCommand.automatic.utf8) {
      _ = try ConnectionOptions.format.value(of: name, as: "the format")
    }
    return FormatCommand(name: name)
  }
}
