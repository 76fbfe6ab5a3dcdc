// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// `help` in the shell: the daemon's own text, and then our commands.
struct ShellHelp {
  let connection: ConnectionOptions
  let context: CommandContext

  /// Asks the daemon and shows both. Without an answer it says so and shows ours.
  ///
  /// - Returns: what asking the daemon came to.
  func show() async throws(CommandFailure) -> ExitStatus {
    let display = Display(try .parseNone(), context: context)
    do {
      let target = try Target(connection, context: context)
      let client = try target.client()
      let reply = try client.exchange(request: ControlCommand.help.requestBytes)
      context.shell?.record(replyOf: reply.end.peer)
      do {
        try ReplyError.checkEnd(of: reply.bytes)
      } catch {
        throw CommandFailure(error, from: client.path.harmlessText, end: reply.end)
      }
      let announced = AnnouncedCommand.all(in: reply.bytes)
      context.shell?.announced = announced
      try await display.show(
        ClassicText.lines(reply.bytes, endsWithEmptyLine: false) + "\n"
          + overview(announced, style: display.style))
      return .ok
    } catch {
      let failure =
        (error as? CommandFailure) ?? (error as? ControlError).map { CommandFailure($0) }
      guard let failure else { throw CommandFailure(.software, "help: \(error)") }
      guard failure.exitCode != ExitStatus.interrupted.rawValue else { throw failure }
      if let cause = failure.cause { context.shell?.record(cause) }
      context.console.complain(failure.lines)
      try await display.show(
        "The daemon gave no help of its own.\n\n" + overview(nil, style: display.style))
      throw CommandFailure(passingOn: failure.exitCode)
    }
  }

  /// Our commands in groups, a line each.
  ///
  /// - Parameter announced: what the daemon announces, or `nil` when that is not known.
  private func overview(_ announced: [AnnouncedCommand]?, style: TerminalStyle) -> String {
    let groups: [(title: String, commands: [any RunnableCommand.Type])] = [
      ("Look:", SMControl.commands.filter { $0.onlyLooks }),
      ("Act:", SMControl.commands.filter { !$0.onlyLooks }),
      ("This shell:", ShellTree.ownCommands),
    ]
    let isAllAnnounced =
      announced.map { known in
        ControlCommand.allCases.allSatisfy { command in
          known.contains { $0.word == command.rawValue }
        }
      } ?? true
    return groups.map { group in
      let words = WordList(
        group.commands.map {
          Candidate($0.name + Self.mark($0.name, announced), $0.configuration.abstract)
        })
      return group.title + "\n" + words.text(columns: style.width ?? .max, rows: .max, style: style)
    }.joined() + (isAllAnnounced ? "" : "* not announced by the daemon\n") + """

      "help COMMAND" explains one; "?" says what can stand at the cursor.
      A command can be cut short as long as it is clear, but for restart, shutdown and start.

      """
  }

  private static func mark(_ name: String, _ announced: [AnnouncedCommand]?) -> String {
    guard let announced, ControlCommand(rawValue: name) != nil,
      !announced.contains(where: { $0.word == name })
    else { return "" }
    return "*"
  }

  /// The usage in `help` as the shell has it.
  static func withoutProgramName(_ help: String) -> String {
    help.replacing("USAGE: \(SMControl.name) ", with: "USAGE: ")
  }
}

extension DisplayOptions {
  /// Nothing said.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/software``, should the parser want more.
  fileprivate static func parseNone() throws(CommandFailure) -> DisplayOptions {
    do {
      return try DisplayOptions.parse([])
    } catch {
      throw CommandFailure(.software, "help: \(error)")
    }
  }
}
