// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `--query`
enum QueryOption {
  static let query = OptionSpec(
    "--query",
    help: "Query the daemon even when that makes it refuse SMTP connections for 15 seconds.")
}
