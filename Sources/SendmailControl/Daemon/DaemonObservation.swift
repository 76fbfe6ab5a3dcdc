// SPDX-License-Identifier: Apache-2.0

/// The facts about a daemon that can be learnt without a connection, which sendmail would count as a
/// child. None of them is reported by sendmail.
package struct DaemonObservation: Sendable, Equatable {
  /// The groups of facts that can be asked for, each with its cost.
  package struct Aspects: OptionSet, Sendable {
    /// The bits.
    package let rawValue: Int

    /// Aspects by their bits.
    package init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// The PID file, the socket file and the permission to connect: five system calls.
    package static let files = Aspects(rawValue: 1 << 0)
    /// The lock on the PID file, with ``files``: one more system call. The lock is taken for a moment
    /// if it is free, so that it should not be tried all the time: a daemon that starts takes it, too.
    package static let lock = Aspects(rawValue: 1 << 1)
    /// The sockets that listen: one question to the kernel, which lists all of this machine's.
    package static let listeners = Aspects(rawValue: 1 << 2)
    /// The process that the PID file names, and one that is followed: five files of each.
    package static let process = Aspects(rawValue: 1 << 3)
    /// The children of the daemon and all sendmail processes: two files of every process.
    package static let processTable = Aspects(rawValue: 1 << 4)
    /// The processes that hold the listening socket: every descriptor of every process.
    package static let holders = Aspects(rawValue: 1 << 5)
    /// All of them.
    package static let all: Aspects = [
      .files, .lock, .listeners, .process, .processTable, .holders,
    ]
  }

  /// The place that was observed.
  package var place: DaemonPlace
  /// The contents of the PID file.
  package var pidFile: Fact<PIDFileFacts> = .notAsked
  /// The PID file that the daemon holds open, where ``pidFile`` is not its own.
  package var heldPIDFile: PIDFileFacts?
  /// The file at the control socket's path.
  package var socketFile: Fact<SocketFileFacts> = .notAsked
  /// True if this user may connect to the socket.
  package var mayConnect: Fact<Bool> = .notAsked
  /// The sockets that listen at the control socket's path.
  package var listeners: Fact<[ListeningSocket]> = .notAsked
  /// The processes that hold those.
  package var holders: Fact<[ObservedProcess]> = .notAsked
  /// The process that the PID file names.
  package var namedProcess: Fact<ObservedProcess> = .notAsked
  /// A process that was already known to be the daemon.
  package var followedProcess: Fact<ObservedProcess> = .notAsked
  /// The daemon's children that run, by process id.
  package var children: Fact<[ObservedProcess]> = .notAsked
  /// The number of the daemon's children that have ended and wait to be reaped, which it counts.
  package var unreapedChildren = 0
  /// All sendmail processes that run, by process id.
  package var sendmailProcesses: Fact<[ObservedProcess]> = .notAsked
  /// The ports of the place, where a sendmail that starts may try for them; empty when they were not asked for.
  package var wantedPorts: [PortObservation] = []
  /// True if all processes of this process id namespace were seen; false when they were not asked for.
  package var showsAllProcesses = false
  /// The time of the observation, since the machine was booted; `nil` when it was not asked for.
  package var sinceBoot: Duration?
  /// The base queue directory compared with the daemon's working directory; `nil` when it was not asked for.
  package var workingDirectory: WorkingDirectory?

  /// An observation of `place` in which nothing was asked.
  package init(of place: DaemonPlace) {
    self.place = place
  }
}

/// The contents of a PID file.
package struct PIDFileFacts: Sendable, Equatable {
  /// The process id in the first line; `nil` when the line holds none.
  package var processID: Int32?
  /// The command line that the daemon was started with, in the second line, joined by blanks.
  package var commandLine: [UInt8]
  /// True if a process holds the lock, as a daemon does as long as it runs; `nil` when it was not
  /// tried.
  package var isLocked: Bool?
  /// The process that holds the lock; `nil` when none does, it was not tried, or the kernel does not tell.
  package var lockHolder: Int32?

  /// The contents of a PID file.
  package init(
    processID: Int32?, commandLine: [UInt8] = [], isLocked: Bool? = nil, lockHolder: Int32? = nil
  ) {
    self.processID = processID
    self.commandLine = commandLine
    self.isLocked = isLocked
    self.lockHolder = lockHolder
  }
}

/// The file at a socket's path, symbolic links followed.
package struct SocketFileFacts: Sendable, Equatable {
  /// Its kind.
  package var kind: FileFacts.Kind
  /// The owner's name.
  package var owner: String
  /// The group's name.
  package var group: String
  /// Permission bits, such as `0o660`.
  package var mode: UInt16
  /// Its inode number.
  package var inode: UInt64
  /// The device that it is on.
  package var device: DeviceNumber

  /// A file.
  package init(
    kind: FileFacts.Kind = .socket, owner: String, group: String, mode: UInt16, inode: UInt64 = 0,
    device: DeviceNumber = DeviceNumber(major: 0, minor: 0)
  ) {
    self.kind = kind
    self.owner = owner
    self.group = group
    self.mode = mode
    self.inode = inode
    self.device = device
  }
}

extension DaemonObservation {
  /// True if the process that the PID file names runs; `nil` when it names none, or was not looked up.
  package var namedProcessRuns: Bool? {
    switch namedProcess {
    case .notAsked: nil
    case .absent: false
    case .known(let process): !process.hasEnded
    // It exists, but this user may not read more of it.
    case .unknown: true
    }
  }

