// SPDX-License-Identifier: GPL-3.0-or-later

/// Everything that is shown of a daemon for reading: its reply, and what was seen around it. Whoever
/// makes one has done all the looking.
public struct StatusPicture: Sendable, Equatable {
  /// What the daemon replied.
  public var status: DaemonStatus
  /// The path of the socket that was asked.
  public var socket: [UInt8]
  /// The name of the machine.
  public var host: [UInt8]
  /// When the reply came.
  public var time: CalendarTime
  /// What was seen in the process table of the daemon and its children, by process id; `nil` when
  /// nobody could look, as across process id namespaces.
  public var sights: [Int32: ProcessSight]?
  /// When the daemon's process began, if that was seen.
  public var daemonStart: CalendarTime?
  /// What the configuration holds the numbers against, or `nil` when it is not known to be this
  /// daemon's.
  public var thresholds: StatusThresholds?
  /// What was seen of the file systems of ``DaemonStatus/fileSystems``, in their order; shorter or
  /// empty when it was not.
  public var fileSystems: [FileSystemSight?]
  /// The machine's one-minute load average, for a daemon that could not read it; `nil` otherwise.
  public var systemLoad: Double?
  /// Which children to show.
  public var selection: ChildSelection
  /// Whether to count children by peer instead of listing them.
  public var byPeer: Bool

  /// A picture of `status`, with nothing seen around it unless it is given.
  public init(
    status: DaemonStatus, socket: [UInt8], host: [UInt8], time: CalendarTime,
    sights: [Int32: ProcessSight]? = nil, daemonStart: CalendarTime? = nil,
    thresholds: StatusThresholds? = nil, fileSystems: [FileSystemSight?] = [],
    systemLoad: Double? = nil,
    selection: ChildSelection = ChildSelection(), byPeer: Bool = false
  ) {
    self.status = status
    self.socket = socket
    self.host = host
    self.time = time
    self.sights = sights
    self.daemonStart = daemonStart
    self.thresholds = thresholds
    self.fileSystems = fileSystems
    self.systemLoad = systemLoad
    self.selection = selection
    self.byPeer = byPeer
  }
}

/// A file system as the system shows it.
public struct FileSystemSight: Sendable, Equatable {
  /// The size of the blocks that `MinFreeBlocks` counts, in bytes (`f_bsize` of `statvfs`).
  public var blockSize: Int
  /// Free space for unprivileged users in KiB.
  public var freeSpace: Int

  /// A file system with this much space.
  public init(blockSize: Int, freeSpace: Int) {
    self.blockSize = blockSize
    self.freeSpace = freeSpace
  }
}
