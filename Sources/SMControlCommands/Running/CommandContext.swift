// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient

/// What a command runs in: where its output goes, what ends it early, what its environment says.
struct CommandContext: Sendable {
  let console: Console
  let interruption: Interruption
  let environment: Environment
}
