// SPDX-License-Identifier: Apache-2.0

/// The diagnosis of a missing reply in words: what failed, what is known, what to do now.
package enum NoReplyText {
  /// The lines, the first of which names the failure; without the program's name before them.
  package static func lines(_ diagnosis: NoReplyDiagnosis) -> [String] {
    [headline(diagnosis)] + details(diagnosis) + submission(diagnosis) + pidFile(diagnosis)
      + ports(diagnosis) + diagnosis.observation.explanations
  }

  private static func headline(_ diagnosis: NoReplyDiagnosis) -> String {
    let socket = TerminalEscaping.escape(diagnosis.socket)
    return switch diagnosis.cause {
    case .notConfigured(let file, _):
      "\(TerminalEscaping.escape(file)): ControlSocketName is not set, so the daemon has no control socket"
    case .noSuchSocket: "\(socket): no such socket"
    case .noListener: "\(socket): no listener: left over from a daemon that has exited"
    case .noPermission: "\(socket): no permission to connect"
    case .silent:
      """
      \(socket): the daemon listens but did not answer within \
      \(number(diagnosis.timeout.components)) s
      """
    case .listenQueueFull:
      "\(socket): listen queue full: the daemon is not accepting connections"
    case .notASocket:
      diagnosis.observation.socketFile.reason.map { "\(socket): no socket can be there: \($0)" }
        ?? "\(socket): not a socket that takes connections"
    case .pathTooLong:
      """
      \(socket): the path has \(diagnosis.socket.count) bytes, a socket's address holds \
      \(ControlLimits.longestSocketPath)
      """
    }
  }

  private static func details(_ diagnosis: NoReplyDiagnosis) -> [String] {
    switch diagnosis.cause {
    case .notConfigured where diagnosis.submissionFile != nil: return []
    case .notConfigured(_, let suggestion):
      let path = TerminalEscaping.escape(suggestion)
      return [
        "to have one, put into the .cf file:  O ControlSocketName=\(path)",
        "or into the .mc file:  define(`confCONTROL_SOCKET_NAME', `\(path)')dnl",
        "and restart the daemon; or name a socket with -f",
      ]
    case .noPermission: return permission(diagnosis)
    case .notASocket where diagnosis.observation.socketFile.reason != nil: return []
    case .notASocket:
      // unlink(2) does not remove a directory.
      return diagnosis.observation.socketFile.value?.kind == .directory
        ? ["it is a directory: sendmail leaves it and runs without a control socket"]
        : ["sendmail deletes this file when it starts; check it first"]
    case .pathTooLong:
      return [
        "sendmail runs without a control socket then and logs \"File name too long\"; "
          + "set a shorter ControlSocketName"
      ]
    case .noListener where !diagnosis.observation.explanations.isEmpty: return []
    case .noListener: return ["a daemon that starts replaces it; smcontrol start runs one"]
    case .silent, .listenQueueFull: return waiting(diagnosis)
    case .noSuchSocket: return []
    }
  }

  private static func permission(_ diagnosis: NoReplyDiagnosis) -> [String] {
    let user = diagnosis.user
    guard let file = diagnosis.observation.socketFile.value else {
      return ["a directory on the way may not be searched; you are \(user)"]
    }
    let isForGroup = file.mode & 0o020 != 0 && file.group != "root"
    let group = TerminalEscaping.escape(file.group.utf8)
    return [
      """
      it belongs to user \(file.owner), group \(file.group), with mode \
      \(Units.mode(file.mode)); you are \(user)
      """,
      isForGroup
        ? "run as root or as a member of group \(group) (sudo -g \(group) ...)"
        : "run as root (sudo ...)",
    ]
  }

  private static func submission(_ diagnosis: NoReplyDiagnosis) -> [String] {
    guard let file = diagnosis.submissionFile else { return [] }
    return [
      """
      \(TerminalEscaping.escape(file)) is for the mail submission program (UseMSP), which never opens \
      a control socket; the daemon's is in sendmail.cf
      """
    ] + [QueueRuns(nil, diagnosis.observation)?.text].compactMap { $0 }
  }

  /// Returns the lines about the process that hangs.
  private static func waiting(_ diagnosis: NoReplyDiagnosis) -> [String] {
    switch diagnosis.observation.waiting {
    case nil: []
    case 0?: ["connection accepted, but the daemon's child does not answer"]
    case 1?: ["1 connection is waiting: the daemon is not accepting"]
    case let count?: ["\(count) connections are waiting: the daemon is not accepting"]
    }
  }

  private static func pidFile(_ diagnosis: NoReplyDiagnosis) -> [String] {
    let observation = diagnosis.observation
    guard let path = observation.place.pidFile, let state = PIDFileText.state(observation) else {
      return []
    }
    let line = "PID file \(TerminalEscaping.escape(path)): \(state)"
    guard diagnosis.isWithoutSocket else { return [line] }
    if let socket = observation.commandLine?.controlSocket {
      return [
        """
        \(line), and its command line sets ControlSocketName=\(TerminalEscaping.escape(socket)): name that \
        socket with -f
        """
      ]
    }
    return [line + ", without this socket"] + [diagnosis.log?.text].compactMap { $0 }
  }

  private static func ports(_ diagnosis: NoReplyDiagnosis) -> [String] {
    diagnosis.ports.map { port in
      let holder = port.holder.map { ", which is held by \($0.nameText)," } ?? ""
      let name = "SMTP port \(TerminalEscaping.escape(port.name)) (\(port.address))\(holder)"
      switch port.outcome {
      case .greets(let line): return "\(name) greets: \(TerminalEscaping.escape(line))"
      case .silent: return "\(name) accepts but does not greet"
      case .refused:
        return "\(name) is closed (a daemon that rejects connections closes it, too)"
      case .unknown(let why): return "\(name) could not be tried: \(why)"
      }
    }
  }

  /// `10`, not `10.0`.
  private static func number(_ time: (seconds: Int64, attoseconds: Int64)) -> String {
    let value = Double(time.seconds) + Double(time.attoseconds) / 1e18
    return value == value.rounded() && value < 1e9 ? String(Int(value)) : String(value)
  }
}
