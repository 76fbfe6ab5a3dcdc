// SPDX-License-Identifier: GPL-3.0-or-later

/// What the shell was told for all its commands: on its own command line, and by `use`, `format` and
/// `timeout` since.
struct ShellOptions {
  var connection: ConnectionOptions
  var display: DisplayOptions
}
