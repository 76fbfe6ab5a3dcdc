// SPDX-License-Identifier: GPL-3.0-or-later

public import SendmailControl
public import SystemPackage

/// Looks at the daemon from outside: no connection is opened, so sendmail notices nothing.
public enum PassiveLook {
  /// What can be seen.
  ///
  /// - Parameters:
  ///   - socket: the control socket's path, or `nil` when none is configured.
  ///   - pidFile: the PID file's path, or `nil` when it is not known.
  public static func look(socket: FilePath?, pidFile: FilePath?) -> PassiveStatus {
    let file = pidFile.map(pidFileSight) ?? .unseen(path: [], reason: "its path is not known")
    var daemon: PassiveStatus.ObservedProcess?
    var children: [PassiveStatus.ObservedProcess] = []
    if case .seen(let facts) = file, facts.isAlive, let pid = facts.processID {
      daemon = ProcessTable.process(pid).map(observed)
      children = ProcessTable.children(of: pid).filter { !$0.hasEnded }.map(observed)
    }
    return PassiveStatus(
      pidFile: file,
      socketFile: socket.map(socketSight)
        ?? .unseen(path: [], reason: "ControlSocketName is not set"),
      daemon: daemon, children: children)
  }

  /// The facts of the PID file at `path` as far as they can be seen.
  static func pidFileSight(of path: FilePath) -> PassiveStatus.Sight<NoAnswer.PIDFileFacts> {
    do {
      return .seen(facts(of: try PIDFile(at: path)))
    } catch {
      return .unseen(path: path.bytes, reason: error.description)
    }
  }

  private static func facts(of file: PIDFile) -> NoAnswer.PIDFileFacts {
    // The lock says it best; but a file on a file system without locks has none, and a process id
    // may have been given to another program since.
    let runsSendmail = file.processID.map { ProcessTable.isSendmail($0) } ?? false
    return NoAnswer.PIDFileFacts(
      path: file.path.bytes, processID: file.processID, isAlive: file.isLocked || runsSendmail)
  }

  private static func socketSight(
    of path: FilePath
  ) -> PassiveStatus.Sight<PassiveStatus.SocketFacts> {
    do {
      let file = try SocketFile(at: path)
      let listeners = ListeningSockets.now()?.at(path)
      return .seen(
        PassiveStatus.SocketFacts(
          path: path.bytes, isSocket: file.isSocket, file: NoAnswer.FileFacts(file),
          hasListener: listeners.map { !$0.isEmpty },
          waiting: listeners?.compactMap(\.waiting).max()))
    } catch {
      return .unseen(path: path.bytes, reason: error.description)
    }
  }

  private static func observed(_ process: ProcessTable.Process) -> PassiveStatus.ObservedProcess {
    PassiveStatus.ObservedProcess(pid: process.pid, title: process.title)
  }
}

extension NoAnswer.FileFacts {
  /// Owner, group and mode of `file`, by name.
  init(_ file: SocketFile) {
    self.init(
      owner: Accounts.userName(file.facts.userID.rawValue),
      group: Accounts.groupName(file.facts.groupID.rawValue),
      mode: UInt32(file.facts.permissions.rawValue))
  }
}
