// SPDX-License-Identifier: Apache-2.0

/// Two daemons that share the path of a control socket. The one that was started last has removed the
/// socket of the other, which runs on without it.
package struct RivalDaemons: Sendable, Equatable {
  /// The path that they share.
  package let socket: [UInt8]
  /// The process that listens there.
  package let listener: Int32
  /// The PID file of the configuration.
  package let pidFile: [UInt8]
  /// The process that holds its lock.
  package let holder: Int32

  /// The fact as a sentence, without a prefix.
  package var text: String {
    """
    two daemons share \(TerminalEscaping.escape(socket)): process \(listener) listens there, and \
    process \(holder) holds the PID file \(TerminalEscaping.escape(pidFile))
    """
  }
}