  /// The process id in the PID file, if it is the daemon's: its process runs, and is sendmail or holds the
  /// lock on the file. Where another process holds the lock, the number is one of another process id
  /// namespace, or was used again.
  package var pidFileDaemonID: Int32? {
    guard let file = pidFile.value, let pid = file.processID, namedProcessRuns == true,
      file.lockHolder == nil || file.lockHolder == pid
    else { return nil }
    guard let process = namedProcess.value else { return file.isLocked == true ? pid : nil }
    return process.isSendmail || file.lockHolder == pid ? pid : nil
  }

  /// The daemon's process id: that of the PID file, or else that of the process that holds the socket,
  /// whichever program and user that is.
  package var daemonProcessID: Int32? { pidFileDaemonID ?? holder?.pid }

  /// The daemon's process, when it may be read.
  package var daemon: ObservedProcess? {
    guard let pid = daemonProcessID else { return nil }
    return namedProcess.value?.pid == pid ? namedProcess.value : holder
  }

  /// The one process that holds the socket and was not started by another that does.
  private var holder: ObservedProcess? {
    let holders = holders.value ?? []
    let pids = Set(holders.map(\.pid))
    let first = holders.filter { !pids.contains($0.parent) }
    return first.count == 1 ? first[0] : nil
  }

  /// The two daemons that share the socket's path, when `listener` listens there and another process holds
  /// the lock on the PID file: a request to the one named by its PID file goes to the other.
  package func rivals(listener: Int32) -> RivalDaemons? {
    guard let path = place.pidFile, let holder = pidFile.value?.lockHolder, holder != listener
    else {
      return nil
    }
    return RivalDaemons(
      socket: place.socket ?? [], listener: listener, pidFile: path, holder: holder)
  }

  /// The largest number of connections that wait at the socket to be accepted; `nil` when the kernel
  /// does not tell.
  package var waiting: Int? { listeners.value?.compactMap(\.waiting).max() }

  /// True if the PID file belongs to a daemon that runs: its lock is held, or the process that it names
  /// is sendmail. `nil` when nothing tells.
  package var pidFileIsCurrent: Bool? {
    guard let file = pidFile.value else { return pidFile == .absent ? false : nil }
    if file.isLocked == true { return true }
    switch namedProcessRuns {
    case nil: return file.processID == nil ? false : nil
    case false?: return false
    case true?:
      if namedProcess.value?.isSendmail == true { return true }
      // Another program, unless it holds the lock; or a process that may not be read.
      return file.isLocked == nil || namedProcess.value == nil ? nil : false
    }
  }

  /// True if the process that the PID file names is the daemon; `nil` when nothing tells.
  package var pidFileNamesDaemon: Bool? {
    guard pidFileIsCurrent == true, let file = pidFile.value else { return pidFileIsCurrent }
    if let holder = file.lockHolder { return holder == file.processID }
    return pidFileDaemonID == nil ? nil : true
  }

  /// True if the daemon runs. This is the one definition for the prompt, the passive status, the
  /// diagnosis of a missing reply and the audit.
  ///
  /// It does when a process listens on its socket, when its PID file is locked, when the process that
  /// the PID file names is sendmail, or when a sendmail starts that is to be the daemon. For the mail submission
  /// program, a queue runner tells as much. It does not when the kernel lists its sockets, none listens there,
  /// and the PID file is absent, stale, or not known. `nil`: nothing tells.
  package var isAlive: Bool? {
    if listeners.value?.isEmpty == false || pidFileIsCurrent == true { return true }
    if !startingProcesses.isEmpty || place.isSubmission && !queueRunners.isEmpty { return true }
    // A daemon that cannot have a socket there runs without one.
    let socketTells = mayHaveSocket && socketFile.reason == nil
    guard place.pidFile != nil || socketTells else { return nil }
    if mayHaveSocket, listeners == .notAsked || listeners.reason != nil { return nil }
    return place.pidFile != nil && pidFileIsCurrent == nil ? nil : false
  }

  /// True if a daemon can have its socket at the path: it is short enough, and nothing else is there.
  private var mayHaveSocket: Bool {
    guard let path = place.socket, path.count <= ControlLimits.longestSocketPath else {
      return false
    }
    return socketFile.value.map { $0.kind == .socket } != false
  }

  /// True if no question was left without an answer.
  package var isComplete: Bool {
    [
      pidFile.reason, socketFile.reason, mayConnect.reason, listeners.reason, holders.reason,
      namedProcess.reason, followedProcess.reason, children.reason, sendmailProcesses.reason,
    ].allSatisfy { $0 == nil }
  }

  /// The processes whose network namespace tells where the daemon may be: process 1 and those that
  /// started this one, for this one may have been moved; the daemon and all of sendmail, for they may
  /// have been.
  package func networkPeers(ancestors: [Int32], among processes: [ObservedProcess]) -> [Int32] {
    [1] + ancestors + [daemonProcessID].compactMap { $0 }
      + processes.filter(\.isSendmail).map(\.pid)
  }

  /// Takes from `processes`, which are all of the process table, the daemon's children and the sendmail
  /// processes. A daemon that is not sendmail has no children there: its PID file may be that of another
  /// process id namespace.
  package mutating func note(processTable processes: [ObservedProcess]) {
    let running = processes.filter { !$0.hasEnded }.sorted { $0.pid < $1.pid }
    // A user who may not see those of others does not see the first one either.
    showsAllProcesses = processes.contains { $0.pid == 1 }
    sendmailProcesses = .known(running.filter(\.isSendmail))
    children =
      daemon.map { daemon in
        .known(daemon.isSendmail ? running.filter { $0.parent == daemon.pid } : [])
      } ?? .absent
    unreapedChildren =
      daemon.map { daemon in processes.count { $0.hasEnded && $0.parent == daemon.pid } } ?? 0
  }
}
