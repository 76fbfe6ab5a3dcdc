// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
package import SystemPackage
internal import SystemSupport

extension ReplyContext {
  /// The facts around `status` that this user may read. Nothing is asked of the daemon.
  ///
  /// - Parameters:
  ///   - status: the reply.
  ///   - replied: the time at which the reply was complete.
  ///   - configuration: the daemon's configuration, when it is known.
  ///   - running: what the daemon really uses, if that was asked for.
  package init(
    around status: DaemonStatus, replied: BootTime, configuration: SendmailConfiguration?,
    running: RunningDaemon? = nil
  ) {
    self.init(
      host: Machine.live().hostName, time: CalendarTime(),
      processes: Self.processes(of: status, replied: replied),
      thresholds: configuration.map(StatusThresholds.init), running: running)
    if let daemon = status.daemon, let start = processes?[daemon.pid]?.process?.start,
      let boot = BootTime.wallClockAtBoot
    {
      daemonStart = CalendarTime(at: boot + Int(start.components.seconds))
    }
    if status.loadAverage == nil { systemLoad = MachineLoad.average }
    if let base = configuration?.baseQueueDirectory, base.isUsable {
      fileSystems = status.fileSystems.map { fileSystem in
        let directory = FilePath(bytes: base.path)
        return FileSystemInfo(
          of: fileSystem.queueDirectory.map { directory.pushing(FilePath(bytes: $0)) }
            ?? directory)
      }
    }
  }

  /// The states of the daemon and the children of `status` by the process table, by process id; `nil`
  /// when the kernel did not name the daemon: then it is in another process id namespace, and its
  /// numbers are other processes' here.
  ///
  /// `replied` is the time at which the reply was complete.
  package static func processes(
    of status: DaemonStatus, replied: BootTime
  ) -> [Int32: ListedProcess]? {
    guard let daemon = status.daemon, daemon.evidence == .peerCredentials else { return nil }
    return processes(of: daemon.pid, children: status.processes.map(\.pid), replied: replied)
  }

  static func processes(
    of daemon: Int32, children: [Int32], replied: BootTime
  ) -> [Int32: ListedProcess] {
    let now = BootTime.now()
    func state(of pid: Int32, parent: Int32?) -> ListedProcess {
      ListedProcess(
        ProcessTable.observe(pid), parent: parent, listed: replied.elapsed, now: now.elapsed)
    }
    var processes: [Int32: ListedProcess] = [:]
    processes.reserveCapacity(children.count + 1)
    processes[daemon] = state(of: daemon, parent: nil)
    for child in children where processes[child] == nil {
      processes[child] = state(of: child, parent: daemon)
    }
    return processes
  }
}

extension FileSystemInfo {
  /// The file system that `path` is on (`statvfs`), or `nil` when that may not be read.
  package init?(of path: FilePath) {
    var facts = statvfs()
    let result = unsafe path.withPlatformString { unsafe statvfs($0, &facts) }
    guard result == 0, facts.f_bsize > 0 else { return nil }
    let blockSize = Int(facts.f_bsize)
    // Some file systems have no end, and say so with the largest number there is.
    let (bytes, overflow) = Int(clamping: facts.f_bavail).multipliedReportingOverflow(by: blockSize)
    self.init(
      blockSize: blockSize, freeSpace: (overflow ? .max : bytes) / 1024,
      isReadOnly: UInt(facts.f_flag) & UInt(ST_RDONLY) != 0,
      // Some file systems make inodes as they need them, and have none to count.
      freeInodes: facts.f_files > 0 ? Int(clamping: facts.f_favail) : nil)
  }
}
