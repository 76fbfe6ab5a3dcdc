// SPDX-License-Identifier: Apache-2.0

/// The forms in which a reply can be shown.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// The wording of smcontrol.pl, line for line, for scripts that were written for it.
  case classic
  /// For reading.
  case terminal
  /// One JSON object a reply.
  case json
  /// The daemon's bytes.
  case raw
}
