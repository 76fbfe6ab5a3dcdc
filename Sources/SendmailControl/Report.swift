// SPDX-License-Identifier: Apache-2.0

/// The result of a command, as a value that becomes text in each output format.
package protocol Report: Sendable {
  /// The value that is encoded in JSON.
  associatedtype Document: Encodable & Sendable

  /// The text for scripts: the wording of smcontrol.pl where it has one.
  var classic: String { get }

  /// Returns the text for a reader at a place that can show `style`.
  func terminal(_ style: TerminalStyle) -> String

  /// The text of a monitoring plugin; empty for a report that is for none.
  var nagios: String { get }

  /// The line of a local check of Checkmk; empty for a report that is for none.
  var checkmk: String { get }

  /// The metrics in Prometheus's text format; empty for a report without any.
  var prometheus: String { get }

  /// The metrics in the format OpenMetrics; empty for a report without any.
  var openMetrics: String { get }

  /// The value that is encoded in JSON; its `schema` member names its form.
  var document: Document { get }

  /// The text of ``document``.
  ///
  /// - Throws: `EncodingError`, for a value that JSON cannot hold.
  var json: String { get throws }
}

extension Report {
  /// Returns the classic text, for a report that has no other text for reading.
  package func terminal(_ style: TerminalStyle) -> String { classic }

  package var nagios: String { "" }
  package var checkmk: String { "" }
  package var prometheus: String { "" }
  package var openMetrics: String { "" }

  /// The text of ``document``.
  package var json: String { get throws { try JSONText.make(document) } }
}

/// The report of a reply, which can also be shown as it was received.
package protocol RawReport: Report {
  /// The bytes of the reply.
  var bytes: [UInt8] { get }
}
