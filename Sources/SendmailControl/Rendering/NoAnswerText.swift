// SPDX-License-Identifier: GPL-3.0-or-later

/// Why nothing answered, in words: what failed, what was seen, what to do now.
public enum NoAnswerText {
  /// The lines, the first of which names the failure; without the program's name before them.
  public static func lines(_ answer: NoAnswer) -> [String] {
    [headline(answer)] + details(answer) + submission(answer) + pidFile(answer) + ports(answer)
  }

  private static func headline(_ answer: NoAnswer) -> String {
    let socket = HarmlessText.make(answer.socket)
    return switch answer.cause {
    case .notConfigured(let file, _):
      "\(HarmlessText.make(file)): ControlSocketName is not set, so the daemon has no control socket"
    case .noSuchSocket: "\(socket): no such socket"
    case .nobodyListens: "\(socket): nobody listens on this socket; a daemon that ended left it"
    case .noPermission: "\(socket): no permission to connect"
    case .silent(let seconds):
      "\(socket): the daemon listens but did not answer within \(number(seconds)) s"
    case .listenQueueFull: "\(socket): the listen queue is full: the daemon accepts nobody"
    case .notASocket: "\(socket): not a socket that takes connections"
    case .pathTooLong(let length):
      """
      \(socket): the path has \(length) bytes, a socket's address holds \
      \(ControlLimits.longestSocketPath)
      """
    }
  }

  private static func details(_ answer: NoAnswer) -> [String] {
    switch answer.cause {
    case .notConfigured where answer.submissionFile != nil: return []
    case .notConfigured(_, let suggestion):
      let path = HarmlessText.make(suggestion)
      return [
        "to have one, put into the .cf file:  O ControlSocketName=\(path)",
        "or into the .mc file:  define(`confCONTROL_SOCKET_NAME', `\(path)')dnl",
        "and restart the daemon; or name a socket with -f",
      ]
    case .noPermission(let file?, let whoami):
      return [
        """
        it belongs to user \(file.owner), group \(file.group), with mode \
        \(Units.mode(file.mode)); you are \(whoami)
        """,
        "ask as one of those who may, for example with sudo",
      ]
    case .noPermission(nil, let whoami):
      return ["a directory on the way may not be searched; you are \(whoami)"]
    case .notASocket:
      return ["sendmail removes what stands there when it starts; look before you restart it"]
    case .pathTooLong:
      return [
        "sendmail runs without a control socket then and logs \"File name too long\"; "
          + "set a shorter ControlSocketName"
      ]
    case .nobodyListens: return ["a daemon that starts replaces it; smcontrol start runs one"]
    case .silent, .listenQueueFull: return waiting(answer)
    case .noSuchSocket: return []
    }
  }

  private static func submission(_ answer: NoAnswer) -> [String] {
    guard let file = answer.submissionFile else { return [] }
    return [
      """
      \(HarmlessText.make(file)) is for the mail submission program (UseMSP), which never opens \
      a control socket; the daemon's is in sendmail.cf
      """
    ]
  }

  /// Who it is that hangs.
  private static func waiting(_ answer: NoAnswer) -> [String] {
    switch answer.waiting {
    case nil: []
    case 0?: ["the daemon has accepted the connection; its child for it says nothing"]
    case 1?: ["1 connection waits there to be accepted: the daemon itself hangs"]
    case let count?: ["\(count) connections wait there to be accepted: the daemon itself hangs"]
    }
  }

  private static func pidFile(_ answer: NoAnswer) -> [String] {
    guard let file = answer.pidFile else { return [] }
    let path = HarmlessText.make(file.path)
    guard let pid = file.processID else { return ["PID file \(path) names no process"] }
    guard file.isAlive else {
      return ["PID file \(path) names process \(pid), which is not a running sendmail"]
    }
    let conclusion =
      switch answer.cause {
      case .noSuchSocket, .nobodyListens:
        """
        : it lives without this socket; its log says "daemon could not open control socket" \
        when it refused the path
        """
      default: ""
      }
    return ["PID file \(path) names process \(pid), which runs\(conclusion)"]
  }

  private static func ports(_ answer: NoAnswer) -> [String] {
    answer.ports.map { port in
      let name = "SMTP port \(HarmlessText.make(port.name)) (\(port.address))"
      switch port.outcome {
      case .greets(let line): return "\(name) greets: \(HarmlessText.make(line))"
      case .silent: return "\(name) accepts but does not greet"
      case .refused:
        return """
          \(name) has no listener, which is also how a daemon that rejects connections looks: \
          this alone does not mean that it is dead
          """
      case .unknown(let why): return "\(name) could not be tried: \(why)"
      }
    }
  }

  /// `10`, not `10.0`.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && value < 1e9 ? String(Int(value)) : String(value)
  }
}
