// SPDX-License-Identifier: Apache-2.0

/// The facts about the daemon's process id that are not in the reply.
///
/// The order of the process list says nothing: a queue runner or a child in a reused slot may stand
/// before the daemon.
public struct DaemonIdentity: Sendable, Equatable {
  /// The process that listens, as the kernel says (`SO_PEERCRED`); `nil` when it cannot tell, as
  /// across process id namespaces.
  package var listener: Int32?
  /// The first line of the PID file.
  package var pidFile: Int32?

  /// The facts that are known; nothing by default.
  package init(listener: Int32? = nil, pidFile: Int32? = nil) {
    self.listener = listener
    self.pidFile = pidFile
  }

  /// The evidence for the daemon's line.
  @nonexhaustive public enum Evidence: String, Sendable {
    /// The kernel names the process that listens on the socket.
    case peerCredentials = "peer-credentials"
    /// The PID file names it.
    case pidFile = "pid-file"
    /// Its words are ones that sendmail uses for its daemon only.
    case text
  }

  /// The daemon's place in `processes` and what tells, or `nil` when nothing does.
  package func find(in processes: [ProcessEntry]) -> (index: Int, evidence: Evidence)? {
    if let index = index(of: listener, in: processes) { return (index, .peerCredentials) }
    if let index = index(of: pidFile, in: processes) { return (index, .pidFile) }
    let candidates = processes.indices.filter {
      DaemonCondition(title: processes[$0].text) != .unknown
    }
    guard candidates.count == 1, let only = candidates.first else { return nil }
    return (only, .text)
  }

  private func index(of pid: Int32?, in processes: [ProcessEntry]) -> Int? {
    guard let pid else { return nil }
    return processes.firstIndex { $0.pid == pid }
  }
}
