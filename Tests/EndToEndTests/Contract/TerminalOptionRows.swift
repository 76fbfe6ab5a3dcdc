// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlDaemon
import SystemPackage
import TestSupport

@testable import SMControlCommands

/// Options that have an effect on a terminal only.
enum TerminalOptionRows {
  static var all: [ContractRow] {
    CommandTable.commands.map(\.name).flatMap { command in
      let names = OptionCase.onTerminal.filter { ListedOptions.names(of: $0, of: command) != nil }
      return names.map { name in
        ContractRow("\(command)/\(name)") {
          switch name {
          case "--yes": try await yes(command)
          default: try await noPager(command)
          }
        }
      }
    }
  }

  /// The shell asks before it sends what stops the daemon, unless `--yes` is given.
  private static func yes(_ command: String) async throws -> [String] {
    let place = try ContractPlace()
    return try await place.withDaemon { daemon in
      try await ShellRun.run(
        ["-C", place.configurationFile.string], home: place.directory,
        environment: ["SMCONTROL_HISTFILE": ""]
      ) { terminal in
        let line = command == "send" ? "send restart" : command
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.enter(line)
        try await terminal.waitForLine(last: "[y/N] ")
        try await terminal.enter("n")
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.enter("\(line) --yes")
        let isActing = { @Sendable (request: ControlDaemon.Request) in
          ["restart", "shutdown"].contains(String(decoding: request.word, as: UTF8.self))
        }
        guard await daemon.requests.first(where: isActing) != nil else {
          return ["expected \(line) --yes to be sent without a question"]
        }
        return []
      }
    }
  }

  /// Output that is longer than the screen goes to a pager, unless `--no-pager` is given, on the
  /// line or before all lines.
  private static func noPager(_ command: String) async throws -> [String] {
    var violations = Violations()
    for (words, isPaged) in [
      ([command], true), ([command, "--no-pager"], false), (["--no-pager", "-e", command], false),
      (["-e", command], true),
    ] {
      let place = try ContractPlace()
      let takesFile = ListedOptions.names(of: "-C", of: command) != nil
      let file = takesFile ? ["-C", place.configurationFile.string] : []
      let run = try await place.withDaemon { _ in
        try await TerminalRun.run(
          file + words, rows: 2,
          environment: [
            "SMCONTROL_PAGER": "sh -c 'cat >/dev/null; echo paged >\(place.directory["paged"])'",
            "SMCONTROL_HISTFILE": "",
          ])
      }
      violations.require(
        (place.text("paged") != nil) == isPaged,
        "\(words): expected \(isPaged ? "a" : "no") pager: \(run.output.debugDescription)")
    }
    return violations.list
  }
}
