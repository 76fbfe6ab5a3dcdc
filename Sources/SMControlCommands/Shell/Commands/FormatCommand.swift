// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl

/// `format [NAME]`
struct FormatCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format", _superCommandName: SMControl.name,
    abstract: "Choose how replies are printed from now on.",
    discussion: """
      Without a name it says which format is in force. "auto" is what each command takes by itself: \
      terminal on a terminal, else classic.
      """)

  static let example = "format json"

  /// What the commands choose by themselves.
  private static let automatic = "auto"

  @Argument(
    help: ArgumentHelp("The format.\(OutputFormat.listed), or auto.", valueName: "format"),
    completion: .list(OutputFormat.words + [automatic]))
  var name: String?

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    guard let shell = context.shell else { return .ok }
    if let name {
      shell.setFormat(name == Self.automatic ? nil : name)
    } else {
      let format = shell.options.connection.format?.rawValue ?? Self.automatic
      try context.console.write(format + "\n")
    }
    return .ok
  }

  func validate() throws {
    if name != Self.automatic { try OutputFormat.check(name, option: "<format>") }
  }
}
