// SPDX-License-Identifier: Apache-2.0

/// The number of the daemon's children beside `MaxDaemonChildren`, learnt without a connection.
///
/// sendmail counts the child that serves a control connection, too: with as many children as the limit it
/// refuses SMTP connections for 15 seconds.
package struct ChildLimit: Sendable, Equatable {
  /// The number of children, those not yet reaped included.
  package let children: Int
  /// The limit, which is above 0.
  package let maximum: Int

  /// This number of children and this limit.
  package init(children: Int, maximum: Int) {
    self.children = children
    self.maximum = maximum
  }

  /// The limit and the children of an observation that includes the process table; `nil` when the daemon
  /// has no limit, or its children cannot be seen.
  ///
  /// `configured` is `MaxDaemonChildren` of the daemon's configuration file.
  package init?(_ observation: DaemonObservation, configured: Int) {
    let maximum = observation.maximumChildren(configured: configured)
    guard maximum > 0, observation.daemon?.isSendmail == true,
      let children = observation.children.value
    else { return nil }
    self.init(children: children.count + observation.unreapedChildren, maximum: maximum)
  }

  /// True if a query makes the daemon refuse SMTP connections.
  package var isReachedByQuery: Bool { children >= maximum - 1 }

  /// True if a query and one more child do.
  package var isNear: Bool { children >= maximum - 2 }
}

extension DaemonObservation {
  /// The daemon's `MaxDaemonChildren`: that of its command line, which is in the PID file, or else of its
  /// configuration file.
  ///
  /// `configured` is the value in the configuration file.
  package func maximumChildren(configured: Int) -> Int {
    let override = DaemonCommandLine(line: (heldPIDFile ?? pidFile.value)?.commandLine ?? [])
      .overrides
      .compactMap { try? $0.assignment() }.last { $0.option.code == .maxDaemonChildren }
    guard let override else { return configured }
    return Int(String(decoding: override.value, as: UTF8.self)) ?? configured
  }
}
