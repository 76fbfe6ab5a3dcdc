// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// `help` in the shell: the daemon's own text, and then our commands.
struct ShellHelp {
  let connection: ConnectionOptions
  let context: CommandContext

  /// Asks the daemon and shows both.
  ///
  /// - Throws: ``CommandFailure``, which shows our commands, when the daemon gives no help.
  func show(_ output: Output) async throws(CommandFailure) -> ExitStatus {
    let help: Outcome<PlainReply>
    do throws(CommandFailure) {
      let target = try Target(connection, context: context)
      help = try target.plainReply(to: "help", ControlCommand.help.requestBytes)
    } catch {
      var failure = error
      if error.exitCode != ExitStatus.interrupted.rawValue {
        failure.terminal =
          "No help from the daemon.\n\n" + overview(nil, style: output.style)
      }
      throw failure
    }
    let announced = AnnouncedCommand.all(in: help.report.bytes)
    let text = help.report.terminal(output.style) + "\n" + overview(announced, style: output.style)
    return try await output.show(
      Outcome(
        CommandExplanation(command: "help", text: text), status: help.status,
        remarks: help.remarks))
  }

  /// Our commands in groups, a line each.
  ///
  /// - Parameter announced: what the daemon announces, or `nil` when that is not known.
  private func overview(_ announced: [AnnouncedCommand]?, style: TerminalStyle) -> String {
    let commands = CommandTable.commands
    let groups = [
      (title: "Queries:", commands: commands.filter { $0.effect == .readOnly }),
      (title: "Actions:", commands: commands.filter { $0.effect != .readOnly }),
      (title: "Shell:", commands: CommandTable.shellCommands),
    ]
    let wholeNames = commands.filter { $0.effect == .disruptive }.map(\.name)
    let isAllAnnounced =
      announced.map { known in
        ControlCommand.allCases.allSatisfy { command in
          known.contains { $0.word == command.rawValue }
        }
      } ?? true
    return groups.map { group in
      let words = WordList(
        group.commands.map {
          Candidate($0.name + Self.mark($0.name, announced), $0.summary)
        })
      return group.title + "\n" + words.text(columns: style.width ?? .max, rows: .max, style: style)
    }.joined() + (isAllAnnounced ? "" : "* not announced by the daemon\n") + """

      "help COMMAND" explains one; "?" says what can stand at the cursor.
      A command can be cut short as long as it is clear, but for \(wholeNames.joined(with: "and")).

      """
  }

  private static func mark(_ name: String, _ announced: [AnnouncedCommand]?) -> String {
    guard let announced, ControlCommand(rawValue: name) != nil,
      !announced.contains(where: { $0.word == name })
    else { return "" }
    return "*"
  }
}
