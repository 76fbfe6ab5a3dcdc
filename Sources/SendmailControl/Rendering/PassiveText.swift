// SPDX-License-Identifier: GPL-3.0-or-later

/// The state of the daemon as observed without a connection, for reading.
public enum PassiveText {
  /// The text; each fact names its source, since none is sendmail's own word.
  public static func status(_ status: PassiveStatus) -> String {
    var facts = TerminalTable([.init(), .init()])
    facts.append(["PID file", pidFile(status.pidFile)])
    facts.append(["Socket file", socketFile(status.socketFile)])
    if let daemon = status.daemon {
      facts.append(["Process title", "\(HarmlessText.make(daemon.title)) (process \(daemon.pid))"])
    } else {
      facts.append(["Process title", "no daemon to be seen in the process table"])
    }
    var text = facts.text(TerminalStyle())
    if !status.children.isEmpty {
      var table = TerminalTable([.init(title: "PID", isRight: true), .init(title: "TITLE")])
      for child in status.children {
        table.append([String(child.pid), HarmlessText.make(child.title)])
      }
      text += "\n" + table.text(TerminalStyle())
    }
    return text + "\nSeen from outside: the daemon was not asked.\n"
  }

  private static func pidFile(_ sight: PassiveStatus.Sight<NoAnswer.PIDFileFacts>) -> String {
    switch sight {
    case .unseen(let path, let reason): return "\(HarmlessText.make(path)): \(reason)"
    case .seen(let file):
      let path = HarmlessText.make(file.path)
      let process = file.processID.map { "process \($0)" } ?? "no process"
      guard !file.isAlive else { return "\(path) names \(process), which lives" }
      let state = file.processID == nil ? "" : ", which is not a running sendmail"
      return "\(path) names \(process)\(state)"
    }
  }

  private static func socketFile(_ sight: PassiveStatus.Sight<PassiveStatus.SocketFacts>) -> String
  {
    switch sight {
    case .unseen(let path, let reason): return "\(HarmlessText.make(path)): \(reason)"
    case .seen(let socket):
      let kind = socket.isSocket ? "" : "not a socket; "
      return """
        \(HarmlessText.make(socket.path)) (\(kind)user \(socket.file.owner), \
        group \(socket.file.group), mode \(Units.mode(socket.file.mode)))\(listening(socket))
        """
    }
  }

  private static func listening(_ socket: PassiveStatus.SocketFacts) -> String {
    switch (socket.hasListener, socket.waiting) {
    case (nil, _): ""
    case (false?, _): ", where nobody listens"
    case (true?, nil), (true?, 0?): ", where somebody listens"
    case (true?, 1?): ", where 1 connection waits to be accepted"
    case (true?, let waiting?): ", where \(waiting) connections wait to be accepted"
    }
  }
}
