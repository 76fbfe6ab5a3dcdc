// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// Many clients and a daemon that is made to go wrong, for a long time.
@main struct Soak: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak",
    abstract: "Let many clients ask a daemon that goes wrong, and check every reply.",
    subcommands: [RunCommand.self, DaemonCommand.self], defaultSubcommand: RunCommand.self)
}
