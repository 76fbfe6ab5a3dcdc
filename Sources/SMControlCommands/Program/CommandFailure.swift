// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// A command that failed: what to say, and what to exit with.
struct CommandFailure: Error {
  /// The exit status.
  private(set) var exitCode: Int32
  /// The lines for standard error, without the program's name.
  private(set) var lines: [String]
  /// The name of the cause in JSON.
  var cause: String
  /// The command that failed.
  var command = SMControlProgram.name
  /// True if the daemon runs; `nil` when nothing tells.
  var alive: Bool?
  /// True if there is no reply, for a reason that was diagnosed.
  private(set) var isMissingReply = false
  /// The number of connections that wait at the socket; `nil` when nothing tells.
  var waitingConnections: Int?
  /// The limit because of which the daemon was not queried.
  var childLimit: ChildLimit?
  /// The state of a request that changes something; `nil` for other commands.
  var request: RequestState?
  /// The error on the control socket, if that was the cause.
  var socketError: ControlError.Code?
  /// The text on standard output in the classic format.
  var classic = ""
  /// The text on standard output in the format for reading.
  var terminal = ""
  /// The part of the reply that was received.
  var bytes: [UInt8] = []

  init(_ status: ExitStatus, _ lines: [String]) {
    exitCode = status.rawValue
    self.lines = lines
    cause = status.cause
  }

  init(_ status: ExitStatus, _ line: String) {
    self.init(status, [line])
  }

  /// A program that was run and failed, whose exit code becomes ours.
  init(passingOn exitCode: Int32, _ line: String) {
    self.exitCode = exitCode
    lines = [line]
    cause = "program-failed"
  }

  init(_ error: ControlError) {
    exitCode = ExitStatus(error).rawValue
    lines = [error.description]
    cause = NoReplyDiagnosis.Cause(error)?.name ?? ExitStatus(error).cause
    socketError = error.code
  }

  /// A wait that did not reach its goal.
  ///
  /// `reply` is the daemon's acknowledgement.
  init(_ error: WatchError, after reply: [UInt8] = []) {
    let advice = error.code == .noNewListener ? ", or wait longer with --wait-timeout" : ""
    self.init(ExitStatus(error), error.description + advice)
    bytes = reply
    if !reply.isEmpty { request = .acknowledged }
  }

  init(_ error: FileError) {
    self.init(ExitStatus(error), error.description)
  }

  /// Statistics that cannot be read, and what to do about it.
  init(_ error: StatisticsReadError) {
    let status = ExitStatus(error)
    self.init(status, [error.description] + error.advice)
    switch error.code {
    case .notSet, .missing: cause = "no-statistics"
    case .malformed: cause = "malformed"
    case .notPermitted, .notRegularFile, .cannotRead: break
    }
  }

  /// A missing reply.
  init(_ diagnosis: NoReplyDiagnosis, _ status: ExitStatus, _ error: ControlError.Code) {
    exitCode = status.rawValue
    lines = NoReplyText.lines(diagnosis)
    cause = diagnosis.cause.name
    isMissingReply = true
    alive = diagnosis.isAlive
    waitingConnections = diagnosis.observation.waiting
    socketError = error
  }

  /// An operation that is for one daemon, and was not sent to either of two.
  init(_ rivals: RivalDaemons, refusing operation: String) {
    self.init(
      .refused,
      [
        "\(operation): \(rivals.text)",
        """
        nothing was sent: process \(rivals.listener) would get it; end one of the two, or go on with \
        --force
        """,
      ])
    cause = "two-daemons"
    alive = true
    request = .notSent
  }

  /// An operation that would leave the mail system without a daemon.
  init(_ report: StartupReport, refusing operation: String) {
    let file = TerminalEscaping.escape(report.file.utf8)
    self.init(
      .refused,
      ["\(operation): \(report.verdict) (\(file))"] + report.reasons + [
        "nothing was done; correct it and try smcontrol config --check, or go on with --force"
      ])
    cause = "would-not-start"
  }

  /// A reply that was not understood, which a living daemon gave.
  init(_ error: ReplyError, in reply: ControlReply, from path: String) {
    let broke = error.code == .cutShort && reply.end.wasReset
    exitCode = (broke ? ExitStatus.inputOutputError : ExitStatus(error)).rawValue
    lines =
      ["\(path): \(error)"]
      + (error.code == .empty
        ? ["it does so when Timeout.control runs out, or when it is about to end"] : [])
    cause = error.code.name
    alive = true
    bytes = reply.bytes
  }
}

extension CommandFailure {
  /// The failure with the state of a request that changes something. Where a daemon may have received it,
  /// or was reached, a line says so.
  func noting(_ error: ControlError) -> CommandFailure {
    var failure = self
    failure.request = error.requestWasSent ? .sent : .notSent
    switch error.meaning {
    case .hanging, .broken, .cancelled, .system:
      failure.lines.append(
        error.requestWasSent
          ? "the request was sent: the daemon may still carry it out; check with smcontrol status"
          : "the request was not sent: the daemon will not carry it out")
    case .down, .notAllowed, .notConfigured, .refused: break
    }
    return failure
  }
}

extension CommandFailure {
  /// The failure with what a sendmail process of `target` does instead of answering, a line each.
  func explained(by target: Target) -> CommandFailure {
    guard exitCode != ExitStatus.interrupted.rawValue else { return self }
    var failure = self
    failure.lines +=
      DaemonObserver(target.place()).observe([.files, .process, .processTable])
      .explanations
    return failure
  }
}

extension CommandFailure {
  /// The failure as the answer no to a question about the daemon's state, with its state in one word.
  func answering(_ word: String) -> CommandFailure {
    var failure = self
    failure.exitCode = ExitStatus.refused.rawValue
    failure.classic = word + "\n"
    failure.terminal = failure.classic
    return failure
  }
}

extension CommandFailure {
  /// The failure of a command with other exit statuses.
  func under(_ convention: ExitConvention) -> CommandFailure {
    var failure = self
    failure.exitCode = convention.status(ofFailure: exitCode)
    return failure
  }
}

extension CommandFailure: RawReport {
  func terminal(_ style: TerminalStyle) -> String { terminal }

  var nagios: String {
    PluginText.nagios(.unknown, lines.first ?? cause, details: Array(lines.dropFirst()))
  }

  var checkmk: String {
    PluginText.checkmk(.unknown, lines.first ?? cause, details: Array(lines.dropFirst()))
  }

  var document: FailureDocument {
    FailureDocument(
      command: command, exitStatus: exitCode, cause: cause, alive: alive,
      waitingConnections: waitingConnections, request: request, messages: lines)
  }
}
