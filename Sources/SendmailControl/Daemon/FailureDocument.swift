// SPDX-License-Identifier: GPL-3.0-or-later

/// A command that got no answer, or one that is no whole reply, as a JSON object, so that a script that reads JSON need not read
/// standard error. Members are only ever added.
public struct FailureDocument: Encodable, Sendable {
  /// `smcontrol.failure/1`.
  public var schema = "smcontrol.failure/1"
  /// The command that failed.
  public var command: String
  /// What smcontrol exits with.
  public var exitStatus: Int32
  /// A name for the cause, such as `no-such-socket`.
  public var cause: String
  /// Whether the daemon runs, as ``NoReplyDiagnosis/isAlive`` has it; `null` when nothing tells.
  public var alive: Nullable<Bool>
  /// How many connections wait at the socket to be accepted, or `null` when nothing tells.
  public var waiting: Nullable<Int>
  /// What standard error says, line by line.
  public var messages: [String]

  /// The document for `diagnosis`.
  public init(command: String, exitStatus: Int32, diagnosis: NoReplyDiagnosis) {
    self.command = command
    self.exitStatus = exitStatus
    cause = diagnosis.cause.name
    alive = Nullable(diagnosis.isAlive)
    waiting = Nullable(diagnosis.observation.waiting)
    messages = NoReplyText.lines(diagnosis)
  }

  /// The document for a reply that was not understood, which a living daemon gave.
  ///
  /// - Parameter messages: what standard error says.
  public init(command: String, exitStatus: Int32, error: ReplyError, messages: [String]) {
    self.command = command
    self.exitStatus = exitStatus
    cause = error.code.name
    alive = Nullable(true)
    waiting = Nullable(nil)
    self.messages = messages
  }
}

extension ReplyError.Code {
  /// The name of the cause in machine-readable output.
  public var name: String {
    switch self {
    case .empty: "empty-reply"
    case .cutShort: "cut-short"
    case .malformed: "malformed"
    case .refused: "refused"
    }
  }
}
