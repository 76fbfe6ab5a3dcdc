// SPDX-License-Identifier: GPL-3.0-or-later

public import SendmailControl
public import SystemPackage

extension StatusPicture {
  /// A picture of `status`, with all that this user may see around it. Nothing is asked of the daemon.
  ///
  /// The process table is only looked at when the listener's process is the daemon's own line: otherwise
  /// the daemon is in another process id namespace, and its numbers mean other processes here.
  ///
  /// - Parameters:
  ///   - status: what the daemon replied.
  ///   - replied: when the reply was complete.
  ///   - socket: the path of the socket that was asked.
  ///   - configuration: the daemon's configuration, when it is known.
  public init(
    lookingAround status: DaemonStatus, replied: BootTime, socket: FilePath,
    configuration: SendmailConfiguration?
  ) {
    self.init(
      status: status, socket: socket.bytes, host: MachineFacts.system().hostName,
      time: CalendarTime(), thresholds: configuration.map(StatusThresholds.init))
    sights = ProcessTable.sights(of: status, listed: replied)
    if let daemon = status.daemon, let age = sights?[daemon.pid]?.facts?.age {
      daemonStart = CalendarTime(ago: age)
    }
    if status.loadAverage == nil { systemLoad = MachineLoad.average }
    if let base = configuration?.baseQueueDirectory, base.isUsable {
      fileSystems = status.fileSystems.map { fileSystem in
        let directory = FilePath(bytes: base.path)
        return FileSystemSight(
          of: fileSystem.queueDirectory.map { directory.pushing(FilePath(bytes: $0)) }
            ?? directory)
      }
    }
  }
}

extension ProcessTable {
  /// What the process table says of all processes of `status`, or `nil` when its numbers are not those
  /// of this process id namespace.
  ///
  /// - Parameter listed: when the daemon's reply was complete.
  public static func sights(
    of status: DaemonStatus, listed: BootTime
  ) -> [Int32: ProcessSight]? {
    guard let daemon = status.daemon, daemon.evidence == .peerCredentials else { return nil }
    return sights(of: daemon.pid, children: status.children.map(\.pid), listed: listed)
  }
}
