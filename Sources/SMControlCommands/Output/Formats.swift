// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The formats that a command has. Another one is a usage error, never replaced in silence.
struct Formats: Sendable {
  /// The formats.
  let list: [OutputFormat]
  /// The format when none is asked for; `nil` for terminal on a terminal, else classic.
  var standard: OutputFormat?
  /// The reason for having no other format, with that as the subject.
  var reason = ""

  /// Those of the daemon's reply: all.
  static let reply = Formats(list: OutputFormat.ofReply)

  /// Those of what smcontrol finds out itself.
  static let finding = Formats(
    list: [.classic, .terminal, .json], reason: "shows a reply of the daemon, and this is none")

  /// The same, for a text that has no form for scripts but JSON.
  static let reading = Formats(list: finding.list, standard: .terminal, reason: finding.reason)

  /// Those of a monitoring plugin.
  static let plugin = Formats(
    list: [.nagios, .checkmk, .json], standard: .nagios,
    reason: "is no format of a monitoring plugin")

  /// Those of metrics.
  static let metrics = Formats(
    list: [.prometheus, .openmetrics, .json], standard: .prometheus,
    reason: "is no format of metrics")

  /// That of a text file for the node exporter.
  static let textFile = Formats(
    list: [.prometheus], standard: .prometheus,
    reason: "is not read by the node exporter's textfile collector")
}
