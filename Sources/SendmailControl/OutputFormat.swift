// SPDX-License-Identifier: Apache-2.0

/// The forms in which a result can be shown.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// The wording of smcontrol.pl, line for line, for scripts that were written for it.
  case classic
  /// For reading.
  case terminal
  /// One JSON object a reply.
  case json
  /// The daemon's bytes.
  case raw
  /// The text of a monitoring plugin, for Icinga, Nagios and NRPE.
  case nagios
  /// The line of a local check of Checkmk.
  case checkmk
  /// Prometheus's text format 0.0.4.
  case prometheus
  /// OpenMetrics 1.0.
  case openmetrics

  /// The formats of a reply of the daemon.
  package static let ofReply: [OutputFormat] = [.classic, .terminal, .json, .raw]

  /// True if it is for a monitoring system.
  package var isForMonitoring: Bool { !Self.ofReply.contains(self) }
}
