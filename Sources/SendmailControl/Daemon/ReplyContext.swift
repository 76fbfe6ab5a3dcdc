// SPDX-License-Identifier: Apache-2.0

/// The facts around a reply to `status` or `mstat`: the processes that it lists, the file systems, and
/// the limits that its figures are compared with. It is made after the reply, because it depends on the
/// time of the reply.
package struct ReplyContext: Sendable, Equatable {
  /// The name of the machine.
  package var host: [UInt8]
  /// The time of the reply.
  package var time: CalendarTime
  /// The daemon and its children in the process table, by process id; `nil` when the reply's process ids
  /// are not those of this process id namespace.
  package var processes: [Int32: ListedProcess]?
  /// The time at which the daemon's process began, if that is known.
  package var daemonStart: CalendarTime?
  /// The limits in sendmail.cf; `nil` when the file is not known to be this daemon's.
  package var thresholds: StatusThresholds?
  /// The file systems of ``DaemonStatus/fileSystems``, in their order; shorter or empty when they were
  /// not looked up.
  package var fileSystems: [FileSystemInfo?]
  /// The machine's one-minute load average, for a daemon that could not read it; `nil` otherwise.
  package var systemLoad: Double?
  /// The facts about what the daemon really uses; `nil` when that was not asked for.
  package var running: RunningDaemon?

  /// A context in which nothing is known but what is given.
  package init(
    host: [UInt8], time: CalendarTime, processes: [Int32: ListedProcess]? = nil,
    daemonStart: CalendarTime? = nil, thresholds: StatusThresholds? = nil,
    fileSystems: [FileSystemInfo?] = [], systemLoad: Double? = nil, running: RunningDaemon? = nil
  ) {
    self.host = host
    self.time = time
    self.processes = processes
    self.daemonStart = daemonStart
    self.thresholds = thresholds
    self.fileSystems = fileSystems
    self.systemLoad = systemLoad
    self.running = running
  }
}

extension ReplyContext {
  /// A context for a format that shows no facts around a reply but what the daemon uses, where the process
  /// table may decide which children are selected. Neither the name of the machine nor the time is needed.
  package init(selectingBy processes: [Int32: ListedProcess]?, running: RunningDaemon? = nil) {
    self.init(
      host: [],
      time: CalendarTime(year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0),
      processes: processes, running: running)
  }
}

/// A file system as the system shows it.
package struct FileSystemInfo: Sendable, Equatable {
  /// The size of the blocks that `MinFreeBlocks` counts, in bytes (`f_bsize` of `statvfs`).
  package var blockSize: Int
  /// Free space for unprivileged users in KiB.
  package var freeSpace: Int

  /// True if no one may write to it (`ST_RDONLY`).
  package var isReadOnly: Bool
  /// Free inodes for unprivileged users; `nil` where the file system has no such limit.
  package var freeInodes: Int?

  /// A file system with this much space.
  package init(blockSize: Int, freeSpace: Int, isReadOnly: Bool = false, freeInodes: Int? = nil) {
    self.blockSize = blockSize
    self.freeSpace = freeSpace
    self.isReadOnly = isReadOnly
    self.freeInodes = freeInodes
  }

  /// The reason in words why no message can be queued on it, whatever `MinFreeBlocks` is; `nil` when there is
  /// none.
  package var obstacle: String? {
    if isReadOnly { return "read-only" }
    if freeSpace <= 0 { return "no space free" }
    return freeInodes.map { $0 <= 0 } == true ? "no inodes free" : nil
  }
}

/// The state of a process that a reply lists, by the process table.
package enum ListedProcess: Sendable, Equatable {
  /// It is there, and began so long ago.
  case seen(ObservedProcess, age: Duration)
  /// It runs, but this user may not read more of it (as with `hidepid`).
  case unreadable
  /// It has ended and was reaped.
  case gone
  /// Another process has its number by now: one that the daemon did not start, or that began after the
  /// daemon made its list.
  case reused

  /// The state of a process.
  ///
  /// - Parameters:
  ///   - found: the process of that number.
  ///   - parent: the process that started it, if that is known.
  ///   - listed: the time since boot at which the daemon's list was complete.
  ///   - now: the present time since boot, from which all ages of a list are counted, so that the older
  ///     of two processes has the greater age.
  package init(
    _ found: Fact<ObservedProcess>, parent: Int32?, listed: Duration, now: Duration
  ) {
    switch found {
    case .absent: self = .gone
    case .unknown, .notAsked: self = .unreadable
    case .known(let process):
      if let parent, process.parent != parent {
        self = .reused
      } else if process.start > listed {
        self = .reused
      } else {
        self = .seen(process, age: max(.zero, now - process.start))
      }
    }
  }

  /// The process, if it may be read.
  package var process: ObservedProcess? {
    if case .seen(let process, _) = self { process } else { nil }
  }

  /// The time since it began, if that is known.
  package var age: Duration? {
    if case .seen(_, let age) = self { age } else { nil }
  }
}
