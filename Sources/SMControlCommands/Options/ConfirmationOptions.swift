// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// `--yes`
struct ConfirmationOptions: ParsableArguments {
  @Flag(help: "Do not ask in the shell whether it is meant; nowhere else is one asked.")
  var yes = false
}
