// SPDX-License-Identifier: Apache-2.0

/// A command that failed, as a JSON object, so that a script that reads JSON need not read standard
/// error. Members are only ever added.
package struct FailureDocument: Encodable, Sendable {
  /// `smcontrol.failure/1`.
  package var schema = "smcontrol.failure/1"
  /// The command that failed; `smcontrol` for a line without one.
  package var command: String
  /// The exit status of smcontrol.
  package var exitStatus: Int32
  /// A name for the cause, such as `no-such-socket`.
  package var cause: String
  /// True if the daemon runs, as ``NoReplyDiagnosis/isAlive`` has it; `null` when nothing tells.
  package var alive: Nullable<Bool>
  /// The number of connections that wait at the socket to be accepted, or `null` when nothing tells.
  package var waitingConnections: Nullable<Int>
  /// For `restart`, `shutdown` and `send`, what became of the request: `notSent`, `sent` or
  /// `acknowledged`; `null` for other commands, and where nothing came to be asked.
  package var request: Nullable<String>
  /// The lines on standard error.
  package var messages: [String]

  /// A failure of `command`.
  package init(
    command: String, exitStatus: Int32, cause: String, alive: Bool? = nil,
    waitingConnections: Int? = nil, request: RequestState? = nil, messages: [String]
  ) {
    self.command = command
    self.exitStatus = exitStatus
    self.cause = cause
    self.alive = Nullable(alive)
    self.waitingConnections = Nullable(waitingConnections)
    self.request = Nullable(request?.rawValue)
    self.messages = messages
  }
}

/// The state of a request that changes something.
package enum RequestState: String, Sendable {
  /// The daemon received nothing.
  case notSent
  /// The daemon received it and may carry it out.
  case sent
  /// The daemon replied `OK`.
  case acknowledged
}

extension ReplyError.Code {
  /// The name of the cause in machine-readable output.
  package var name: String {
    switch self {
    case .empty: "empty-reply"
    case .cutShort: "cut-short"
    case .malformed: "malformed"
    case .refused: "refused"
    }
  }
}
