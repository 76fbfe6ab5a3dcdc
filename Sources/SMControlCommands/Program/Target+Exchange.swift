// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

extension Target {
  /// Sends `request` and returns the reply.
  ///
  /// `whenAccepted` is true to send it only when the daemon has accepted the connection: until then
  /// nothing is requested of a daemon that hangs, and one that goes on finds nothing. `operation`
  /// names an operation on a single daemon: it is refused where two are at one socket. `triesAgain`
  /// is true to ask again where the daemon may be restarting.
  ///
  /// - Throws: ``CommandFailure``, with the diagnosis of a missing reply.
  func exchange(
    _ request: [UInt8], whenAccepted: Bool = false, forOneDaemon operation: String? = nil,
    triesAgain: Bool = true
  ) throws(CommandFailure) -> ControlReply {
    var client = try client()
    client.timeout = deadline.timeLeft
    var rivals: RivalDaemons?
    do {
      // What changes something is never tried again.
      if triesAgain, !whenAccepted { return try query(request, by: client) }
      return try client.exchange(request: request, whenAccepted: whenAccepted) { peer in
        rivals = operation == nil ? nil : self.rivals(listener: peer)
        return rivals == nil
      }
    } catch {
      // The diagnosis of a failure has the rest of the same time.
      if let rivals, let operation { throw CommandFailure(rivals, refusing: operation) }
      let failure = failure(of: error, until: deadline)
      throw whenAccepted ? failure.noting(error) : failure
    }
  }

  /// Sends `request` and returns the reply, to be shown as it is; a refusal is one, too.
  ///
  /// `command` is the name of the command, for messages and JSON.
  ///
  /// - Throws: ``CommandFailure``, with what was received of a reply without an end.
  func plainReply(
    to command: String, _ request: [UInt8], whenAccepted: Bool = false,
    forOneDaemon operation: String? = nil
  ) throws(CommandFailure) -> Outcome<PlainReply> {
    let reply = try exchange(request, whenAccepted: whenAccepted, forOneDaemon: operation)
    context.shell?.record(replyOf: reply.end.peer)
    let report = PlainReply(to: command, from: socket?.bytes ?? [], bytes: reply.bytes)
    do {
      try ReplyError.checkEnd(of: reply.bytes)
    } catch {
      var failure = failure(of: error, in: reply)
      if whenAccepted { failure.request = .sent }
      if !reply.bytes.isEmpty {
        failure.classic = report.classic
        failure.terminal = report.terminal(TerminalStyle())
      }
      throw failure
    }
    guard let refusal = Refusal(reply.bytes) else { return Outcome(report) }
    return Outcome(report, status: .refused, remarks: ["\(command): \(refusal.text)"])
  }

  /// The two daemons that share the socket, when the process that listens there is another one than the
  /// process that holds the PID file.
  func rivals(listener: PeerCredentials?) -> RivalDaemons? {
    guard let listener = listener?.processID, let path = pidFile(),
      let file = try? PIDFile(at: path, triesLock: false), file.processID != listener
    else { return nil }
    return DaemonObserver(place()).observe([.files, .lock]).rivals(listener: listener)
  }

  /// The failure of a command whose reply was not understood.
  func failure(of error: ReplyError, in reply: ControlReply) -> CommandFailure {
    CommandFailure(error, in: reply, from: socket?.escaped ?? "")
  }

  /// The failure of a command by `error`, with the diagnosis of a missing reply.
  ///
  /// `deadline` is the end of the command's time; without one, the diagnosis takes no longer than
  /// it must.
  func failure(of error: ControlError, until deadline: Deadline? = nil) -> CommandFailure {
    guard let cause = NoReplyDiagnosis.Cause(error) else { return CommandFailure(error) }
    do {
      return CommandFailure(
        try diagnose(cause, socket: error.path.bytes, until: deadline ?? Deadline(after: .zero)),
        ExitStatus(error), error.code)
    } catch {
      return error
    }
  }

  func diagnose(
    _ cause: NoReplyDiagnosis.Cause, socket: [UInt8], until deadline: Deadline
  ) throws(CommandFailure) -> NoReplyDiagnosis {
    let configuration = configuration()
    var ports = configuration?.servedPorts ?? []
    // The ports in submit.cf belong to no daemon: one of another file may listen there.
    if configuration?.usesMSP == true { ports = [] }
    do {
      var diagnosis = try NoReplyDiagnosis(
        observing: cause, socket: socket, by: DaemonObserver(place()), ports: ports,
        timeout: timeout, deadline: deadline, interruption: context.interruption)
      diagnosis.submissionFile = configuration?.submissionFile
      return diagnosis
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension NoReplyDiagnosis.Cause {
  /// The cause that `configuration` sets no control socket, with a path that would do.
  init(notConfiguredIn configuration: SendmailConfiguration) {
    let base = configuration.baseQueueDirectory.path
    let directory = base.first == ASCII.slash ? base : Array("/var/spool/mqueue".utf8)
    self = .notConfigured(
      file: Array(configuration.file.utf8), suggestion: directory + Array("/.control".utf8))
  }
}

extension SendmailConfiguration {
  /// Its file, when that is the mail submission program's.
  fileprivate var submissionFile: [UInt8]? { usesMSP ? Array(file.utf8) : nil }
}
