// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The exit status of smcontrol: the codes of `<sysexits.h>`, and 128 plus a signal's number. The one
/// place where failures become numbers.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// The reply was understood, or a `--wait` reached its goal.
  case ok = 0
  /// The daemon answered and refused; for ``ExitConvention/plugin``, WARNING.
  case refused = 1
  /// CRITICAL, for ``ExitConvention/plugin`` only.
  case critical = 2
  /// UNKNOWN, for ``ExitConvention/plugin`` only, also for every failure.
  case unknown = 3
  /// EX_USAGE: a bad option, an unknown command.
  case usage = 64
  /// EX_DATAERR: the reply was cut short or is not in the protocol's form; a statistics file is damaged.
  case dataError = 65
  /// EX_NOINPUT: sendmail.cf or the statistics file cannot be read.
  case noInput = 66
  /// EX_UNAVAILABLE: no daemon: the socket is not there, or has no listener.
  case unavailable = 69
  /// EX_SOFTWARE: a bug in smcontrol.
  case software = 70
  /// EX_OSERR: the system refused something it should not.
  case systemError = 71
  /// EX_IOERR: the connection broke in mid-reply, or standard output or a file cannot be written.
  case inputOutputError = 74
  /// EX_TEMPFAIL: the deadline passed, the listen queue is full, or a `--wait` was not reached.
  case temporaryFailure = 75
  /// EX_NOPERM: permission denied.
  case noPermission = 77
  /// EX_CONFIG: no control socket configured, its path too long, or not a socket there; no statistics are
  /// kept.
  case configuration = 78
  /// Ended by a signal.
  case interrupted = 130
  /// The reader of standard output went away.
  case brokenPipe = 141
}

/// The exit statuses that a command may have.
enum ExitConvention: Sendable {
  /// Those of `<sysexits.h>`.
  case sysexits
  /// Those of a monitoring plugin: 0 to 3 for OK, WARNING, CRITICAL and UNKNOWN.
  case plugin

  /// The status of a failure whose status would be `status`.
  func status(ofFailure status: Int32) -> Int32 {
    self == .plugin ? ExitStatus.unknown.rawValue : status
  }
}

extension ExitStatus {
  /// The exit status of checks in this state.
  init(_ state: CheckState) {
    self =
      switch state {
      case .ok: .ok
      case .warning: .refused
      case .critical: .critical
      case .unknown: .unknown
      }
  }

  /// The name of the cause in JSON, for a failure that has none of its own.
  var cause: String {
    switch self {
    case .ok: "none"
    case .refused: "refused"
    case .critical: "critical"
    case .unknown: "unknown"
    case .usage: "usage"
    case .dataError: "bad-reply"
    case .noInput: "no-input"
    case .unavailable: "no-daemon"
    case .software: "internal-error"
    case .systemError: "system-error"
    case .inputOutputError: "input-output-error"
    case .temporaryFailure: "not-in-time"
    case .noPermission: "no-permission"
    case .configuration: "configuration"
    case .interrupted: "interrupted"
    case .brokenPipe: "broken-pipe"
    }
  }

  init(_ error: ControlError) {
    self =
      switch error.code {
      case .pathTooLong, .notASocket, .noSocketConfigured: .configuration
      case .noConfiguration: .noInput
      case .noSuchSocket, .noListener: .unavailable
      case .noPermission: .noPermission
      case .listenQueueFull, .deadlinePassed: .temporaryFailure
      case .connectionBroken: .inputOutputError
      case .replyTooLong, .badReply: .dataError
      case .refused: .refused
      case .notCarriedOut: .temporaryFailure
      case .cancelled: .interrupted
      case .system: .systemError
      }
  }

  init(_ error: ReplyError) {
    self =
      switch error.code {
      case .refused: .refused
      case .empty, .cutShort, .malformed: .dataError
      }
  }

  init(_ error: WatchError) {
    self =
      switch error.code {
      case .interrupted: .interrupted
      case .cannotLook(let error): ExitStatus(error)
      case .daemonDied, .nothingHappened, .noNewListener, .stillRunning, .replaced:
        .temporaryFailure
      }
  }

  /// The status of an observation: 77 where nothing tells whether the daemon runs, for others may read
  /// more.
  init(isAlive: Bool?) {
    self =
      switch isAlive {
      case true?: .ok
      case false?: .unavailable
      case nil: .noPermission
      }
  }

  /// The exit status of a check: an error is certain, whatever was not checked.
  init(_ report: StartupReport) {
    self = report.wouldStart ? report.isComplete ? .ok : .noPermission : .refused
  }

  /// The exit status of a scan with these problems: permission first, for others may read more.
  init(_ problems: [QueueReport.Problem]) {
    let kinds = problems.map(\.kind)
    self =
      if kinds.contains(.noPermission) {
        .noPermission
      } else if kinds.contains(.notInTime) {
        .temporaryFailure
      } else if kinds.contains(.notThere) {
        .configuration
      } else {
        kinds.isEmpty ? .ok : .systemError
      }
  }

  init(_ error: StatisticsReadError) {
    self =
      switch error.code {
      case .notSet, .missing: .configuration
      case .notPermitted: .noPermission
      case .notRegularFile, .cannotRead: .noInput
      case .malformed: .dataError
      }
  }

  init(_ error: FileError) {
    self =
      switch error.errno {
      case .permissionDenied, .notPermitted: .noPermission
      default: error.call == FileError.execution ? .systemError : .inputOutputError
      }
  }
}
