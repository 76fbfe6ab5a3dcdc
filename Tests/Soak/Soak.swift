// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// Many clients and a daemon with injected faults, for a long time.
@main struct Soak: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak",
    abstract: "Query a daemon with injected faults by many clients, and check every reply.",
    subcommands: [RunCommand.self, SoakDaemonCommand.self], defaultSubcommand: RunCommand.self)
}
