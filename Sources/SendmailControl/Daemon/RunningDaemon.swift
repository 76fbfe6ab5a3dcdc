// SPDX-License-Identifier: Apache-2.0

/// The facts that tell what a running daemon really uses, beside what its configuration file says.
package struct RunningDaemon: Sendable, Equatable {
  /// The ports of its configuration, in order; empty when they were not asked for.
  package var ports: [PortObservation]
  /// The files that it read, and whether they changed; `nil` when that was not asked for.
  package var configurationAge: ConfigurationAge?

  /// The command line that it was started with; `nil` when it is not known.
  package var commandLine: DaemonCommandLine?
  /// The base queue directory compared with its working directory; `nil` when that was not asked for.
  package var workingDirectory: WorkingDirectory?
  /// The process that runs its queue; `nil` when it is not known.
  package var queueRuns: QueueRuns?
  /// The names of the queue groups that no queue run delivers (`R=0`).
  package var idleGroups: [[UInt8]] = []

  /// A daemon of which this is known.
  package init(
    ports: [PortObservation] = [], configurationAge: ConfigurationAge? = nil,
    commandLine: DaemonCommandLine? = nil, workingDirectory: WorkingDirectory? = nil,
    queueRuns: QueueRuns? = nil
  ) {
    self.ports = ports
    self.configurationAge = configurationAge
    self.commandLine = commandLine
    self.workingDirectory = workingDirectory
    self.queueRuns = queueRuns
  }

  /// The queue groups that no queue run delivers, a sentence each without a prefix.
  var idleGroupTexts: [String] {
    idleGroups.map {
      """
      the queue group \(TerminalEscaping.escape($0)) has no runners (R=0): no queue run delivers its mail
      """
    }
  }

  /// The fact that no process runs the queue, as a sentence; `nil` where that is not so.
  var idleQueueText: String? {
    if case .none? = queueRuns { queueRuns?.text } else { nil }
  }

  /// The facts that an administrator should know, a sentence each, without a prefix.
  ///
  /// `condition` is the daemon's state: the ports of a daemon that rejects connections are closed.
  package func warnings(_ condition: DaemonCondition?) -> [String] {
    var warnings = [workingDirectory?.difference].compactMap { $0 }
    if condition == .accepting, let names = ports.missingNames {
      warnings.append("the daemon accepts connections, but not on \(names)")
    }
    return warnings + [idleQueueText].compactMap { $0 } + idleGroupTexts
      + [configurationAge?.warning].compactMap { $0 }
  }
}
