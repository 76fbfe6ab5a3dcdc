// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `--wait` and how long.
///
/// For more than a minute by default: so long sendmail sleeps at its start when it finds no qualified name
/// for its host (“My unqualified host name … unknown; sleeping for retry”).
struct WaitOptions: Sendable {
  static let wait = OptionSpec(
    "--wait", help: "Do not rely on the daemon's OK: watch until it is done.")
  static let timeout = Option(
    "--wait-timeout", value: "seconds", .seconds, help: "How long to watch (default: 90).")

  static let all: [OptionSpec] = [wait, timeout.spec]
  static let rule = OptionRule.needs([timeout.spec], oneOf: [wait])

  /// True to wait.
  let wait: Bool
  /// The maximum time of the wait.
  let duration: Duration

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    wait = line[Self.wait]
    duration = try line[Self.timeout] ?? .seconds(90)
  }
}

/// `--yes` and `--force`
enum ConfirmationOption {
  static let forceStart = OptionSpec(
    "--force", help: "Go on although sendmail would not start with its configuration.")
  static let forceRestart = OptionSpec(
    "--force",
    help: "Go on although sendmail would not start again, or two daemons share the socket.")
  static let forceShutdown = OptionSpec(
    "--force", help: "Go on although two daemons share the socket.")
  static let yes = OptionSpec(
    "--yes", help: "Do not ask for confirmation in the shell; nowhere else is one asked.")
}
