// SPDX-License-Identifier: Apache-2.0

/// A state of the daemon that `status --is` asks for.
package enum ExpectedState: String, Sendable, CaseIterable {
  /// It takes SMTP connections and messages, at once or later.
  case accepting
  /// It rejects connections, or new messages.
  case rejecting
  /// It answers on its control socket.
  case answering

  /// Returns whether `status`, which the daemon has answered, is in this state; `nil` when its words do not tell.
  package func isMet(by status: DaemonStatus) -> Bool? {
    if self == .answering { return true }
    return switch status.daemon?.condition {
    case .accepting, .slowing: self == .accepting
    case .rejectingConnections, .rejectingMessages: self == .rejecting
    case .noPortOpen: false
    case .unknown, nil: nil
    }
  }
}

/// The state of the daemon in one word, which `status --is` prints.
package struct StateReport: Report {
  private let report: StatusReport

  /// The state in `report`.
  package init(_ report: StatusReport) {
    self.report = report
  }

  /// The name of the state, as JSON has it.
  package var name: String {
    (report.status.daemon?.condition ?? .unknown).name
  }

  /// The name of the state.
  package var classic: String { name + "\n" }

  /// The whole status.
  package var document: StatusDocument { report.document }
}
