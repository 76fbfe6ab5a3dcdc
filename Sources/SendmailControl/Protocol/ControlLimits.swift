// SPDX-License-Identifier: Apache-2.0

/// The limits of the control socket that both ends share, as sendmail 8.17 on Linux has them.
package enum ControlLimits {
  /// The longest socket path, in bytes: `sun_path` holds 108 with the NUL, and sendmail refuses 108.
  package static let longestSocketPath = 107

  /// The most bytes of a request that the daemon reads, its line feed included. What comes after
  /// stays unread and turns the end of the connection into a reset.
  package static let longestRequest = 2047

  /// The most bytes of an unknown command that the daemon echoes in `Bad command (…)`.
  package static let longestEcho = 2046

  /// The daemon's `listen` backlog. On Linux one connection more than this waits.
  package static let listenBacklog = 8

  /// `Timeout.control` when sendmail.cf does not set it, in seconds.
  package static let defaultControlTimeout = 120

  /// The largest reply that is held in memory, in bytes; only `memdump` is streamed past it.
  package static let longestHeldReply = 64 * 1024 * 1024
}
